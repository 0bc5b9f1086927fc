"""What operations of a dag may take of a search before them: its best."""

from __future__ import annotations

import re
from typing import Any

import pytest

from polyaxon_sdk.compiler import Globals, compile_operation
from polyaxon_sdk.polyflow import SpecError, V1CompiledOperation, V1Component, V1Dag, V1Operation, read

METRIC = {"name": "loss", "optimization": "minimize"}
RUN = {"kind": "job", "container": {"command": ["true"]}}


def compiled(kind: str, output: str, *, metric: dict[str, str] | None = METRIC) -> V1CompiledOperation:
    """A dag of a search and of an operation with an input that takes an output of it, compiled."""
    matrix: dict[str, Any] = {"kind": "grid", "params": {"x": {"kind": "choice", "value": [1]}}}
    search = {"outputs": [{"name": "loss", "type": "float"}], "inputs": [{"name": "x", "type": "int"}]}
    operations = [
        {"name": "grid", "matrix": {**matrix, "metric": metric}, "component": {**search, "run": RUN}},
        {
            "name": "report",
            "params": {"best": {"ref": "ops.grid", "value": output}},
            "component": {"inputs": [{"name": "best", "type": kind}], "run": RUN},
        },
    ]
    dag = read(V1Component, {"kind": "component", "run": {"kind": "dag", "operations": operations}})
    return compile_operation(V1Operation(component=dag), run=Globals()).operation


@pytest.mark.parametrize(
    ("kind", "output"),
    [
        ("float", "outputs.best_loss"),
        ("uuid", "outputs.best_run"),
        ("str", "outputs.best_run"),
        ("dict", "outputs.importance"),
    ],
)
def test_they_take_the_best_of_one_with_a_metric(kind: str, output: str) -> None:
    dag = compiled(kind, output).run
    assert isinstance(dag, V1Dag)
    report = (dag.operations or [])[1]
    assert (report.params or {})["best"].value == output


def test_one_without_a_metric_has_none() -> None:
    with pytest.raises(SpecError, match=re.escape("'grid' has no outputs.best_loss")):
        compiled("float", "outputs.best_loss", metric=None)


def test_the_best_is_of_its_type() -> None:
    with pytest.raises(SpecError, match=re.escape("outputs.best_loss of 'grid' is float, expected dict")):
        compiled("dict", "outputs.best_loss")
