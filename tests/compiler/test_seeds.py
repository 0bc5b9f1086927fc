"""The public text on V1Param, word for word."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import attrs
import pytest

from polyaxon_sdk.compiler import RunValues, refer, resolve
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile.yaml_text import load
from polyaxon_sdk.polyflow import V1IO, V1Component, V1Container, V1Job, V1Operation, V1Param, read_operation
from tests.seeds.snippets import compiled, data, quoted, snippet

UUID = "fcc462d764104eb698d3cca509f34154"
USAGE = {
    "loss": V1Param(value="MeanSquaredError"),
    "preprocess": V1Param(value=True),
    "accuracy": V1Param(value=0.1),
    "outputs_path": V1Param(ref="ops.upstream-job1", value="outputs.images_path"),
}
UPSTREAM = RunValues(
    uuid=UUID,
    inputs={"input_name": 0, "rate": 0.1},
    outputs={"output_name": False, "images_path": "images", "loss": 0.0},
    artifacts={"lineage_name": "assets/a", "tensorboard": "outputs/tb"},
)


def params(name: str) -> dict[str, V1Param]:
    """The params of a snippet, whether it shows their key or only what stands below it."""
    found = data(name)
    return read_operation(found if "params" in found else {"params": found}).params or {}


def with_echo(given: dict[str, V1Param], *inputs: V1IO, text: str = "") -> dict[str, Any]:
    """A compiled job with these params, which prints a text."""
    job = V1Job(container=V1Container(command=["echo"], args=[text]))
    return compiled(V1Operation(params=given, component=V1Component(inputs=list(inputs) or None, run=job)))


def test_the_usage_in_yaml_is_read() -> None:
    assert params("003-usage.yml") == USAGE


def test_the_usage_in_python_runs_as_it_is_written(tmp_path: Path) -> None:
    shown = "\nprint({name: (param.value, param.ref) for name, param in params.items()})\n"
    (tmp_path / "usage.py").write_text(snippet("003-usage.py.txt") + shown)
    words = [sys.executable, "-m", "polyaxon_sdk.alias", "usage.py"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    in_python = {name.replace("outputs_path", "outputs-path"): param for name, param in USAGE.items()}
    in_python["outputs-path"] = attrs.evolve(USAGE["outputs_path"], ref="ops.upstream_job1")
    expected = {name: (param.value, param.ref) for name, param in in_python.items()}
    assert (done.stdout, done.stderr) == (f"{expected}\n", "")


def test_the_usage_in_python_makes_params_of_ours() -> None:
    names: dict[str, Any] = {}
    exec(snippet("003-usage.py.txt").replace("polyaxon.polyflow", "polyaxon_sdk.polyflow"), names)
    found = resolve(names["params"], lambda _: UPSTREAM)
    assert found["outputs-path"] == V1Param(value="images")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("value", "any"), ("value", [1]), ("ref", "ops.a"), ("connection", "docker")),
        *(("to_init", True), ("to_env", "NAME"), ("context_only", True)),
    ],
)
def test_each_of_the_six_fields_is_kept(field: str, value: object) -> None:
    given: dict[str, Any] = {"value": "outputs.x", field: value}
    assert getattr(V1Param(**given), field) == value


def test_a_param_has_six_fields_which_are_none() -> None:
    names = [field.name for field in attrs.fields(V1Param)]
    assert sorted(names) == ["connection", "context_only", "ref", "to_env", "to_init", "value"]
    assert V1Param() == V1Param(
        value=None, ref=None, connection=None, to_init=None, to_env=None, context_only=None
    )


def test_a_value_is_literal_where_nothing_is_referred_to() -> None:
    inputs = V1IO(name="loss", type="str"), V1IO(name="learning_rate", type="float")
    found = with_echo(params("003-value.yml"), *inputs)["inputs"]
    assert [each["value"] for each in found] == ["MeanSquaredError", 0.001]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        (
            "003-context.yml",
            '3:12: an unquoted template, expected quotes around it: "{{globals.project_name}}"',
        ),
        ("003-io.yml", '2:12: an unquoted template, expected quotes around it: "{{inputs.input_name}}"'),
        ("003-artifacts.yml", '2:12: an unquoted template, expected quotes around it: "{{artifacts}}"'),
    ],
)
def test_an_unquoted_template_is_explained(name: str, place: str) -> None:
    with pytest.raises(InputError, match=re.escape(f"{name}:{place}")):
        load(snippet(name), name)


def test_a_value_may_come_from_the_context() -> None:
    contexts = with_echo(params("003-context.yml"))["contexts"]
    assert {each["name"]: each["value"] for each in contexts} == {
        "current_project": "vision",
        "current_run": "ab" * 16,
        "fully_resolved_artifacts_path": "/plx/artifacts/ab",
        "fully_resolved_artifacts_outputs_path": "/plx/artifacts/ab/outputs",
    }


@pytest.mark.parametrize(
    ("name", "key"),
    [("003-io.yml", "specific_input"), ("003-artifacts.yml", "run_tensorboard_path_from_lineage")],
)
def test_a_param_that_is_listed_twice_is_told(name: str, key: str) -> None:
    with pytest.raises(InputError, match=f"a second '{key}'"):
        load(quoted(snippet(name)), name)


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("003-io.yml", "specific_input", 0),
        ("003-io.yml", "specific_outputs", False),
        ("003-io.yml", "all_inputs_dict", UPSTREAM.inputs),
        ("003-io.yml", "all_outputs_dict", UPSTREAM.outputs),
        (
            "003-artifacts.yml",
            "run_artifacts_subpath_without_context",
            {
                "base": UUID,
                "outputs": f"{UUID}/outputs",
                "lineage_name": f"{UUID}/assets/a",
                "tensorboard": f"{UUID}/outputs/tb",
            },
        ),
        ("003-artifacts.yml", "run_artifacts_outputs_subpath_without_context", f"{UUID}/outputs"),
        ("003-artifacts.yml", "run_path_of_lineage", f"{UUID}/assets/a"),
        ("003-artifacts.yml", "run_tensorboard_path_from_lineage", f"{UUID}/outputs/tb"),
    ],
)
def test_each_form_of_a_value_finds_what_the_run_has(name: str, key: str, value: object) -> None:
    written = re.search(rf"{key}:\n    value: (\{{\{{.*\}}\}})\n", snippet(name))
    assert written is not None
    assert refer(written[1], UPSTREAM) == value


def test_files_and_dirs_are_selected_by_hand_from_the_run() -> None:
    [param] = params("003-files-and-dirs.yml").values()
    assert isinstance(param.value, list)
    found = [refer(part, UPSTREAM) for part in param.value]
    assert found == [
        {"files": [f"{UUID}/subpath/file1", f"{UUID}/another/subpath/file2.ext"], "dirs": []},
        {"files": [], "dirs": [f"{UUID}/subpath/dir1", f"{UUID}/another/subpath/dir2"]},
    ]


@pytest.mark.parametrize(
    ("name", "ref", "upstream"),
    [("003-ref-ops.yml", "ops.upstream-job-1", "upstream-job-1"), ("003-ref-runs.yml", f"runs.{UUID}", None)],
)
def test_a_reference_names_an_operation_or_a_run(name: str, ref: str, upstream: str | None) -> None:
    param = params(name)["loss"]
    runs = {ref: UPSTREAM}
    assert (param.ref, param.upstream) == (ref, upstream)
    assert resolve({"loss": param}, runs.__getitem__) == {"loss": V1Param(value=0.0)}


def test_a_context_only_mapping_is_reached_by_its_names() -> None:
    text = "{{ convolutions.conv1 }} {{ convolutions.conv2.kernels[0] }}"
    found = with_echo(params("003-context-only.yml"), text=text)
    conv1 = {"kernels": [32, 32], "size": [2, 2], "strides": [1, 1]}
    assert found["run"]["container"]["args"] == [f"{conv1} 64"]
    assert found["contexts"][0]["value"]["conv1"] == conv1


def test_a_whole_part_of_a_context_only_mapping_stays_one() -> None:
    given = params("003-context-only.yml") | {"conv": V1Param(value="{{ convolutions.conv1 }}")}
    found = with_echo(given, V1IO(name="conv", type="dict"))
    assert found["inputs"][0]["value"] == {"kernels": [32, 32], "size": [2, 2], "strides": [1, 1]}


def test_an_artifacts_value_becomes_an_init_step() -> None:
    found = with_echo(params("003-to-init.yml"), V1IO(name="files_and_dirs", type="artifacts"))
    assert found["run"]["init"] == [
        {
            "artifacts": {
                "files": ["subpath/file1", "another/subpath/file2.ext"],
                "dirs": ["subpath/dir1", "another/subpath/dir2"],
            }
        }
    ]


def test_a_git_value_becomes_an_init_step() -> None:
    step = {"url": "https://github.com/polyaxon/polyaxon-quick-start"}
    found = with_echo({"code": V1Param(value=step, to_init=True)}, V1IO(name="code", type="git"))
    assert found["run"]["init"] == [{"git": step}]


def test_a_connection_of_a_param_goes_before_the_inputs_own() -> None:
    given = {"image": V1Param(value="a:b", connection="mine")}
    io = V1IO(name="image", type="image", connection="theirs")
    found = with_echo(given, io, text="{{ params.image.connection }}")
    assert found["run"]["container"]["args"] == ["mine"]


def test_a_value_becomes_a_variable() -> None:
    found = with_echo(params("003-to-env.yml"), V1IO(name="param1", type="str"))["inputs"][0]
    assert (found["toEnv"], found["value"]) == ("ENV_VAR_NAME_TO_USE", "some value")
