"""What of a search may be other when it is resumed."""

from __future__ import annotations

import re
from typing import Any

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1Operation, read, write
from polyaxon_sdk.runner.changed_search import with_search

LINE = {"x": {"kind": "uniform", "value": "0:1"}}
LOSS = {"name": "loss", "optimization": "minimize"}
TPE = {"kind": "tpe", "numRuns": 2, "metric": LOSS, "params": LINE}
HYPERBAND = {"kind": "hyperband", "maxIterations": 9, "metric": LOSS, "params": LINE}
COMPONENT = {
    "run": {"kind": "job", "container": {"command": ["true"]}},
    "inputs": [{"name": "x", "type": "float"}],
}


def operation(matrix: dict[str, Any] | None, **fields: Any) -> V1Operation:
    return read(V1Operation, {"component": COMPONENT, "matrix": matrix, **fields})


@pytest.mark.parametrize(
    "change",
    [{"numRuns": 9}, {"maxIterations": 3}, {"concurrency": 4}, {"seed": 1}, {"earlyStopping": []}],
    ids=lambda change: next(iter(change)),
)
def test_a_budget_may_be_another(change: dict[str, Any]) -> None:
    found = with_search(operation(TPE), operation({**TPE, **change}), adopts_space=False)
    assert write(found)["matrix"] == write(operation({**TPE, **change}))["matrix"]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            TPE,
            {"kind": "grid", "params": {"x": {"kind": "choice", "value": [1]}}},
            "matrix.kind: was tpe, is grid",
        ),
        (TPE, {**TPE, "metric": {"name": "acc"}}, "matrix.metric: was"),
        (HYPERBAND, {**HYPERBAND, "maxIterations": 27}, "matrix.maxIterations: was 9, is 27"),
        (
            TPE,
            {**TPE, "params": {}},
            "matrix.params.x: was uniform 0.0:1.0, is nothing, expected --adopt-space",
        ),
        (
            TPE,
            {**TPE, "params": {**LINE, "y": {"kind": "choice", "value": [1, 2]}}},
            "y: was nothing, is [1, 2]",
        ),
        (TPE, None, "matrix: no search"),
    ],
)
def test_another_search_is_refused(before: dict[str, Any], after: dict[str, Any] | None, told: str) -> None:
    with pytest.raises(InputError, match=re.escape(told)):
        with_search(operation(before), operation(after), adopts_space=False)


def test_another_space_may_be_asked_for() -> None:
    other = {**TPE, "params": {"x": {"kind": "uniform", "value": "2:3"}}}
    assert with_search(operation(TPE), operation(other), adopts_space=True).matrix == operation(other).matrix


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (
            {"component": {**COMPONENT, "outputs": [{"name": "y", "type": "int"}]}},
            "outputs: is other than it was",
        ),
        ({"params": {"x": {"value": 3}}}, "params.x: was nothing, is 3"),
    ],
)
def test_another_component_is_refused(fields: dict[str, Any], told: str) -> None:
    with pytest.raises(InputError, match=told):
        with_search(operation(TPE), operation(TPE, **fields), adopts_space=True)


def test_labels_may_be_others_and_a_file_may_hold_the_matrix_alone() -> None:
    over = read(V1Operation, {"name": "other", "tags": ["a"], "matrix": TPE})
    assert with_search(operation(TPE), over, adopts_space=False) == operation(TPE)
