"""What a search tries next, of whatever kind it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Protocol

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import (
    V1Asha,
    V1Bayes,
    V1GridSearch,
    V1Hyperband,
    V1Iterative,
    V1Mapping,
    V1Matrix,
    V1RandomSearch,
)
from polyaxon_sdk.tuners.bayes import BayesTuner
from polyaxon_sdk.tuners.history import History, Values
from polyaxon_sdk.tuners.hyperband import begin_bracket, promote
from polyaxon_sdk.tuners.listed import listed
from polyaxon_sdk.tuners.resolved import seed_of
from polyaxon_sdk.tuners.spaces import number
from polyaxon_sdk.tuners.tpe import TpeTuner
from polyaxon_sdk.tuners.trials import Trial

__all__ = ["MOST", "Tuner", "suggest"]

MOST = 10_000
"""How many suggestions one call makes."""


class Tuner(Protocol):
    """A search that learns from its runs."""

    def tell(self, trials: Iterable[Trial]) -> None:
        """Take in what came of suggestions, of this tuner or of an earlier one of the same search."""

    def ask(self, count: int) -> list[Values]:
        """Up to `count` suggestions, none of them tried before; fewer where the space is used up."""


def suggest(matrix: V1Matrix, trials: Sequence[Trial], *, iteration: int, rung: int = 0) -> list[Values]:
    """The suggestions of one iteration of a search; none after its last.

    Args:
        matrix: with its templates resolved.
        trials: the runs so far; within a bracket of hyperband those of the rung before.
        iteration: the first is 0. Of bayes that is all random runs, then each is one run; of tpe each is
            `numRuns` runs; of hyperband each is a bracket; an iterative search draws one at random.
        rung: of hyperband, the step within the bracket.

    Raises:
        InputError: the matrix is not resolved yet.
        MissingExtraError: the library of the search is not installed.

    >>> from polyaxon_sdk.polyflow import V1HpChoice
    >>> grid = V1GridSearch(params={"rate": V1HpChoice(value=[0.1, 0.2])})
    >>> suggest(grid, [], iteration=0), suggest(grid, [], iteration=1)
    ([{'rate': 0.1}, {'rate': 0.2}], [])
    """
    if isinstance(matrix, V1Asha):
        raise InputError(
            "asha has no rounds", path="matrix.kind", expected="hyperband, tpe, bayes or iterative"
        )
    if isinstance(matrix, V1Hyperband):
        if rung == 0:
            return begin_bracket(matrix, iteration, trials)
        return promote(matrix, trials, bracket=iteration, rung=rung)
    if isinstance(matrix, V1Iterative):
        return _drawn(matrix, trials) if iteration < int(number(matrix.max_iterations)) else []
    if isinstance(matrix, (V1Mapping, V1GridSearch, V1RandomSearch)):
        return list(islice(listed(matrix), MOST)) if iteration == 0 else []
    if isinstance(matrix, V1Bayes):
        last = int(number(matrix.max_iterations))
        count = int(number(matrix.num_initial_runs)) if iteration == 0 else 1
        return _asked(BayesTuner(matrix), trials, count) if iteration <= last else []
    last = 1 if matrix.max_iterations is None else int(number(matrix.max_iterations))
    count = 0 if matrix.num_runs is None else int(number(matrix.num_runs))
    return _asked(TpeTuner(matrix), trials, count) if iteration < last else []


def _asked(tuner: Tuner, trials: Sequence[Trial], count: int) -> list[Values]:
    tuner.tell(trials)
    return tuner.ask(min(count, MOST))


def _drawn(matrix: V1Iterative, trials: Sequence[Trial]) -> list[Values]:
    if matrix.params is None or isinstance(matrix.params, str):
        raise InputError("nothing to draw from", path="matrix.params", expected="params and their values")
    history = History(matrix.params, seed=seed_of(matrix))
    for trial in trials:
        history.add(trial)
    new = history.new()
    return [] if new is None else [new]
