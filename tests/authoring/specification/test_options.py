import enum
from typing import Annotated, cast

import pytest
import yaml

from polyaxon_sdk import Input, Output
from polyaxon_sdk.authoring import component
from polyaxon_sdk.authoring.specification.options import RunOptions
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1Cache, V1Hook, V1Init, V1Plugins, V1Termination, write


def train(epochs: int = 1) -> float:
    """Train."""
    return epochs / 2


def document_of(**options: object) -> dict[str, object]:
    """The component of `train` with these options, as a file has it."""
    made = component(**cast(RunOptions, options))(train)
    return dict(yaml.safe_load(made.to_yaml()))


CONTAINER = {
    "command": ["python", "-m", "polyaxon_sdk.authoring"],
    "args": ["tests/authoring/specification/test_options.py:train"],
}


@pytest.mark.parametrize(
    ("option", "value", "key", "found"),
    [
        ("name", "fit", "name", "fit"),
        ("description", "Fit.", "description", "Fit."),
        ("tags", ["a", "b"], "tags", ["a", "b"]),
        ("queue", "agent/gpu", "queue", "agent/gpu"),
        ("namespace", "ml", "namespace", "ml"),
        ("presets", ["spot"], "presets", ["spot"]),
        ("cost", 2.5, "cost", 2.5),
        ("termination", {"max_retries": 2, "timeout": 60}, "termination", {"maxRetries": 2, "timeout": 60}),
        ("termination", V1Termination(max_retries=2), "termination", {"maxRetries": 2}),
        ("cache", {"ttl": 60, "io": ["epochs"]}, "cache", {"ttl": 60, "io": ["epochs"]}),
        ("cache", V1Cache(disable=True), "cache", {"disable": True}),
        ("plugins", {"collect_logs": False}, "plugins", {"collectLogs": False}),
        ("plugins", V1Plugins(shm=False), "plugins", {"shm": False}),
        ("hooks", [{"hub_ref": "slack", "trigger": "failed"}], "hooks", [{"trigger": "failed", "hubRef": "slack"}]),
        ("hooks", [V1Hook(hub_ref="slack")], "hooks", [{"hubRef": "slack"}]),
        ("build", {"hub_ref": "kaniko"}, "build", {"hubRef": "kaniko"}),
    ],
)  # fmt: skip
def test_an_option_is_a_field_of_the_component(option: str, value: object, key: str, found: object) -> None:
    assert document_of(**{option: value})[key] == found


@pytest.mark.parametrize(
    ("option", "value", "found"),
    [
        ("init", [{"git": {"url": "https://a/b"}}], {"init": [{"git": {"url": "https://a/b"}}]}),
        ("init", [V1Init(connection="data")], {"init": [{"connection": "data"}]}),
        ("connections", ["data"], {"connections": ["data"]}),
        ("volumes", [{"name": "cache", "emptyDir": {}}], {"volumes": [{"name": "cache", "emptyDir": {}}]}),
        ("sidecars", [{"name": "proxy", "image": "p:1"}], {"sidecars": [{"name": "proxy", "image": "p:1"}]}),
        (
            "environment",
            {"node_selector": {"pool": "gpu"}},
            {"environment": {"nodeSelector": {"pool": "gpu"}}},
        ),
    ],
)
def test_an_option_is_a_field_of_the_job(option: str, value: object, found: dict[str, object]) -> None:
    assert document_of(**{option: value})["run"] == {"kind": "job", **found, "container": CONTAINER}


@pytest.mark.parametrize(
    ("option", "value", "found"),
    [
        ("image", "python:3.11", {"image": "python:3.11"}),
        ("working_dir", "/data", {"workingDir": "/data"}),
        ("env", {"SEED": "1"}, {"env": [{"name": "SEED", "value": "1"}]}),
        (
            "resources",
            {"cpu": 2, "gpu": 1, "memory": "1Gi..4Gi"},
            {
                "resources": {
                    "requests": {"cpu": 2, "memory": "1Gi", "nvidia.com/gpu": 1},
                    "limits": {"memory": "4Gi", "nvidia.com/gpu": 1},
                }
            },
        ),
        ("resources", {"limits": {"cpu": 1}}, {"resources": {"limits": {"cpu": 1}}}),
    ],
)
def test_an_option_is_a_field_of_the_container(option: str, value: object, found: dict[str, object]) -> None:
    assert document_of(**{option: value})["run"] == {"kind": "job", "container": {**CONTAINER, **found}}


def test_every_option_is_tested_here() -> None:
    tested = {
        case[0]
        for test in (
            test_an_option_is_a_field_of_the_component,
            test_an_option_is_a_field_of_the_job,
            test_an_option_is_a_field_of_the_container,
        )
        for case in test.pytestmark[0].args[1]  # type: ignore[union-attr]  # what parametrize left there
    }
    assert tested | {"outputs"} == set(RunOptions.__annotations__)


def test_other_options_make_another_component() -> None:
    first = component(name="fit", tags=["a"])(train)
    second = first.with_options(tags=["b"], queue="gpu")
    assert (first.to_component().tags, second.to_component().tags) == (["a"], ["b"])
    assert (second.to_component().name, second.to_component().queue) == ("fit", "gpu")
    assert second(4) == 2.0


def test_an_unknown_option_names_the_nearest() -> None:
    with pytest.raises(
        InputError, match=r"test_options.py:\d+: @component has no option 'quue', did you mean 'queue'"
    ):
        component(train).with_options(quue="gpu")  # type: ignore[call-arg]  # the mistake under test


def test_a_patch_is_laid_over_the_component() -> None:
    made = component(tags=["a"])(train).patch({"tags": ["b"], "run": {"container": {"workingDir": "/data"}}})
    document = yaml.safe_load(made.with_options(queue="gpu").to_yaml())
    assert (document["tags"], document["queue"]) == (["a", "b"], "gpu")
    assert document["run"]["container"] == {"workingDir": "/data", **CONTAINER}


def test_a_patch_may_only_fill_what_is_absent() -> None:
    made = component(tags=["a"])(train).patch({"tags": ["b"], "queue": "gpu"}, strategy="isnull")
    assert (made.to_component().tags, made.to_component().queue) == (["a"], "gpu")


def test_what_is_said_of_an_input_stands_in_the_component() -> None:
    said = Input(
        "secret", to_env="TOKEN", connection="vault", arg_format="-t={{ token }}", delay_validation=True
    )

    def fit(token: Annotated[str, said]) -> None: ...

    fit.__qualname__ = "fit"
    (found,) = component(fit).to_component().inputs or []
    assert write(found) == {
        "name": "token",
        "description": "secret",
        "type": "str",
        "argFormat": "-t={{ token }}",
        "connection": "vault",
        "toEnv": "TOKEN",
        "delayValidation": True,
    }


def test_what_is_said_of_an_output_stands_in_the_component() -> None:
    def fit() -> Annotated[float, Output("of the last epoch", delay_validation=False)]:
        return 0.5

    fit.__qualname__ = "fit"
    (found,) = component(outputs="loss")(fit).to_component().outputs or []
    assert write(found) == {
        "name": "loss",
        "description": "of the last epoch",
        "type": "float",
        "delayValidation": False,
    }


class Color(enum.Enum):
    RED = "red"


@pytest.mark.parametrize("value", [1, 0, -7, 2**60])
def test_whole_numbers_stay_whole(value: int) -> None:
    def fit(a: int = value, b: float | int = value, c: object = value) -> None: ...

    fit.__qualname__ = "fit"
    inputs = yaml.safe_load(component(fit).to_yaml())["inputs"]
    assert repr([io["value"] for io in inputs]) == repr([value, value, value])
