"""Who waits for whom in a dag."""

from __future__ import annotations

import re
from typing import Any

import pytest
from attrs import evolve

from polyaxon_sdk.compiler import check, graph_of, inheritance_of, merge
from polyaxon_sdk.compiler.graph import Graph
from polyaxon_sdk.polyflow import (
    SpecError,
    V1CompiledOperation,
    V1Dag,
    V1Environment,
    V1Job,
    V1Operation,
    V1Termination,
    read,
    read_operation,
)

JOB: dict[str, Any] = {"run": {"kind": "job", "container": {"image": "a"}}}


def dag(*operations: dict[str, Any], components: list[dict[str, Any]] | None = None) -> V1Operation:
    nodes = [{"component": JOB, **one} if "dagRef" not in one else one for one in operations]
    run = {"kind": "dag", "operations": nodes, "components": components}
    return read_operation({"component": {"run": run}})


def graph(*operations: dict[str, Any]) -> Graph:
    component = dag(*operations).component
    assert component is not None
    assert isinstance(component.run, V1Dag)
    return graph_of(component.run)


def test_levels_follow_dependencies_references_and_events() -> None:
    found = graph(
        {"name": "d", "dependencies": ["b", "c"]},
        {"name": "c", "events": [{"ref": "ops.a", "kinds": ["run_status_running"]}]},
        {"name": "b", "params": {"x": {"ref": "ops.a", "value": "globals.uuid"}}},
        {"name": "a"},
    )
    assert found.levels == [["a"], ["b", "c"], ["d"]]
    assert found.downstream == {"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": []}


@pytest.mark.parametrize(
    ("names", "line"),
    [
        (["c", "c"], "components[1].name: a second 'c', expected unique names"),
        (["c", None], "components[1].name: missing, expected a name in the dag"),
    ],
)
def test_each_component_of_a_dag_has_a_name_of_its_own(names: list[str | None], line: str) -> None:
    components = [{**JOB, **({"name": name} if name else {})} for name in names]
    with pytest.raises(SpecError, match=re.escape(line)):
        check(dag({"name": "a", "dagRef": "c"}, components=components))


def test_a_thousand_operations_have_their_levels() -> None:
    dag = V1Dag(
        operations=[
            read(V1Operation, {"name": f"o{n}", "dependencies": [f"o{n - 1}"][:n]}) for n in range(1000)
        ]
    )
    assert len(graph_of(dag).levels) == 1000


@pytest.mark.parametrize(
    ("operations", "line"),
    [
        ((), "run.operations: no operations, expected at least one"),
        (({"dependencies": []},), "run.operations[0].name: missing, expected a name in the dag"),
        (({"name": "a"}, {"name": "a"}), "run.operations[1].name: a second 'a', expected unique names"),
        (
            ({"name": "train"}, {"name": "b", "dependencies": ["trian"]}),
            "run.operations[1]: 'b' waits for 'trian', which is no operation of this "
            "dag, did you mean 'train'?",
        ),
        (
            ({"name": "a", "dependencies": ["b"]}, {"name": "b", "dependencies": ["a"]}),
            "run.operations: operations wait for each other in a circle: ",
        ),
        (({"name": "a", "dagRef": "trian"},), "run.operations[0].dagRef: no component 'trian' in this dag"),
        (
            ({"name": "a"}, {"name": "b", "params": {"x": {"ref": "ops.a", "value": "outputs.loss"}}}),
            "run.operations[1].params.x: 'a' has no outputs.loss",
        ),
        (
            ({"name": "a", "params": {"x": {"ref": "dag", "value": "inputs.lrr"}}},),
            "run.operations[0].params.x: the dag has no inputs.lrr",
        ),
        (
            ({"name": "a", "schedule": {"kind": "cron", "cron": "@daily"}},),
            "run.operations[0].schedule: an operation of a dag has no schedule of its own",
        ),
    ],
)
def test_a_mistake_is_told_in_one_line(operations: tuple[dict[str, Any], ...], line: str) -> None:
    with pytest.raises(SpecError, match="^" + re.escape(line)):
        check(dag(*operations))


def test_a_reference_has_to_be_of_the_inputs_type() -> None:
    upstream = {"name": "a", "component": {**JOB, "outputs": [{"name": "loss", "type": "str"}]}}
    downstream = {
        "name": "b",
        "component": {**JOB, "inputs": [{"name": "x", "type": "float"}]},
        "params": {"x": {"ref": "ops.a", "value": "outputs.loss"}},
    }
    with pytest.raises(
        SpecError, match=re.escape("run.operations[1].params.x: outputs.loss of 'a' is str, expected float")
    ):
        check(dag(upstream, downstream))


def test_all_that_is_wrong_is_told_in_the_order_of_the_operations() -> None:
    wants = {**JOB, "inputs": [{"name": "x", "type": "float"}]}
    nodes = [
        {"name": "c", "params": {"x": {"ref": "ops.b", "value": "outputs.y"}}, "component": wants},
        {"name": "b", "component": wants},
        {"name": "a", "params": {"x": "much"}, "component": wants},
        {"name": "d", "params": {"x": {"ref": "ops.b", "value": "outptus.y"}}, "component": wants},
    ]
    told = r"^run\.operations\[1\]\.params\.x: .*\n.*\[2\]\.params\.x: .*\n.*\[3\]\.params\.x: .*$"
    with pytest.raises(SpecError, match=told):
        check(dag(*nodes))


def test_an_operation_takes_a_component_of_the_dag() -> None:
    component = {"name": "train", **JOB, "inputs": [{"name": "lr", "type": "float"}]}
    with pytest.raises(
        SpecError, match=re.escape("run.operations[0].params.lr: missing, expected a value of type float")
    ):
        check(dag({"name": "a", "dagRef": "train"}, components=[component]))


def test_an_operation_inherits_from_its_dag_what_it_doesnt_say() -> None:
    holder = dag({"name": "a"}).component
    assert holder is not None
    assert isinstance(holder.run, V1Dag)
    run = evolve(holder.run, connections=["git"], environment=V1Environment(node_name="n", priority=1))
    inherited = inheritance_of(V1CompiledOperation(run=run, termination=V1Termination(timeout=60, ttl=1)))
    node = read_operation(
        {
            "termination": {"timeout": 5},
            "component": {"run": {**JOB["run"], "connections": ["s3"], "environment": {"nodeName": "own"}}},
        }
    )
    found = merge(node, inherited=inherited)
    assert found.termination == V1Termination(timeout=5, ttl=1)
    assert isinstance(found.run, V1Job)
    assert found.run.environment == V1Environment(node_name="own", priority=1)
    assert found.run.connections == ["git", "s3"]
