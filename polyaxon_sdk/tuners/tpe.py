"""Suggestions of a tpe search, by optuna: each draw is likelier among good runs than among bad ones."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from typing import TYPE_CHECKING

from polyaxon_sdk.polyflow import V1TPE
from polyaxon_sdk.tuners.extras import requires
from polyaxon_sdk.tuners.history import History, Values
from polyaxon_sdk.tuners.lines import Drawn, Listed
from polyaxon_sdk.tuners.resolved import resolved, seed_of
from polyaxon_sdk.tuners.spaces import number
from polyaxon_sdk.tuners.trials import Trial

if TYPE_CHECKING:
    from optuna import Study
    from optuna.distributions import BaseDistribution

__all__ = ["TpeTuner", "total_of"]

_STARTUP = 10
"""How many results the model waits for; until then draws are random."""


class TpeTuner:
    """Tree-structured Parzen estimators over the results so far (semantics 1.15).

    Args:
        matrix: with its templates resolved.

    Raises:
        MissingExtraError: optuna is not installed.
        InputError: the matrix is not resolved yet.

    >>> from polyaxon_sdk.polyflow import V1HpUniform, V1OptimizationMetric
    >>> loss = V1OptimizationMetric(name="loss", optimization="minimize")
    >>> tuner = TpeTuner(V1TPE(params={"x": V1HpUniform(value="0:1")}, num_runs=1, metric=loss, seed=1))
    >>> [suggestion] = tuner.ask(1)
    >>> tuner.tell([Trial(values=suggestion, result=0.3)])
    """

    def __init__(self, matrix: V1TPE) -> None:
        with requires("optuna"):
            import optuna  # half a second, for those who search with it

        optuna.logging.set_verbosity(optuna.logging.WARNING)
        self._history = History(resolved(matrix.params), seed=seed_of(matrix))
        self._sign = -1.0 if matrix.metric.optimization == "maximize" else 1.0
        self._distributions = {name: _distribution(line) for name, line in self._history.lines.items()}

    def tell(self, trials: Iterable[Trial]) -> None:
        """Take in what came of suggestions, of this tuner or of an earlier one of the same search."""
        for trial in trials:
            self._history.add(trial)

    def ask(self, count: int) -> list[Values]:
        """Up to `count` suggestions, none of them tried before; fewer where the space is used up."""
        study = self._study() if len(self._history.places) >= _STARTUP else None
        found: list[Values] = []
        for _ in range(count):
            new = self._history.new(None if study is None else lambda: self._proposed(study))
            if new is None:
                break
            found.append(new)
        return found

    def _study(self) -> Study:
        import optuna  # there, as __init__ found

        with warnings.catch_warnings():
            # optuna calls these options experimental at each use.
            warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)
            sampler = optuna.samplers.TPESampler(
                n_startup_trials=1,
                multivariate=True,
                constant_liar=True,
                seed=self._history.source().randrange(2**32),
            )
        study = optuna.create_study(sampler=sampler, direction="minimize")
        for places, result in self._history.places:
            values = {name: _internal(line, places[name]) for name, line in self._history.lines.items()}
            study.add_trial(
                optuna.trial.create_trial(
                    params=values, distributions=self._distributions, value=self._sign * result
                )
            )
        return study

    def _proposed(self, study: Study) -> Values:
        drawn = study.ask(self._distributions).params
        lines = self._history.lines
        return self._history.at({name: _place(lines[name], drawn[name]) for name in lines})


def total_of(matrix: V1TPE) -> int:
    """How many runs a search has in all its rounds.

    >>> from polyaxon_sdk.polyflow import V1OptimizationMetric
    >>> loss = V1OptimizationMetric(name="loss", optimization="minimize")
    >>> total_of(V1TPE(params={}, num_runs=2, max_iterations=3, metric=loss))
    6
    """
    rounds = 1 if matrix.max_iterations is None else int(number(matrix.max_iterations))
    return rounds * (0 if matrix.num_runs is None else int(number(matrix.num_runs)))


def _distribution(line: Listed | Drawn) -> BaseDistribution:
    from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution  # as above

    if isinstance(line, Drawn):
        return FloatDistribution(0.0, 1.0)
    if line.is_ordered:
        return IntDistribution(0, len(line.values) - 1)
    return CategoricalDistribution(range(len(line.values)))


def _internal(line: Listed | Drawn, place: float) -> float:
    return place if isinstance(line, Drawn) else line.index(place)


def _place(line: Listed | Drawn, internal: float) -> float:
    return internal if isinstance(line, Drawn) else (internal + 0.5) / len(line.values)
