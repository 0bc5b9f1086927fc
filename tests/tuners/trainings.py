"""Models of scikit-learn that are given more step by step: what searches that promote are tried on.

The most that one run is given is what scikit-learn gives where nobody says (200 epochs, 100 trees, all images), as a
power of three nearby. The spaces are those of people who know little of a model: rates and penalties even in the
logarithm over three to seven decades, of which much learns nothing or diverges, beside sizes and shares. They differ
in what hyperband lives on, that who leads early leads in the end: networks do by and large; with boosted trees a large
rate leads early and falls behind; and a dozen images tell little of support vectors, of whose two params chance finds
the best there is within some runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from copy import deepcopy
from functools import cache
from math import isfinite, log, nan
from typing import Any, NamedTuple
from warnings import catch_warnings, simplefilter

from tests.tuners.problems import patients
from tests.tuners.spaces import Params

__all__ = ["LEARNERS", "Learner", "Training"]

Values = Mapping[str, Any]


class Learner(NamedTuple):
    """A kind of model and how it is searched.

    Attributes:
        params: what a training is given.
        most: how many steps one has at most.
        begin: makes the model of some params, before its first step.
        teach: gives a model its steps: how many there are to be then, and how many of them are new; how many it took.
        loss: of a model, on what it has not seen.
    """

    params: Params
    most: int
    begin: Callable[..., Any]
    teach: Callable[[Any, int, int], int]
    loss: Callable[[Any], float]


class Training:
    """A model while it is trained.

    Args:
        learner: of what kind it is.
        values: what it is trained with.
    """

    def __init__(self, learner: Learner, values: Values) -> None:
        self._learner = learner
        self._model = learner.begin(**{name: values[name] for name in learner.params})
        self._steps = 0

    def copied(self) -> Training:
        """The same at this point: what a checkpoint is."""
        return deepcopy(self)

    def train(self, steps: int) -> int:
        """Train until there are so many steps, and give how many that took."""
        taken = self._learner.teach(self._model, steps, steps - self._steps)
        self._steps = steps
        return taken

    @property
    def loss(self) -> float:
        """On what it has not seen; none that is a number where it diverged."""
        return self._learner.loss(self._model)


def _decades(least: float, most: float) -> dict[str, object]:
    return {"kind": "loguniform", "value": [log(least), log(most)]}


def _one_of(*values: object) -> dict[str, object]:
    return {"kind": "choice", "value": list(values)}


def _between(least: float, most: float) -> dict[str, object]:
    return {"kind": "uniform", "value": [least, most]}


@cache
def _digits() -> tuple[Any, Any]:
    """Digits written by hand, 8 by 8 dots each, and which they are."""
    from sklearn.datasets import load_digits

    images, kinds = load_digits(return_X_y=True)
    return images / 16, kinds


def _network(**values: Any) -> Any:
    """It stops by itself never, so that each epoch counts."""
    from sklearn.neural_network import MLPClassifier

    given = {"random_state": 0, "warm_start": True, "tol": 0, "n_iter_no_change": 10**6}
    return MLPClassifier(solver="sgd", **given, **values)


def _add_epochs(model: Any, steps: int, added: int) -> int:  # what it has it keeps
    images, kinds = _digits()
    with suppress(ValueError), catch_warnings():  # it diverges, or has not converged
        simplefilter("ignore")
        model.set_params(max_iter=added).fit(images[::4], kinds[::4])
    return added


def _surprise(model: Any) -> float:
    from sklearn.metrics import log_loss

    images, kinds = _digits()
    guessed = model.predict_proba(images[1::2])
    return float(log_loss(kinds[1::2], guessed)) if isfinite(guessed.sum()) else nan


def _trees(**values: Any) -> Any:
    from sklearn.ensemble import GradientBoostingRegressor

    return GradientBoostingRegressor(random_state=0, warm_start=True, **values)


def _add_trees(model: Any, steps: int, added: int) -> int:
    measures, progress = patients()
    model.set_params(n_estimators=steps).fit(measures[::2], progress[::2])
    return added


def _squared(model: Any) -> float:
    measures, progress = patients()
    return float(((model.predict(measures[1::2]) - progress[1::2]) ** 2).mean())


def _support(**values: Any) -> Any:
    from sklearn.svm import SVC

    return SVC(**values)


def _add_images(model: Any, steps: int, added: int) -> int:  # it begins anew each time
    images, kinds = _digits()
    model.fit(images[: 11 * steps], kinds[: 11 * steps])
    return steps


def _mistaken(model: Any) -> float:
    images, kinds = _digits()
    return float((model.predict(images[900:]) != kinds[900:]).mean())


LEARNERS = {
    "network": Learner(
        {
            "learning_rate_init": _decades(1e-5, 1),
            "alpha": _decades(1e-6, 1),
            "batch_size": _one_of(64, 128, 256),
            "hidden_layer_sizes": _one_of(16, 32, 64),
            "momentum": _between(0, 0.99),
        },
        243,
        _network,
        _add_epochs,
        _surprise,
    ),
    "boosted trees": Learner(
        {
            "learning_rate": _decades(1e-3, 1),
            "max_depth": _one_of(1, 2, 3, 4, 5, 6),
            "subsample": _between(0.3, 1),
            "max_features": _between(0.05, 1),
            "min_samples_leaf": _one_of(1, 2, 4, 8, 16, 32),
        },
        81,
        _trees,
        _add_trees,
        _squared,
    ),
    "support vectors": Learner(
        {"C": _decades(1e-3, 1e4), "gamma": _decades(1e-5, 10)}, 81, _support, _add_images, _mistaken
    ),
}
"""Each by its name."""
