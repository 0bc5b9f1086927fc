"""From an operation to a compiled operation."""

from __future__ import annotations

import re
from typing import Any

import pytest

from polyaxon_sdk.compiler import Compilation, Globals, compile_operation
from polyaxon_sdk.polyflow import SpecError, V1Job, read_operation

RUN = Globals(uuid="ab", name="bold", artifacts_path="/runs")


def compiled(operation: dict[str, Any], **params: object) -> Compilation:
    return compile_operation(read_operation(operation), run=RUN, params=params)


def operation(*, args: object = "{{ params.as_args }}", **fields: Any) -> dict[str, Any]:
    component = {
        "inputs": [{"name": "lr", "type": "float"}, {"name": "epochs", "type": "int", "value": 3}],
        "run": {"kind": "job", "container": {"command": ["train"], "args": args}},
    }
    return {"component": {**component, **fields.pop("component", {})}, **fields}


def args_of(compilation: Compilation) -> object:
    run = compilation.operation.run
    assert isinstance(run, V1Job)
    assert run.container is not None
    return run.container.args


def test_params_and_defaults_become_arguments() -> None:
    assert args_of(compiled(operation(), lr="1e-3")) == ["--lr=0.001", "--epochs=3"]


def test_a_given_param_goes_before_the_operations_own() -> None:
    assert args_of(compiled(operation(params={"lr": 1}), lr="2")) == ["--lr=2.0", "--epochs=3"]


def test_globals_are_those_of_the_run() -> None:
    assert args_of(compiled(operation(args=["{{ globals.run_outputs_path }}"]), lr=1)) == ["/runs/ab/outputs"]


def test_an_undeclared_param_is_a_context_value_with_a_warning() -> None:
    found = compiled(operation(args=["{{ epoch }}"]), lr=1, epoch=2)
    assert args_of(found) == ["2"]
    assert found.warnings == (
        "params.epoch: no input has this name, so only templates see it, did you mean 'epochs'?",
    )


def test_a_name_that_templates_cant_spell_is_a_warning() -> None:
    spec = {"inputs": [{"name": "a name", "value": 1}], "run": {"kind": "job"}}
    assert compiled(spec).warnings == (
        "inputs.a name: templates can't name it, expected another name of letters, digits and _",
    )


def test_a_containers_value_of_another_type_is_a_warning() -> None:
    found = compiled({"run": {"kind": "job", "container": {"image": [["x"]], "workingDir": 3}}})
    assert found.warnings == (
        "run.container.image: [['x']] is not allowed, expected text",
        "run.container.workingDir: 3 is not allowed, expected text",
    )


def test_a_concatenation_outside_braces_is_mended_with_a_warning() -> None:
    found = compiled(operation(args=["{{ globals.artifacts_path }} + /a.py"]), lr=1)
    assert args_of(found) == ["/runs/a.py"]
    assert "was read as '{{ globals.artifacts_path }}/a.py'" in found.warnings[0]


def test_a_run_patch_is_laid_over_the_runtime() -> None:
    found = compiled(operation(runPatch={"container": {"workingDir": "/w"}}), lr=1)
    assert isinstance(found.operation.run, V1Job)
    assert found.operation.run.container is not None
    assert found.operation.run.container.working_dir == "/w"


def test_a_number_field_takes_a_template() -> None:
    found = compiled(operation(termination={"timeout": "{{ epochs * 60 }}"}), lr=1)
    assert found.operation.termination is not None
    assert found.operation.termination.timeout == 180  # type: ignore[union-attr]  # no template any more


@pytest.mark.parametrize(
    ("spec", "params", "line"),
    [
        (operation(), {}, "params.lr: missing, expected a value of type float"),
        (
            operation(component={"inputs": [{"name": "lr", "type": "float", "isList": True}]}),
            {},
            "params.lr: missing, expected a list of values of type float",
        ),
        (
            operation(),
            {"lr": "fast"},
            "params.lr: 'fast' is not a value of type float, expected a number",
        ),
        (
            operation(strictParams=True),
            {"lr": 1, "epoch": 2},
            "params.epoch: no such input, did you mean 'epochs'?",
        ),
        (
            operation(args=["{{ lrr }}"]),
            {"lr": 1},
            "run.container.args[0]: template '{{ lrr }}' names 'lrr', which doesn't "
            "exist, did you mean 'lr'?",
        ),
        (
            operation(args=["{{ params.lr.as_argg }}"]),
            {"lr": 1},
            "run.container.args[0]: template '{{ params.lr.as_argg }}' names "
            "'as_argg', which doesn't exist, did you mean 'as_arg'?",
        ),
        (
            operation(args=["{{ lr.__class__ }}"]),
            {"lr": 1},
            "run.container.args[0]: template '{{ lr.__class__ }}'",
        ),
        (
            operation(termination={"timeout": "{{ globals.name }}"}),
            {"lr": 1},
            "termination.timeout: 'bold' is not allowed, expected a whole number or a template",
        ),
        (
            operation(runPatch={"conteiner": {}}),
            {"lr": 1},
            "runPatch.conteiner: unknown field, did you mean 'container'?",
        ),
        (
            operation(runPatch={"kind": "service"}),
            {"lr": 1},
            "runPatch.kind: kind 'service' over a job, expected 'job'",
        ),
        (
            operation(params={"lr": {"ref": "nowhere.x", "value": "outputs.lr"}}),
            {},
            "params.lr.ref: invalid reference 'nowhere.x', expected dag, ops.NAME or runs.UUID",
        ),
        ({"name": "a"}, {}, "run: nothing to run, expected a component with a runtime"),
    ],
)
def test_a_mistake_is_told_in_one_line(spec: dict[str, Any], params: dict[str, Any], line: str) -> None:
    with pytest.raises(SpecError, match="^" + re.escape(line)):
        compiled(spec, **params)


def test_a_template_that_fails_leaves_the_others_to_be_told() -> None:
    matrix = {
        "kind": "random",
        "numRuns": "{{ one }}",
        "params": {"a": {"kind": "pchoice", "value": "{{ two }}"}},
    }
    with pytest.raises(SpecError, match="names 'one'") as told:
        compiled({"matrix": matrix, "run": {"kind": "job"}})
    assert [problem.path[-1] for problem in told.value.problems] == ["value", "numRuns"]
