"""What searches are tried on: two functions with several valleys, and real models of scikit-learn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

from tests.tuners.spaces import PLANE, Params, branin, hartmann

__all__ = ["PROBLEMS", "Problem", "patients"]

Values = Mapping[str, Any]


class Problem(NamedTuple):
    """Something to be made as small as it goes."""

    objective: Callable[[Values], float]
    params: Params


def _valley(values: Values) -> float:
    return branin(values["x"], values["y"])


def _cube(values: Values) -> float:
    return hartmann([values[f"x{at}"] for at in range(6)])


@cache
def patients() -> tuple[Any, Any]:
    """Measures of people with diabetes, and how it went on."""
    from sklearn.datasets import load_diabetes

    measures, progress = load_diabetes(return_X_y=True)
    return measures * 20, (progress - progress.mean()) / progress.std()


def _error(model: Any) -> float:
    """The squared error of a model on the half that it has not seen, in parts of the variance."""
    measures, progress = patients()
    guessed = model.fit(measures[:220], progress[:220]).predict(measures[220:])
    return float(((guessed - progress[220:]) ** 2).mean())


def _ridge(values: Values) -> float:
    from sklearn.kernel_ridge import KernelRidge

    return _error(KernelRidge(**values))


def _support(values: Values) -> float:
    from sklearn.svm import SVR

    return _error(SVR(**values))


def _logarithmic(*names: str) -> Params:
    """Params from a millionth to a thousand, even in the logarithm."""
    return {name: {"kind": "loguniform", "value": "-14:7"} for name in names}


PROBLEMS = {
    "Branin": Problem(_valley, PLANE),
    "Hartmann6": Problem(_cube, {f"x{at}": {"kind": "uniform", "value": "0:1"} for at in range(6)}),
    "kernel ridge": Problem(
        _ridge,
        {
            **_logarithmic("alpha", "gamma"),
            "kernel": {"kind": "choice", "value": ["rbf", "laplacian", "poly"]},
        },
    ),
    "support vectors": Problem(_support, _logarithmic("C", "gamma", "epsilon")),
}
"""Each by its name; those of models have log-scaled params."""
