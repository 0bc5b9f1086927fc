import importlib.util
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, NamedTuple

import pytest
from annotated_types import Ge, Le, MinLen

from polyaxon_sdk import Input, InputError, component, dag, specified
from polyaxon_sdk.authoring.decorators.specified import Specified
from polyaxon_sdk.authoring.specification.document import yaml_of
from polyaxon_sdk.authoring.specification.stub import stub_of
from polyaxon_sdk.polyaxonfile import read_files
from polyaxon_sdk.polyflow import V1IO, V1Component, V1Operation, read
from tests.authoring.pipelines.steps import prepare, report, train
from tests.house import ROOT


def stubbed(text: str, folder: Path, name: str) -> Specified[..., object]:
    """The function of the stub of a file."""
    (folder / "it.yml").write_text(text)
    source = stub_of(read_files([folder / "it.yml"]).operation, "it.yml")
    (folder / "it.yml").unlink()  # a stub needs it no longer
    (folder / "stub.py").write_text(source)
    spec = importlib.util.spec_from_file_location(f"stub_{folder.name}", folder / "stub.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    found = getattr(module, name)
    assert isinstance(found, Specified)
    return found


@pytest.mark.parametrize("made", [prepare, train, report])
def test_function_to_yaml_to_stub_to_yaml_is_the_same_byte_for_byte(
    made: "Specified[..., object]", tmp_path: Path
) -> None:
    text = made.to_yaml()
    assert stubbed(text, tmp_path, made.__name__).to_yaml() == text


class Told(NamedTuple):
    """What comes of it.

    Attributes:
        loss: the last one
    """

    loss: Annotated[float, Ge(0)]
    path: Path | None


@component(queue="gpu", resources={"cpu": 1})
def told(  # each says another thing
    epochs: Annotated[int, Ge(1), Le(10)],
    token: Annotated[str, Input(to_env="TOKEN")] = "x",
    tags: list[str] = ["a"],  # noqa: B006  # under test
    weights: dict[str, int] = {"a": 1},  # noqa: B006  # under test
    day: date = date(2026, 1, 2),
    sizes: Annotated[list[int], MinLen(1)] = [1, 2],  # noqa: B006  # under test
) -> Told:
    """Say much, \\ and "in quotes".

    Args:
        epochs: how often
        tags: some
            of them
    """
    return Told(loss=1 / epochs, path=None)


def test_what_annotations_defaults_and_texts_say_stays_byte_for_byte(tmp_path: Path) -> None:
    text = told.to_yaml()
    assert stubbed(text, tmp_path, "told").to_yaml() == text


def test_it_is_said_by_the_function_and_not_beside_it() -> None:
    source = stub_of(V1Operation(component=told.to_component()), "it.yml")
    assert "epochs: Annotated[int, V1Validation(ge=1, le=10)]," in source
    assert "tags: Sequence[str] = ('a',)," in source
    assert "weights: Mapping[str, object] = MappingProxyType({'a': 1})," in source
    assert "    loss: Annotated[float, V1Validation(ge=0)]" in source
    assert "'inputs'" not in source


@pytest.mark.parametrize(
    ("file", "name"), [("quick_start/typed.yml", "typed_experiment"), ("components/fit.yml", "fit")]
)
def test_a_stub_of_any_file_is_the_same_component(file: str, name: str, tmp_path: Path) -> None:
    component = read_files([ROOT / "examples" / file]).operation.component
    assert component is not None
    found = stubbed((ROOT / "examples" / file).read_text(), tmp_path, name)
    assert found.to_yaml() == yaml_of(component)


def test_whole_numbers_stay_whole(tmp_path: Path) -> None:
    found = stubbed(prepare.to_yaml(), tmp_path, "prepare").to_component()
    (size,) = found.inputs or []
    assert (size.value, type(size.value)) == (10, int)


def test_a_stub_has_the_types_defaults_and_texts_of_the_file() -> None:
    component = {
        "kind": "component",
        "name": "my-job",
        "description": "Do it.",
        "inputs": [
            {"name": "data", "type": "path", "value": "digits"},
            {"name": "steps", "type": "int", "isList": True, "description": "how many"},
            {"name": "mode", "type": "str", "value": "fast", "validation": {"options": ["fast", "slow"]}},
            {"name": "day", "type": "date", "value": "2026-01-02"},
            {"name": "seed", "type": "int", "isOptional": True},
            {"name": "image", "type": "image", "value": "a:1"},
        ],
        "run": {"kind": "job", "container": {"image": "a"}},
    }
    source = stub_of(V1Operation(component=read(V1Component, component)), "job.yml")
    assert source.partition("@specified")[2] == STUB.partition("@specified")[2]


STUB = '''
@specified(
    {'kind': 'component',
     'name': 'my-job',
     'run': {'kind': 'job', 'container': {'image': 'a'}},
     'inputs': [{'name': 'image', 'type': 'image', 'value': 'a:1', 'isOptional': True}]}
)
def my_job(
    *,
    data: Path = Path("digits"),
    steps: Sequence[int],
    mode: Literal["fast", "slow"] = "fast",
    day: date = date.fromisoformat("2026-01-02"),
    seed: int | None = None,
    image: str = "a:1",
) -> None:
    """Do it.

    Args:
        steps: how many
    """
    raise RuntimeError("a component that is run, not called")
'''


def test_a_stub_is_called_in_a_dag(tmp_path: Path) -> None:
    found = stubbed(train.to_yaml(), tmp_path, "train")

    @dag
    def pipeline() -> None:
        found(data="d", epochs=1)

    operations = getattr(pipeline.to_component().run, "operations", [])
    assert [(each.dag_ref, sorted(each.params)) for each in operations] == [("train", ["data", "epochs"])]


def test_a_plain_call_says_what_to_do_instead(tmp_path: Path) -> None:
    found = stubbed(train.to_yaml(), tmp_path, "train")
    with pytest.raises(InputError, match=r"train is a component, which this process can't call"):
        found(data="d", epochs=1)


def test_a_file_that_has_other_inputs_by_now_is_told() -> None:
    @specified(str(ROOT / "examples/quick_start/typed.yml"))
    def typed(epochs: int) -> None:
        """Train."""

    with pytest.raises(InputError, match=r"typed has other inputs than .*typed.yml: conv1_size"):
        typed.to_component()


def test_a_stub_says_what_its_outputs_are() -> None:
    outputs = [V1IO(name="loss", type="float", description="the last one"), V1IO(name="steps", type="int")]
    source = stub_of(V1Operation(component=V1Component(name="job", outputs=outputs)), "job.yml")
    assert "    Attributes:\n        loss: the last one\n    " in source
