"""What searches are tried on: two functions with several valleys, and real models of scikit-learn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from copy import deepcopy
from functools import cache
from math import isfinite, nan
from typing import Any, NamedTuple

from tests.tuners.spaces import PLANE, Params, branin, hartmann

__all__ = ["PROBLEMS", "TRAINED", "Problem", "Training"]

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
def _patients() -> tuple[Any, Any]:
    """Measures of people with diabetes, and how it went on."""
    from sklearn.datasets import load_diabetes

    measures, progress = load_diabetes(return_X_y=True)
    return measures * 20, (progress - progress.mean()) / progress.std()


def _error(model: Any) -> float:
    """The squared error of a model on the half that it has not seen, in parts of the variance."""
    measures, progress = _patients()
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


@cache
def _digits() -> tuple[Any, Any]:
    """Digits written by hand, 8 by 8 dots each, and which they are."""
    from sklearn.datasets import load_digits

    images, kinds = load_digits(return_X_y=True)
    return images / 16, kinds


TRAINED: Params = {
    "learning_rate_init": {"kind": "loguniform", "value": "-14:4"},
    "alpha": {"kind": "loguniform", "value": "-14:5"},
    "batch_size": {"kind": "choice", "value": [64, 256]},
    "hidden_layer_sizes": {"kind": "choice", "value": [8, 16, 32, 64]},
    "momentum": {"kind": "uniform", "value": "0:0.99"},
}
"""What a training is given."""


class Training:
    """A network while it is trained to read digits, epoch by epoch.

    Args:
        values: what it is trained with.
    """

    def __init__(self, values: Values) -> None:
        from sklearn.neural_network import MLPClassifier

        given = {name: values[name] for name in TRAINED}
        self._model = MLPClassifier(solver="sgd", random_state=0, **given)
        self.epochs = 0

    def copied(self) -> Training:
        """The same at this point: what a checkpoint is."""
        return deepcopy(self)

    def train(self, epochs: int) -> int:
        """Train until there are so many epochs; how many were added."""
        images, kinds = _digits()
        added = epochs - self.epochs
        with suppress(ValueError):  # it diverges
            for _ in range(added):
                self._model.partial_fit(images[::4], kinds[::4], classes=range(10))
        self.epochs = epochs
        return added

    @property
    def loss(self) -> float:
        """On digits that it has not seen."""
        from sklearn.metrics import log_loss

        images, kinds = _digits()
        guessed = self._model.predict_proba(images[1::2])
        return float(log_loss(kinds[1::2], guessed)) if isfinite(guessed.sum()) else nan
