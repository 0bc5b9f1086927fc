"""Spaces to search, as a file has them."""

from __future__ import annotations

import math
from typing import Any

from polyaxon_sdk.polyflow import V1TPE, HyperParam, V1Bayes, V1Operation, V1RandomSearch, read
from polyaxon_sdk.tuners.bayes import BayesTuner
from polyaxon_sdk.tuners.suggesting import Tuner
from polyaxon_sdk.tuners.tpe import TpeTuner
from polyaxon_sdk.tuners.trials import Trial

Params = dict[str, Any]

PLANE: Params = {"x": {"kind": "uniform", "value": "-5:10"}, "y": {"kind": "uniform", "value": "0:15"}}
LOSS = {"name": "loss", "optimization": "minimize"}
QUICK = {"numWarmup": 300, "numIterations": 2, "kappa": 2.576, "eps": 0.01}


def matrix_of(**fields: Any) -> Any:
    """The matrix that a file with these fields has."""
    return read(V1Operation, {"matrix": fields}).matrix


def param_of(kind: str, value: object) -> HyperParam:
    """The values of one param."""
    matrix = matrix_of(kind="random", numRuns=1, params={"p": {"kind": kind, "value": value}})
    assert isinstance(matrix, V1RandomSearch)
    assert isinstance(matrix.params, dict)
    return matrix.params["p"]


def tpe(params: Params, *, seed: int | None = 1, metric: dict[str, str] = LOSS) -> TpeTuner:
    """A tpe search."""
    matrix = matrix_of(kind="tpe", numRuns=1, params=params, metric=metric, seed=seed)
    assert isinstance(matrix, V1TPE)
    return TpeTuner(matrix)


def bayes(
    params: Params, *, seed: int | None = 1, metric: dict[str, str] = LOSS, **utility: object
) -> BayesTuner:
    """A Bayesian search with ten random runs, which doesn't think long."""
    fields = {"numInitialRuns": 10, "maxIterations": 99, "utilityFunction": {**QUICK, **utility}}
    matrix = matrix_of(kind="bayes", params=params, metric=metric, seed=seed, **fields)
    assert isinstance(matrix, V1Bayes)
    return BayesTuner(matrix)


def branin(x: float, y: float) -> float:
    """A function of two numbers with three valleys, all as deep: 0.398."""
    slope = y - 5.1 / (4 * math.pi**2) * x * x + 5 / math.pi * x - 6
    return slope**2 + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x) + 10


_PEAKS = (1.0, 1.2, 3.0, 3.2)
_WIDTHS = (
    (10, 3, 17, 3.5, 1.7, 8),
    (0.05, 10, 17, 0.1, 8, 14),
    (3, 3.5, 1.7, 10, 17, 8),
    (17, 8, 0.05, 10, 0.1, 14),
)
_PLACES = (
    (0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886),
    (0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991),
    (0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650),
    (0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381),
)


def hartmann(point: list[float]) -> float:
    """A function of six numbers from 0 to 1 with several valleys, the deepest -3.32."""
    found = 0.0
    for peak, widths, places in zip(_PEAKS, _WIDTHS, _PLACES, strict=True):
        far = sum(w * (x - at) ** 2 for w, x, at in zip(widths, point, places, strict=True))
        found -= peak * math.exp(-far)
    return found


def told(tuner: Tuner, count: int, *, result: Any) -> list[dict[str, Any]]:
    """Go through so many runs, and give the values of each; `result` says what comes of some values."""
    tried: list[dict[str, Any]] = []
    while len(tried) < count:
        [values] = tuner.ask(1)
        tuner.tell([Trial(values=values, result=result(values))])
        tried.append(values)
    return tried
