"""The snippets of the public texts on params, word for word."""

from __future__ import annotations

import re

import pytest

from polyaxon_sdk.compiler import Globals, RunValues, compile_operation, refer, resolve
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile.yaml_text import load
from polyaxon_sdk.polyflow import V1IO, V1Component, V1Job, V1Operation, V1Param, read_operation

PARAMS = """
params:
  loss:
    value: MeanSquaredError
  preprocess:
    value: true
  accuracy:
    value: 0.1
  outputs_path:
    ref: ops.upstream-job1
    value: outputs.images_path
"""

FILES_AND_DIRS = """
params:
  files_and_dirs:
    toInit: true
    value:
      - files: ["subpath/file1", "another/subpath/file2.ext"]
      - dirs: ["subpath/dir1", "another/subpath/dir2"]
"""

TO_ENV = """
params:
  param1:
    toEnv: ENV_VAR_NAME_TO_USE
    value: "some value"
"""

RUN = RunValues(
    uuid="fcc462d764104eb698d3cca509f34154",
    inputs={"input_name": 0},
    outputs={"output_name": False, "images_path": "images"},
    artifacts={"lineage_name": "assets/a", "tensorboard": "outputs/tb"},
)


def test_params_are_read_from_yaml() -> None:
    params = read_operation(load(PARAMS, "seed.yml")).params
    assert params == {
        "loss": V1Param(value="MeanSquaredError"),
        "preprocess": V1Param(value=True),
        "accuracy": V1Param(value=0.1),
        "outputs_path": V1Param(ref="ops.upstream-job1", value="outputs.images_path"),
    }


def test_params_are_written_in_python() -> None:
    params = {
        "loss": V1Param(value="MeanSquaredError"),
        "preprocess": V1Param(value=True),
        "accuracy": V1Param(value=0.1),
        "outputs-path": V1Param(ref="ops.upstream_job1", value="outputs.images_path"),
    }
    assert resolve(params, lambda _: RUN)["outputs-path"] == V1Param(value="images")


def test_a_param_has_six_fields() -> None:
    param = V1Param(value=1, ref=None, connection="c", to_init=False, to_env="E", context_only=True)
    assert (param.connection, param.to_init, param.to_env, param.context_only) == ("c", False, "E", True)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("{{inputs.input_name}}", 0),
        ("{{outputs.output_name}}", False),
        ("{{inputs}}", RUN.inputs),
        ("{{outputs}}", RUN.outputs),
        ("{{artifacts.outputs}}", f"{RUN.uuid}/outputs"),
        ("{{artifacts.lineage_name}}", f"{RUN.uuid}/assets/a"),
        ("{{artifacts.tensorboard}}", f"{RUN.uuid}/outputs/tb"),
        ("outputs.images_path", "images"),
    ],
)
def test_every_form_of_reference_finds_its_value(value: str, found: object) -> None:
    assert refer(value, RUN) == found


def test_an_unquoted_template_is_explained() -> None:
    with pytest.raises(InputError, match=re.escape('expected quotes around it: "{{globals.project_name}}"')):
        load("params:\n  current_project:\n    value: {{globals.project_name}}\n", "seed.yml")


def compiled(text: str, io: V1IO) -> V1Operation:
    operation = read_operation(load(text, "seed.yml"))
    return V1Operation(params=operation.params, component=V1Component(inputs=[io], run=V1Job()))


def test_a_list_of_files_and_dirs_becomes_one_init_step() -> None:
    operation = compiled(FILES_AND_DIRS, V1IO(name="files_and_dirs", type="artifacts"))
    run = compile_operation(operation, run=Globals()).operation.run
    assert isinstance(run, V1Job)
    assert isinstance(run.init, list)
    assert run.init[0].source == "artifacts"


def test_a_param_names_the_variable_of_its_value() -> None:
    operation = compiled(TO_ENV, V1IO(name="param1", type="str"))
    inputs = compile_operation(operation, run=Globals()).operation.inputs
    assert inputs is not None
    assert (inputs[0].to_env, inputs[0].value) == ("ENV_VAR_NAME_TO_USE", "some value")
