"""What an input's own value is in a run, and what else of an operation is resolved."""

from __future__ import annotations

from typing import Any

import pytest

from polyaxon_sdk.compiler.compiling import compile_operation
from polyaxon_sdk.compiler.connections import Connections
from polyaxon_sdk.compiler.globals import Globals
from polyaxon_sdk.compiler.merging import merge
from polyaxon_sdk.polyflow import V1CompiledOperation, V1Operation, read, write


def compiled(component: dict[str, object], **operation: object) -> V1CompiledOperation:
    job: dict[str, object] = {"kind": "job", "container": {"args": ["{{ x }}", "{{ params.x.as_arg }}"]}}
    whole = {"component": {"run": job, **component}, **operation}
    return compile_operation(read(V1Operation, whole), run=Globals(uuid="ab")).operation


@pytest.mark.parametrize(
    ("kind", "written", "value", "args"),
    [
        ("float", 3, 3, ["3", "--x=3"]),
        ("float", "3", 3, ["3", "--x=3"]),
        ("int", "500", 500, ["500", "--x=500"]),
        ("str", 3, 3, ["3", "--x=3"]),
        ("str", True, True, ["true", "--x=true"]),
        ("str", {"a": 1}, {"a": 1}, ['{"a":1}', '--x={"a":1}']),
        ("str", "3", "3", ["3", "--x=3"]),
        ("timedelta", "PT1H", "PT1H", ["PT1H", "--x=PT1H"]),
        ("date", "2020-01-02T00:00:00", "2020-01-02T00:00:00", ["2020-01-02T00:00:00", "--x=2020-01-02T00:00:00"]),
        ("datetime", "2020-01-02", "2020-01-02", ["2020-01-02", "--x=2020-01-02"]),
        ("list[float]", [1, "2"], [1, 2], ["[1, 2]", "--x=[1,2]"]),
        ("dict", '{"a": 1}', {"a": 1}, ["{'a': 1}", '--x={"a":1}']),
        ("bool", "no", False, ["False", "--x=false"]),
    ],
)  # fmt: skip
def test_a_default_stays_as_it_was_written(
    kind: str, written: object, value: object, args: list[str]
) -> None:
    found = compiled({"inputs": [{"name": "x", "type": kind, "value": written}]})
    assert found.inputs is not None
    run: Any = found.run
    assert (found.inputs[0].value, run.container.args) == (value, args)


def test_a_param_is_read_by_the_type() -> None:
    found = compiled({"inputs": [{"name": "x", "type": "timedelta"}]}, params={"x": "PT1H"})
    assert found.inputs is not None
    assert found.inputs[0].value == 3600.0


@pytest.mark.parametrize(
    ("step", "connection"),
    [
        ({"artifacts": {"files": ["a"]}}, "store"),
        ({"paths": ["a"]}, "store"),
        ({"lineageRef": "a:b"}, None),
        ({"modelRef": "a:1"}, None),
        ({"tensorboard": {"port": 6006}}, None),
    ],
)
def test_what_is_read_from_the_store_alone_names_it(step: dict[str, object], connection: str | None) -> None:
    job = {"kind": "job", "init": [step]}
    operation = read(V1Operation, {"component": {"run": job}})
    found: Any = compile_operation(
        operation, run=Globals(), connections=Connections(store="store")
    ).operation.run
    assert found.init[0].connection == connection


def test_what_was_checked_strictly_needs_no_check_any_more() -> None:
    assert compiled({"inputs": [{"name": "x", "value": 1}]}, strictParams=True).strict_params is None


def test_a_mount_stays_text() -> None:
    written = write(
        read(V1Operation, {"mount": ["a:b", {"from": "c"}], "component": {"run": {"kind": "job"}}})
    )
    assert written["mount"] == ["a:b", {"from": "c"}]


def test_a_param_for_templates_is_a_context_though_an_input_has_its_name() -> None:
    component = {"inputs": [{"name": "x", "type": "int"}], "run": {"kind": "job"}}
    operation = read(
        V1Operation, {"params": {"x": {"value": 1, "contextOnly": True}}, "component": component}
    )
    assert [io.name for io in merge(operation).contexts or []] == ["x"]
