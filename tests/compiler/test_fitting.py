"""What references name, and which inputs they fit."""

from __future__ import annotations

import re
from typing import Any

import pytest

from polyaxon_sdk.compiler import Globals, check, compile_operation
from polyaxon_sdk.polyflow import SpecError, read_operation

JOB: dict[str, Any] = {"run": {"kind": "job", "container": {"image": "a"}}}
UUID = "fcc462d764104eb698d3cca509f34154"
IOS = {
    "inputs": [{"name": "lr", "type": "float", "value": 0.1}],
    "outputs": [
        {"name": "loss", "type": "float"},
        {"name": "score", "type": "metric"},
        {"name": "note", "type": "str"},
        {"name": "sizes", "type": "int", "isList": True},
        {"name": "config", "type": "dict"},
        {"name": "model", "type": "path"},
        {"name": "anything"},
    ],
}


def asking(kind: str, value: object, *, ref: str = "ops.train", **io: object) -> dict[str, Any]:
    """An operation whose input of a type takes the value of another run."""
    inputs = [{"name": "x", "type": kind, **io}]
    return {
        "name": "ask",
        "params": {"x": {"ref": ref, "value": value}},
        "component": {**JOB, "inputs": inputs},
    }


def joining(value: object, **io: object) -> dict[str, Any]:
    """An operation whose input takes what a join collects."""
    join = {"query": "kind:job", "params": {"x": {"value": value}}}
    return {"joins": [join], "component": {**JOB, "inputs": [{"name": "x", **io}]}}


def dag(*operations: dict[str, Any], **fields: Any) -> Any:
    train = {"name": "train", "component": {**JOB, **IOS}}
    return read_operation(
        {**fields, "component": {**IOS, "run": {"kind": "dag", "operations": [train, *operations]}}}
    )


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("float", "outputs.loss"), ("float", "{{ outputs.loss }}"), ("float", "inputs.lr"), ("metric", "outputs.loss"),
        ("float", "outputs.score"), ("any", "outputs.loss"), ("float", "outputs.anything"),
        ("PositiveFloat", "outputs.loss"),
        ("str", "outputs.model"), ("s3", "outputs.note"), ("list", "outputs.sizes"), ("List[int]", "outputs.sizes"),
        ("str", "artifacts.board"), ("path", "artifacts.outputs"), ("uuid", "artifacts.base"), ("dict", "artifacts"),
        ("str", "artifacts"), ("uuid", "globals.uuid"), ("str", "globals.uuid"), ("datetime", "globals.created_at"),
        ("float", "globals.duration"), ("str", "globals.duration"), ("int", "globals.iteration"),
        ("dict", "outputs"), ("metadata", "outputs.config"), ("dict", "inputs"), ("dict", "io"), ("any", "outputs"),
        ("artifacts", {"files": ["a"]}), ("artifacts", {"dirs": ["{{ artifacts.board }}"], "workers": 2}),
    ],
)  # fmt: skip
def test_a_value_of_another_operation_fits_an_input_of_its_type(kind: str, value: object) -> None:
    assert check(dag(asking(kind, value))) == []


def test_a_list_fits_an_input_that_is_one() -> None:
    assert check(dag(asking("int", "outputs.sizes", isList=True))) == []


@pytest.mark.parametrize(
    ("kind", "value", "line"),
    [
        ("float", "outputs", "all outputs of 'train' is dict, expected float"),
        ("float", "outputs.note", "outputs.note of 'train' is str, expected float"),
        ("int", "outputs.loss", "outputs.loss of 'train' is float, expected int"),
        ("int", "outputs.sizes", "outputs.sizes of 'train' is list[int], expected int"),
        ("str", "inputs", "all inputs of 'train' is dict, expected str"),
        ("float", "artifacts", "all artifacts of 'train' is dict, expected float"),
        ("float", "artifacts.board", "artifacts.board of 'train' is path, expected float"),
        ("artifacts", "artifacts.board", "artifacts.board of 'train' is path, expected artifacts"),
        ("float", "globals.uuid", "globals.uuid of 'train' is uuid, expected float"),
        ("int", "globals.created_at", "globals.created_at of 'train' is datetime, expected int"),
        ("float", {"dirs": ["a"]}, "files and dirs of 'train' is artifacts, expected float"),
        ("float", "outputs.los", "'train' has no outputs.los, did you mean 'loss'?"),
        ("float", "inputs.loss", "'train' has no inputs.loss"),
        ("uuid", "globals.uid", "no run has globals.uid, did you mean 'uuid'?"),
        (
            "float",
            "ouputs.loss",
            "'ouputs.loss' is no path of a run's value, expected globals, inputs, outputs, io, artifacts, "
            "did you mean 'outputs'?",
        ),
        (
            "float",
            "outputs.",
            "'outputs.' is no path of a run's value, expected globals, inputs, outputs, io, artifacts, "
            "did you mean 'outputs'?",
        ),
    ],
)
def test_what_doesnt_fit_is_told_in_one_line(kind: str, value: object, line: str) -> None:
    with pytest.raises(SpecError, match=f"^{re.escape(f'run.operations[1].params.x: {line}')}$"):
        check(dag(asking(kind, value)))


@pytest.mark.parametrize("name", ["x", "undeclared"])
def test_a_path_is_looked_at_where_no_type_is_asked_for(name: str) -> None:
    node = {"name": "ask", "component": JOB, "params": {name: {"ref": "ops.train", "value": "ouputs.loss"}}}
    with pytest.raises(SpecError, match=r"'ouputs\.loss' is no path of a run's value"):
        check(dag(node))


def test_a_context_value_may_be_of_any_type() -> None:
    node = asking("float", "outputs.note")
    node["params"]["x"]["contextOnly"] = True
    assert check(dag(node)) == []


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("float", "inputs.lr"), ("int", "inputs.lr"), ("str", "inputs.lr"), ("uuid", "globals.uuid"),
        ("int", "inputs.words"), ("path", "artifacts.outputs"), ("any", "inputs"),
    ],
)  # fmt: skip
def test_an_input_of_the_dag_fits_what_it_can_be_read_as(kind: str, value: str) -> None:
    assert (
        check(dag(asking(kind, value, ref="dag"), params={"words": {"value": "3", "contextOnly": True}}))
        == []
    )


@pytest.mark.parametrize(
    ("kind", "value", "line"),
    [
        ("dict", "inputs.lr", "inputs.lr of the dag is float, expected dict"),
        ("float", "inputs.rl", "the dag has no inputs.rl, did you mean 'lr'?"),
        ("dict", "outputs", "all outputs of the dag aren't there yet, expected such as inputs.x"),
        ("float", "outptus.loss", "'outptus.loss' is no path of a run's value"),
    ],
)
def test_what_the_dag_hasnt_is_told_in_one_line(kind: str, value: str, line: str) -> None:
    with pytest.raises(SpecError, match=re.escape(f"run.operations[1].params.x: {line}")):
        check(dag(asking(kind, value, ref="dag")))


@pytest.mark.parametrize("ref", [f"runs.{UUID}", "ops.train"])
@pytest.mark.parametrize(
    ("kind", "value", "line"),
    [
        ("float", "outputs", "params.x: all outputs of the run is dict, expected float"),
        ("float", "globals.uuid", "params.x: globals.uuid of the run is uuid, expected float"),
        ("float", "globals.durtion", "params.x: no run has globals.durtion, did you mean 'duration'?"),
        ("float", "output.loss", "params.x: 'output.loss' is no path of a run's value"),
    ],
)
def test_a_run_of_which_nothing_is_known_has_its_paths(ref: str, kind: str, value: str, line: str) -> None:
    with pytest.raises(SpecError, match=f"^{re.escape(line)}"):
        check(read_operation(asking(kind, value, ref=ref)))


@pytest.mark.parametrize("value", ["outputs.loss", "inputs.lr", "globals.duration", "outputs.whatever"])
def test_what_such_a_run_logged_fits_for_now(value: str) -> None:
    assert check(read_operation(asking("float", value, ref=f"runs.{UUID}"))) == []


@pytest.mark.parametrize(
    ("ref", "hint"),
    [
        ("opps.train", ", did you mean 'ops.train'?"),
        ("operation.train", ", did you mean 'ops.train'?"),
        ("run.fcc", ", did you mean 'runs.fcc'?"),
        ("pipeline", ", did you mean 'dag'?"),
        ("dags.x", ", did you mean 'dag'?"),
        ("elsewhere.x", ""),
    ],
)
def test_a_reference_to_nowhere_is_one_line(ref: str, hint: str) -> None:
    line = f"params.x.ref: invalid reference {ref!r}, expected dag, ops.NAME or runs.UUID{hint}"
    with pytest.raises(SpecError, match=f"^{re.escape(line)}$"):
        check(read_operation(asking("float", "outputs.loss", ref=ref)))
    with pytest.raises(SpecError, match=f"^{re.escape(line)}$"):
        compile_operation(read_operation(asking("float", "outputs.loss", ref=ref)), run=Globals())


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("float", "outputs.loss"), ("float", "globals.duration"), ("uuid", "globals.uuid"), ("dict", "outputs"),
        ("path", "artifacts.board"), ("str", "{{ artifacts.board }}"), ("any", "io"),
    ],
)  # fmt: skip
def test_each_value_of_a_join_fits_an_item_of_its_input(kind: str, value: str) -> None:
    assert check(read_operation(joining(value, type=kind, isList=True))) == []


@pytest.mark.parametrize(
    ("value", "fields"),
    [
        ({"dirs": ["{{ artifacts.board }}"]}, {"type": "artifacts"}),
        ("artifacts.board", {"type": "artifacts"}),
        ("outputs", {"type": "list"}),
        ("outputs", {}),
    ],
)
def test_all_values_of_a_join_fit_an_input_that_takes_them(value: object, fields: dict[str, Any]) -> None:
    assert check(read_operation(joining(value, **fields))) == []


@pytest.mark.parametrize(
    ("value", "fields", "line"),
    [
        ("outputs", {"type": "float", "isList": True}, "all outputs of a run is dict, expected float"),
        (
            {"files": ["a"]},
            {"type": "float", "isList": True},
            "files and dirs of a run is artifacts, expected float",
        ),
        ("globals.uid", {}, "no run has globals.uid, did you mean 'uuid'?"),
    ],
)
def test_what_a_join_cant_give_is_told_in_one_line(value: object, fields: dict[str, Any], line: str) -> None:
    with pytest.raises(SpecError, match=f"^{re.escape(f'joins[0].params.x: {line}')}$"):
        check(read_operation(joining(value, **fields)))


@pytest.mark.parametrize("ref", ["train", "op.train", "opps.train"])
def test_an_event_of_an_operation_is_named_by_it(ref: str) -> None:
    node = {"name": "ask", "component": JOB, "events": [{"ref": ref, "kinds": ["run_status_done"]}]}
    line = f"run.operations[1].events[0].ref: invalid reference {ref!r}, expected ops.NAME, did you mean 'ops.train'?"
    with pytest.raises(SpecError, match=f"^{re.escape(line)}$"):
        check(dag(node))


def test_an_event_may_come_from_elsewhere() -> None:
    node = {
        "name": "ask",
        "component": JOB,
        "events": [{"ref": "connections.code", "kinds": ["connection_git_commit"]}],
    }
    assert check(dag(node)) == []
