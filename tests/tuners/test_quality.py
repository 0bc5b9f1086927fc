"""Searches that learn find what chance does not, and hyperband what chance does for a third of its resource."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from functools import cache
from statistics import median, quantiles
from typing import Any

import pytest

from polyaxon_sdk.tuners.starting import search_of
from tests.tuners.carrying import at_once, carried_out
from tests.tuners.halving import best_within, by_chance, promoted
from tests.tuners.problems import PROBLEMS
from tests.tuners.spaces import LOSS, PLANE, branin, matrix_of
from tests.tuners.trainings import LEARNERS, Learner

pytestmark = pytest.mark.fit

IS_FULL = "POLYAXON_TEST_TRIALS" in os.environ
SEEDS = range(20 if IS_FULL else 3)
BY_CHANCE = range(100, 120)
COUNT, WIDTH = 30, 3
MOST = 81
RANDOM = {"kind": "random", "numRuns": COUNT}
TPE = {"kind": "tpe", "numRuns": 1, "maxIterations": COUNT, "metric": LOSS}
BAYES = {"kind": "bayes", "numInitialRuns": 10, "maxIterations": COUNT - 10, "metric": LOSS}
Fields = dict[str, Any]


def with_acquisition(kind: str) -> Fields:
    return {**BAYES, "utilityFunction": {"acquisitionFunction": kind, "eps": 0.01}}


def best_of(name: str, fields: Fields, seed: int, width: int = 1) -> float:
    """The best that a search finds."""
    problem = PROBLEMS[name]
    search = search_of(matrix_of(params=problem.params, seed=seed, **fields))
    return min(at_once(search, width, problem.objective, seed=seed))


@cache
def quarters(name: str) -> list[float]:
    """What the luckiest quarter of random searches find at least, then half of them, then three quarters."""
    return quantiles(best_of(name, RANDOM, seed) for seed in BY_CHANCE)


def bar(name: str) -> float:
    """What is to be undercut: where three seeds stand for twenty, what chance finds only with luck."""
    return quarters(name)[1 if IS_FULL else 0]


def middle(name: str, fields: Fields, width: int = 1) -> float:
    """The median of what a search finds."""
    return median(best_of(name, fields, seed, width) for seed in SEEDS)


CASES = [
    pytest.param("Branin", TPE, 1, id="tpe, Branin"),
    pytest.param("Hartmann6", TPE, 1, id="tpe, Hartmann6"),
    pytest.param("Branin", BAYES, 1, id="ucb, Branin"),
    pytest.param("Branin", with_acquisition("ei"), WIDTH, id="ei, Branin, three at once"),
    pytest.param("support vectors", with_acquisition("ei"), 1, id="ei, support vectors"),
]
SLOW = [
    pytest.param("Hartmann6", BAYES, WIDTH, id="ucb, Hartmann6, three at once"),
    pytest.param("Hartmann6", with_acquisition("ei"), 1, id="ei, Hartmann6"),
    pytest.param("Branin", with_acquisition("poi"), 1, id="poi, Branin"),
    pytest.param("support vectors", BAYES, WIDTH, id="ucb, support vectors, three at once"),
]


@pytest.mark.parametrize(("name", "fields", "width"), [*CASES, *(SLOW if IS_FULL else [])])
def test_a_search_that_learns_finds_what_chance_does_not(
    name: str, fields: Fields, width: int, record_property: Callable[[str, object], None]
) -> None:
    found = middle(name, fields, width)
    record_property("found, and by chance", (found, bar(name)))
    assert found < bar(name)


@pytest.mark.parametrize("name", ["Branin", "Hartmann6", *(["support vectors"] if IS_FULL else [])])
def test_chance_does_not(name: str) -> None:
    assert median(best_of(name, RANDOM, seed) for seed in range(20)) > quarters(name)[0]


def curve(values: Any) -> float:
    """A loss that comes down to a valley's depth, the sooner the more epochs there are."""
    return branin(values["x"], values["y"]) + 200 * math.exp(-values.get("epochs", MOST) / 6)


def test_hyperband_finds_as_much_as_chance_for_a_third() -> None:
    found, by_chance = zip(*(halved_and_drawn(seed) for seed in range(20)), strict=True)
    assert median(found) <= median(by_chance)


def halved_and_drawn(seed: int) -> tuple[float, float]:
    """The best of hyperband with all that one run may spend, and of chance for three times as much in all."""
    epochs = {"name": "epochs", "type": "int"}
    fields = {"maxIterations": MOST, "resource": epochs, "metric": LOSS, "seed": seed}
    search = search_of(matrix_of(kind="hyperband", params=PLANE, **fields))
    runs = [each.values for batch in carried_out(search, 1, curve) for each in batch.values()]
    spent = sum(int(str(values["epochs"])) for values in runs)
    found = min(curve(values) for values in runs if values["epochs"] == MOST)
    return found, best_of("Branin", {**RANDOM, "numRuns": 3 * spent // MOST}, seed)


NETWORK = LEARNERS["network"]
PROMOTED = [
    pytest.param(NETWORK._replace(most=81), 1, id="network of 81 epochs, as much"),
    *([pytest.param(NETWORK, 3, id="network, a third")] if IS_FULL else []),
    *([pytest.param(LEARNERS["boosted trees"], 1, id="boosted trees, as much")] if IS_FULL else []),
]


@pytest.mark.timeout(3600)  # at full count some thousand networks are trained
@pytest.mark.parametrize(("learner", "times"), PROMOTED)
def test_hyperband_finds_as_much_as_chance_that_trains_longer(
    learner: Learner, times: int, record_property: Callable[[str, object], None]
) -> None:
    found, drawn = zip(*(trained(learner, times, seed) for seed in SEEDS), strict=True)
    record_property("found, and by chance", (median(found), median(drawn)))
    assert median(found) <= median(drawn)


def trained(learner: Learner, times: int, seed: int) -> tuple[float, float]:
    """The best of hyperband for a third of what all runs of a random search spend, and of chance for so much more."""
    third = COUNT * learner.most / 3
    found = best_within(promoted(learner, {"kind": "hyperband"}, seed=seed, steps=third), third)
    return found, best_within(by_chance(learner, COUNT * times // 3, seed=seed), times * third)
