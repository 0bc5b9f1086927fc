"""Searches that learn find more than chance does."""

from __future__ import annotations

from statistics import median
from typing import Any

import pytest

from polyaxon_sdk.tuners import suggest_randomly
from tests.tuners.spaces import PLANE, bayes, branin, matrix_of, told, tpe

SEEDS = range(5)


def depth(values: Any) -> float:
    return branin(**values)


def best(tuner: Any, count: int) -> float:
    return min(map(depth, told(tuner, count, result=depth)))


def by_chance(count: int) -> float:
    """What the same number of random runs find, as it comes out for most seeds."""
    searches = (matrix_of(kind="random", numRuns=count, params=PLANE, seed=seed) for seed in range(25))
    return median(min(map(depth, suggest_randomly(search))) for search in searches)


@pytest.mark.fit
@pytest.mark.parametrize(("search", "count"), [(tpe, 40), (bayes, 25)])
def test_a_search_finds_a_deeper_valley_than_chance(search: Any, count: int) -> None:
    found = median(best(search(PLANE, seed=seed), count) for seed in SEEDS)
    assert found - 0.398 < 0.7 * (by_chance(count) - 0.398)
