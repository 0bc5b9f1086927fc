"""Searches that learn find more than chance does, and hyperband what chance does for a third of its resource."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from functools import cache
from statistics import median
from typing import Any

import pytest

from polyaxon_sdk.tuners.starting import search_of
from tests.tuners.carrying import carried_out, results
from tests.tuners.spaces import LOSS, PLANE, Params, branin, hartmann, matrix_of

pytestmark = pytest.mark.fit

TRIALS = int(os.environ.get("POLYAXON_TEST_TRIALS", "1"))
SEEDS = range(20 if TRIALS > 1 else 3)
COUNT = 30
HYPERCUBE = {f"x{at}": {"kind": "uniform", "value": "0:1"} for at in range(6)}
MODEL = {
    "alpha": {"kind": "loguniform", "value": "-14:7"},
    "gamma": {"kind": "loguniform", "value": "-14:7"},
    "kernel": {"kind": "choice", "value": ["rbf", "laplacian", "poly"]},
}
MOST = 81
THINK = {"numWarmup": 500, "numIterations": 2, "kappa": 2.576}
Objective = Callable[[Any], float]


def valley(values: Any) -> float:
    return branin(**values)


def cube(values: Any) -> float:
    return hartmann([values[f"x{at}"] for at in range(6)])


@cache
def patients() -> tuple[Any, Any]:
    """Measures of people with diabetes, and how it went on."""
    from sklearn.datasets import load_diabetes

    measures, progress = load_diabetes(return_X_y=True)
    return measures * 20, (progress - progress.mean()) / progress.std()


def regression(values: Any) -> float:
    """The squared error of a kernel regression."""
    from sklearn.kernel_ridge import KernelRidge

    measures, progress = patients()
    model = KernelRidge(alpha=values["alpha"], gamma=values["gamma"], kernel=values["kernel"])
    guessed = model.fit(measures[:220], progress[:220]).predict(measures[220:])
    return float(((guessed - progress[220:]) ** 2).mean())


def curve(values: Any) -> float:
    """A loss that comes down to a valley's depth, the sooner the more epochs there are."""
    return branin(values["x"], values["y"]) + 200 * math.exp(-values.get("epochs", MOST) / 6)


def best_of(objective: Objective, params: Params, count: int, kind: str, seed: int) -> float:
    fields: dict[str, dict[str, Any]] = {
        "random": {"numRuns": count},
        "tpe": {"numRuns": 1, "maxIterations": count, "metric": LOSS},
        "bayes": {
            "numInitialRuns": 10,
            "maxIterations": count - 10,
            "metric": LOSS,
            "utilityFunction": THINK,
        },
    }
    return min(results(search_of(matrix_of(kind=kind, params=params, seed=seed, **fields[kind])), objective))


def middle(objective: Objective, params: Params, kind: str) -> float:
    """The median of what a search finds best."""
    return median(best_of(objective, params, COUNT, kind, seed) for seed in SEEDS)


CASES = [
    ("tpe", valley, PLANE),
    ("tpe", cube, HYPERCUBE),
    ("tpe", regression, MODEL),
    ("bayes", valley, PLANE),
]
SLOW = [("bayes", cube, HYPERCUBE), ("bayes", regression, MODEL)]


@pytest.mark.parametrize(("kind", "objective", "params"), [*CASES, *(SLOW if TRIALS > 1 else [])])
def test_a_search_that_learns_finds_more_than_chance(
    objective: Objective, params: Params, kind: str, record_property: Callable[[str, object], None]
) -> None:
    found, by_chance = (middle(objective, params, each) for each in (kind, "random"))
    record_property("medians", (found, by_chance))
    assert found < by_chance


def test_hyperband_finds_as_much_as_chance_for_a_third() -> None:
    found, by_chance = zip(*(halved_and_drawn(curve, PLANE, seed) for seed in range(20)), strict=True)
    assert median(found) <= median(by_chance)


def halved_and_drawn(objective: Objective, params: Params, seed: int) -> tuple[float, float]:
    """The best of hyperband with all that one run may spend, and of chance for three times as much in all."""
    epochs = {"name": "epochs", "type": "int"}
    matrix = matrix_of(
        kind="hyperband", params=params, maxIterations=MOST, resource=epochs, metric=LOSS, seed=seed
    )
    runs = [each.values for batch in carried_out(search_of(matrix), 1, objective) for each in batch.values()]
    spent = sum(int(str(values["epochs"])) for values in runs)
    found = min(objective(values) for values in runs if values["epochs"] == MOST)
    return found, best_of(objective, params, 3 * spent // MOST, "random", seed)
