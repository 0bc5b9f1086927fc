"""What a tuner's run answers."""

from __future__ import annotations

import re
from typing import Any

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runner.tuner import suggestions_for

RATE = {"rate": {"kind": "uniform", "value": "0:1"}}
LOSS = {"name": "loss", "optimization": "minimize"}
TPE = {"kind": "tpe", "numRuns": 2, "maxIterations": 2, "seed": 1, "metric": LOSS, "params": RATE}
BAYES = {"kind": "bayes", "numInitialRuns": 3, "maxIterations": 2, "seed": 1, "metric": LOSS, "params": RATE}
HYPERBAND = {
    "kind": "hyperband",
    "maxIterations": 9,
    "eta": 3,
    "seed": 1,
    "resource": {"name": "epochs", "type": "int"},
    "metric": {"name": "accuracy", "optimization": "maximize"},
    "params": RATE,
}
ITERATIVE = {"kind": "iterative", "maxIterations": 2, "seed": 1, "params": RATE}
GRID = {"kind": "grid", "params": {"rate": {"kind": "choice", "value": [1, 2]}}}


def answer(matrix: object, **inputs: object) -> list[dict[str, Any]]:
    return suggestions_for({"matrix": matrix, **inputs})


@pytest.mark.parametrize(
    ("matrix", "counts"),
    [
        (TPE, [2, 2, 0]),
        pytest.param(BAYES, [3, 1, 1, 0], marks=pytest.mark.fit),
        (ITERATIVE, [1, 1, 0]),
        (GRID, [2, 0]),
        (HYPERBAND, [9, 5, 3, 0]),
    ],
)
def test_each_iteration_has_its_runs(matrix: object, counts: list[int]) -> None:
    assert [len(answer(matrix, iteration=number)) for number in range(len(counts))] == counts


def test_the_best_of_a_rung_go_on_with_more() -> None:
    first = answer(HYPERBAND, iteration=0)
    metrics = [None, float("nan"), 0.3, 0.9, "0.5", 0.1, float("inf"), 0.8, 0.2]
    found = answer(HYPERBAND, iteration=0, bracketIteration=1, configs=first, metrics=metrics)
    assert {each["epochs"] for each in first} == {1}
    assert found == [{"rate": first[number]["rate"], "epochs": 3} for number in (3, 7, 4)]


def test_a_rung_of_failures_promotes_what_there_is() -> None:
    configs = [{"rate": 0.1, "epochs": 1, "other": 3}, {"rate": 0.2, "epochs": 1}]
    found = answer(HYPERBAND, iteration=0, bracketIteration=1, configs=configs, metrics=[0.1, None])
    assert found == [{"rate": 0.1, "epochs": 3}]


def test_after_the_last_rung_there_is_none() -> None:
    assert answer(HYPERBAND, iteration=2, bracketIteration=1, configs=[{"rate": 0.1}], metrics=[1]) == []


CHOICE = {**HYPERBAND, "params": {"rate": {"kind": "choice", "value": list(range(12))}}}


def test_a_later_bracket_draws_what_was_not_drawn_before() -> None:
    first = answer(CHOICE, iteration=0)
    later = answer(CHOICE, iteration=1, configs=first, metrics=[0.1] * len(first))
    left = {*range(12)} - {each["rate"] for each in first}
    assert (len(first), len(later), left - {each["rate"] for each in later}) == (9, 5, set())


def test_the_very_same_run_is_drawn_last() -> None:
    matrix = {**HYPERBAND, "params": {"rate": {"kind": "choice", "value": [*range(6)]}}}
    tried = [{"rate": rate, "epochs": 1 if rate else 3} for rate in range(6)]
    later = answer(matrix, iteration=1, configs=tried, metrics=[0.1] * 6)
    assert sorted(each["rate"] for each in later) == [1, 2, 3, 4, 5]


def test_a_resource_may_be_a_fraction() -> None:
    matrix = {**HYPERBAND, "maxIterations": 2, "eta": 2, "resource": {"name": "hours", "type": "float"}}
    assert {each["hours"] for each in answer(matrix, iteration=0)} == {1.0}


def test_what_was_tried_is_not_suggested_again() -> None:
    [first] = answer(ITERATIVE, iteration=0)
    assert answer(ITERATIVE, iteration=0, configs=[first], metrics=[1.0]) != [first]


def test_a_search_of_the_former_kind_is_one_by_tpe() -> None:
    matrix = {**TPE, "kind": "hyperopt", "algorithm": "tpe"}
    assert answer(matrix, iteration=0) == answer(TPE, iteration=0)


@pytest.mark.parametrize(
    ("inputs", "told"),
    [
        ({"matrix": None}, "matrix: missing, expected a search"),
        ({"matrix": {"kind": "tpee"}}, "input matrix: matrix.kind: "),
        ({"matrix": {**TPE, "numRun": 1}}, "did you mean 'numRuns'?"),
        ({"matrix": {**TPE, "params": "{{ space }}"}}, "'{{ space }}' is not resolved yet"),
        ({"matrix": {**BAYES, "params": "{{ space }}"}}, "'{{ space }}' is not resolved yet"),
        ({"matrix": {**HYPERBAND, "params": "{{ space }}"}}, "'{{ space }}' is not resolved yet"),
        ({"matrix": {"kind": "iterative", "maxIterations": 1}}, "matrix.params: nothing to draw from"),
        (
            {"matrix": TPE, "configs": [{}], "metrics": []},
            "metrics: 1 configs and 0 metrics, expected one for each",
        ),
    ],
)
def test_a_mistake_is_told_in_one_line(inputs: dict[str, object], told: str) -> None:
    with pytest.raises(InputError, match=re.escape(told)):
        suggestions_for(inputs)


def test_a_rung_without_a_metric_is_refused() -> None:
    matrix = {key: value for key, value in HYPERBAND.items() if key != "metric"}
    with pytest.raises(InputError, match="metric: missing, expected the output that ranks runs"):
        answer(matrix, iteration=0, bracketIteration=1)
