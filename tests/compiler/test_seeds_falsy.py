"""A value that is false is a value, in each form in which one can be referred to."""

from __future__ import annotations

from typing import Any

import pytest

from polyaxon_sdk.compiler import RunValues, collect, look_up, resolve
from polyaxon_sdk.polyflow import V1Join, V1JoinParam, V1Operation, V1Param, read_operation
from polyaxon_sdk.tuners import suggest_grid
from tests.seeds.snippets import compiled

UUID = "fcc462d764104eb698d3cca509f34154"
SHOWN: list[tuple[object, str]] = [(0, "0"), (0.0, "0.0"), (False, "False"), ("", ""), (None, "None")]
FALSY = [value for value, _ in SHOWN]
EACH = pytest.mark.parametrize("value", FALSY, ids=repr)
EACH_SHOWN = pytest.mark.parametrize(("value", "shown"), SHOWN, ids=[repr(value) for value in FALSY])
REFS = ["ops.upstream-job-1", f"runs.{UUID}", "dag"]
PATHS = ["inputs.x", "outputs.x", "{{inputs.x}}", "{{ outputs.x }}", "globals.x"]


def upstream(value: object) -> RunValues:
    return RunValues(uuid=UUID, inputs={"x": value}, outputs={"x": value}, globals={"x": value})


def same(found: object, value: object) -> bool:
    """Whether two values are one: 0 is neither False nor 0.0."""
    return type(found) is type(value) and found == value


def job(text: str = "<{{ x }}>", **fields: object) -> V1Operation:
    return read_operation(
        {"run": {"kind": "job", "container": {"command": ["echo"], "args": [text]}}, **fields}
    )


def printed(operation: V1Operation, **params: object) -> object:
    return compiled(operation, **params)["run"]["container"]["args"][0]


@EACH
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("ref", REFS)
def test_a_reference_gives_it(ref: str, path: str, value: object) -> None:
    found = resolve({"x": V1Param(ref=ref, value=path)}, lambda _: upstream(value))
    assert same(found["x"].value, value)


@EACH
@pytest.mark.parametrize("path", ["inputs", "outputs", "{{ outputs }}", "globals"])
def test_a_reference_to_all_values_holds_it(path: str, value: object) -> None:
    found: Any = resolve({"all": V1Param(ref="ops.a", value=path)}, lambda _: upstream(value))["all"].value
    assert same(found["x"], value)


@EACH
def test_a_reference_to_inputs_and_outputs_holds_it(value: object) -> None:
    found: Any = resolve({"io": V1Param(ref="ops.a", value="io")}, lambda _: upstream(value))["io"].value
    assert (same(found["inputs"]["x"], value), same(found["outputs"]["x"], value)) == (True, True)


@EACH_SHOWN
@pytest.mark.parametrize("ref", REFS)
def test_a_job_prints_what_a_reference_gives(ref: str, value: object, shown: str) -> None:
    params = resolve({"x": V1Param(ref=ref, value="outputs.x")}, lambda _: upstream(value))
    assert printed(job(inputs=[{"name": "x", "type": "any", "isOptional": True}]), **params) == f"<{shown}>"


@EACH_SHOWN
def test_a_job_prints_a_literal(value: object, shown: str) -> None:
    assert printed(job(params={"x": {"value": value, "contextOnly": True}})) == f"<{shown}>"


@EACH_SHOWN
def test_a_job_prints_a_default(value: object, shown: str) -> None:
    assert printed(job(inputs=[{"name": "x", "type": "any", "value": value}])) == f"<{shown}>"


@EACH_SHOWN
def test_a_job_prints_what_stands_within_a_mapping(value: object, shown: str) -> None:
    params = {"convolutions": {"contextOnly": True, "value": {"conv1": {"size": value}}}}
    assert printed(job("<{{ convolutions.conv1.size }}>", params=params)) == f"<{shown}>"


@pytest.mark.parametrize("value", FALSY[:-1], ids=repr)
def test_a_param_may_be_another_ones_value(value: object) -> None:
    params = {"y": {"contextOnly": True, "value": value}, "x": {"value": "{{ y }}"}}
    found = compiled(job(params=params, inputs=[{"name": "x", "type": "any"}]))["inputs"][0]
    assert same(found["value"], value)


@pytest.mark.parametrize(
    ("kind", "value"), [("int", 0), ("float", 0.0), ("bool", False), ("str", ""), ("dict", {}), ("any", 0)]
)
def test_an_input_of_each_type_takes_it(kind: str, value: object) -> None:
    params = resolve({"x": V1Param(ref="ops.a", value="outputs.x")}, lambda _: upstream(value))
    found = compiled(job("go", inputs=[{"name": "x", "type": kind}]), **params)["inputs"][0]
    assert same(found["value"], value)


@EACH
@pytest.mark.parametrize("path", ["inputs.x", "outputs.x", "globals.x"])
def test_a_join_keeps_it_in_its_place(path: str, value: object) -> None:
    join = V1Join(query="kind:job", params={"x": V1JoinParam(value=path)})
    found: Any = collect([(join, [upstream(value), upstream(1)])])["x"].value
    assert (same(found[0], value), found[1]) == (True, 1)


@EACH_SHOWN
def test_a_job_prints_what_a_join_collects(value: object, shown: str) -> None:
    join = V1Join(query="kind:job", params={"x": V1JoinParam(value="outputs.x", context_only=True)})
    assert printed(job(), **collect([(join, [upstream(value)])])) == f"<[{value!r}]>"


@EACH
def test_a_search_may_try_it(value: object) -> None:
    matrix: Any = job(
        matrix={"kind": "grid", "params": {"x": {"kind": "choice", "value": [value, 1]}}}
    ).matrix
    [first, _] = suggest_grid(matrix)
    assert same(first["x"], value)


@EACH
def test_a_search_may_take_it_from_a_param(value: object) -> None:
    matrix = {"kind": "grid", "params": {"x": {"kind": "choice", "value": "{{ choices }}"}}}
    params = {"choices": {"contextOnly": True, "value": [value, 1]}}
    found = compiled(job("go", matrix=matrix, params=params))["matrix"]["params"]["x"]["value"]
    assert same(found[0], value)


@pytest.mark.parametrize("path", ["artifacts.absent", "outputs.absent", "inputs.absent", "globals.absent"])
def test_what_a_run_of_a_join_lacks_is_null(path: str) -> None:
    assert look_up(path, upstream(0)) is None
