"""From a matrix to suggestions."""

from __future__ import annotations

import itertools
import re
from random import Random
from typing import Any

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import (
    HyperParam,
    V1GridSearch,
    V1HpChoice,
    V1HpRange,
    V1Hyperband,
    V1Operation,
    V1RandomSearch,
    read,
)
from polyaxon_sdk.tuners import brackets_of, draw, suggest_grid, suggest_randomly, values_of


def param(kind: str, value: object) -> HyperParam:
    grid: dict[str, Any] = {
        "matrix": {"kind": "random", "numRuns": 1, "params": {"p": {"kind": kind, "value": value}}}
    }
    matrix = read(V1Operation, grid).matrix
    assert isinstance(matrix, V1RandomSearch)
    assert isinstance(matrix.params, dict)
    return matrix.params["p"]


@pytest.mark.parametrize(
    ("kind", "value", "values"),
    [
        ("choice", ["a", 1, None], ["a", 1, None]),
        ("pchoice", [["a", 0.3], ["b", 0.6]], ["a", "b"]),
        ("range", "0:10:4", [0.0, 4.0, 8.0]),
        ("range", {"start": 0, "stop": 1, "step": 0.1}, [pytest.approx(n / 10) for n in range(10)]),
        ("linspace", [0.001, 0.1, 3], [0.001, pytest.approx(0.0505), 0.1]),
        ("linspace", [1, 2, 1], [1.0]),
        ("logspace", "-3:-1:3", [pytest.approx(0.001), pytest.approx(0.01), pytest.approx(0.1)]),
        ("logspace", {"start": 0, "stop": 3, "num": 4, "base": 2}, [1.0, 2.0, 4.0, 8.0]),
        ("geomspace", "1:100:3", [1.0, pytest.approx(10.0), 100.0]),
        ("daterange", ["2024-02-28", "2024-03-02", 1], ["2024-02-28", "2024-02-29", "2024-03-01"]),
        (
            "datetimerange",
            ["2024-01-01", "2024-01-02", 43200],
            ["2024-01-01T00:00:00", "2024-01-01T12:00:00"],
        ),
    ],
)
def test_values_are_counted_in_their_order(kind: str, value: object, values: list[object]) -> None:
    assert list(values_of(param(kind, value))) == values


@pytest.mark.parametrize(
    ("kind", "value", "low", "high"),
    [
        ("uniform", "0:1", 0, 1),
        ("quniform", [0, 10, 2], 0, 10),
        ("loguniform", {"low": -7, "high": 0}, 0.0009, 1),
        ("qloguniform", "0:3:1", 0, 21),
        ("lognormal", "0:0.1", 0, 5),
        ("qnormal", "5:0.1:1", 3, 7),
    ],
)
def test_a_draw_keeps_its_bounds(kind: str, value: object, low: float, high: float) -> None:
    number = draw(param(kind, value), Random(3))
    assert isinstance(number, float)
    assert low <= number <= high


def test_a_rounded_draw_is_on_its_grid() -> None:
    assert draw(param("quniform", "0.5:1:0.1"), Random(1)) in {0.5, 0.6, 0.7, 0.8, 0.9}


def test_the_missing_probability_goes_to_the_last() -> None:
    assert draw(param("pchoice", [["a", 0.0], ["b", 0.0]]), Random(1)) == "b"


def test_the_last_param_of_a_grid_changes_fastest() -> None:
    grid = V1GridSearch(params={"a": V1HpChoice(value=[1, 2]), "b": V1HpChoice(value=["x", "y"])}, num_runs=3)
    assert list(suggest_grid(grid)) == [{"a": 1, "b": "x"}, {"a": 1, "b": "y"}, {"a": 2, "b": "x"}]


def test_a_huge_grid_is_made_one_at_a_time() -> None:
    grid = V1GridSearch(params={name: param("linspace", [0, 1, 100]) for name in "abcd"})
    assert next(itertools.islice(suggest_grid(grid), 10**4, None))["b"] == pytest.approx(1 / 99)


def test_random_draws_are_distinct_and_end_with_the_space() -> None:
    search = V1RandomSearch(params={"a": V1HpChoice(value=[1, 2]), "b": V1HpChoice(value=[1, 2])}, num_runs=9)
    draws = [tuple(one.values()) for one in suggest_randomly(search)]
    assert sorted(draws) == [(1, 1), (1, 2), (2, 1), (2, 2)]


@pytest.mark.parametrize("seed", [0, 7])
def test_a_seed_repeats_the_draws(seed: int) -> None:
    search = V1RandomSearch(params={"a": param("uniform", "0:1")}, num_runs=3, seed=seed)
    assert list(suggest_randomly(search)) == list(suggest_randomly(search))


@pytest.mark.parametrize(
    ("most", "rungs"),
    [
        (9, [[(9, 1.0), (3, 3.0), (1, 9.0)], [(5, 3.0), (1, 9.0)], [(3, 9.0)]]),
        (1, [[(1, 1.0)]]),
    ],
)
def test_hyperband_shares_its_budget(most: int, rungs: list[list[tuple[int, float]]]) -> None:
    plan = brackets_of(V1Hyperband(params={"a": V1HpChoice(value=[1])}, max_iterations=most, eta=3))
    assert [[(rung.runs, rung.resource) for rung in one.rungs] for one in plan] == rungs


def test_a_whole_power_gets_all_its_brackets() -> None:
    plan = brackets_of(V1Hyperband(params={"a": V1HpChoice(value=[1])}, max_iterations=243, eta=3))
    assert len(plan) == 6


def test_an_unresolved_template_is_refused() -> None:
    with pytest.raises(InputError, match="is not resolved yet"):
        values_of(V1HpChoice(value="{{ choices }}"))


@pytest.mark.parametrize("eta", [1, 0.5])
def test_hyperband_has_to_thin_out(eta: float) -> None:
    with pytest.raises(InputError, match=r"^eta: .* is not allowed, expected more than 1"):
        V1Hyperband(params={"a": V1HpChoice(value=[1])}, max_iterations=9, eta=eta)


def test_a_plan_of_too_many_brackets_is_refused() -> None:
    search = V1Hyperband(params={"a": V1HpChoice(value=[1])}, max_iterations=81, eta=1.0001)
    with pytest.raises(InputError, match=r"eta 1.0001 gives more than 100 brackets"):
        brackets_of(search)


def test_a_range_without_end_is_refused() -> None:
    with pytest.raises(InputError, match=r"1e\+30 values, expected at most 1e\+15"):
        values_of(param("range", "0:1e30:1"))


@pytest.mark.parametrize(("kind", "value"), [("quniform", "0:1:0"), ("qnormal", "0:1:0")])
def test_a_grid_without_a_step_is_refused(kind: str, value: str) -> None:
    with pytest.raises(InputError, match=r"q: 0.* is not allowed, expected more than 0"):
        param(kind, value)


@pytest.mark.parametrize("value", ["0:10:4", [0, 10, 4], {"start": 0, "stop": 10, "step": 4}])
def test_python_takes_every_way_to_write_a_range(value: object) -> None:
    assert list(values_of(V1HpRange(value=value))) == [0.0, 4.0, 8.0]


def test_python_hears_of_a_range_that_is_none() -> None:
    with pytest.raises(InputError, match="^" + re.escape("value: 2 parts, expected start:stop:step")):
        V1HpRange(value=[0, 1])
