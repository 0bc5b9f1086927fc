"""Searches that go on in rounds: hyperband, tpe, iterative; whoever makes the suggestions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from attrs import evolve

from polyaxon_sdk.polyflow import V1TPE, V1Bayes, V1Hyperband, V1Iterative
from polyaxon_sdk.tuners.brackets import brackets_of
from polyaxon_sdk.tuners.resolved import resolved
from polyaxon_sdk.tuners.search import Ledger, Suggestion
from polyaxon_sdk.tuners.spaces import number
from polyaxon_sdk.tuners.suggesting import suggest
from polyaxon_sdk.tuners.tpe import TpeTuner, total_of
from polyaxon_sdk.tuners.trials import Trial, key_of

__all__ = ["Due", "Rounds", "RoundsSearch", "Turning"]

Turning = V1Hyperband | V1TPE | V1Iterative | V1Bayes


class Due(NamedTuple):
    """The round that comes next.

    Attributes:
        iteration: the first is 0.
        rung: of hyperband, the step within the bracket.
        keys: the runs that it goes by: all so far, of a rung those of the one before.
        trials: the same, with what came of them.
    """

    iteration: int
    rung: int
    keys: Sequence[str]
    trials: Sequence[Trial]


class Rounds:
    """Which round of a search comes next, and how its runs follow from those before.

    Args:
        matrix: with its templates resolved.

    >>> rounds = Rounds(V1Iterative(max_iterations=1))
    >>> rounds.due()
    Due(iteration=0, rung=0, keys=[], trials=[])
    >>> rounds.begin({"0": Suggestion(values={"rate": 0.1})})
    >>> rounds.is_waiting, rounds.due()
    (True, None)
    """

    def __init__(self, matrix: Turning) -> None:
        self._matrix = matrix
        self._ledger = Ledger()
        self._last: list[str] = []
        self._iteration, self._rung = 0, 0
        self._is_over = False

    @property
    def is_waiting(self) -> bool:
        """Whether runs of the last round go on."""
        return bool(self._ledger.pending)

    def due(self) -> Due | None:
        """The next round; None where the last one goes on, or was the last of all."""
        if self.is_waiting or self._is_over or self._iteration >= self._most():
            return None
        keys = self._last if self._rung else list(self._ledger.begun)
        return Due(self._iteration, self._rung, keys, [self._ledger.trial(key) for key in keys])

    def trials(self) -> list[Trial]:
        """All runs so far."""
        return self._ledger.trials()

    def taken(self, due: Due, values: Sequence[Mapping[str, object]]) -> list[Suggestion]:
        """The suggestions of a round, each with the run that it is promoted from; without any it was the last."""
        if not values and self._rung:
            self._iteration, self._rung = self._iteration + 1, 0
        elif not values:
            self._is_over = True
        parents = {self._key(self._ledger.begun[key].values): key for key in due.keys} if due.rung else {}
        return [Suggestion(values=each, parent=parents.get(self._key(each))) for each in values]

    def begin(self, batch: Mapping[str, Suggestion]) -> None:
        """Take in what is started: a round."""
        self._ledger.begin(batch)
        self._last = list(batch)
        if not isinstance(self._matrix, V1Hyperband):
            self._iteration += 1
        elif any(each.parent is not None for each in batch.values()):
            self._rung += 1
        else:
            self._iteration, self._rung = self._iteration + (self._rung > 0), 1

    def tell(self, key: str, result: float | None) -> None:
        """Take in how a run ended."""
        self._ledger.tell(key, result)

    def _most(self) -> int:
        matrix = self._matrix
        if isinstance(matrix, V1Hyperband):
            return len(brackets_of(matrix))
        most = 1 if matrix.max_iterations is None else int(number(matrix.max_iterations))
        return most + isinstance(matrix, V1Bayes)  # its random runs come before

    def _key(self, values: Mapping[str, object]) -> str:
        """What tells a configuration, whatever it may spend."""
        resource = self._matrix.resource if isinstance(self._matrix, V1Hyperband) else None
        spent = None if resource is None else resource.name
        return key_of({name: value for name, value in values.items() if name != spent})


class RoundsSearch:
    """A search in rounds, whose suggestions are made here.

    Args:
        matrix: with its templates resolved.

    Attributes:
        width: so many runs a round of tpe has at least, where that was changed while it goes on.

    >>> from polyaxon_sdk.polyflow import V1HpChoice
    >>> search = RoundsSearch(V1Iterative(max_iterations=1, params={"rate": V1HpChoice(value=[0.1])}))
    >>> [each.values for each in search.ask(4)]
    [{'rate': 0.1}]
    """

    def __init__(self, matrix: V1Hyperband | V1TPE | V1Iterative) -> None:
        resolved(matrix.params)  # told before the first round is asked for
        self._matrix = matrix
        self._rounds = Rounds(matrix)
        self.width = 0

    @property
    def is_waiting(self) -> bool:
        """Whether runs of the last round go on."""
        return self._rounds.is_waiting

    def ask(self, room: int) -> list[Suggestion]:  # noqa: ARG002  # a round is a round
        """The next round."""
        while (due := self._rounds.due()) is not None:
            matrix = self._widened(len(due.trials))
            if matrix is None:
                break
            values = suggest(matrix, due.trials, iteration=due.iteration, rung=due.rung)
            if found := self._rounds.taken(due, values):
                return found
        return self._missing()

    def _widened(self, begun: int) -> V1Hyperband | V1TPE | V1Iterative | None:
        """The matrix with rounds as wide as is wished, up to its total; None where it has come to that."""
        if not isinstance(self._matrix, V1TPE):
            return self._matrix
        left = total_of(self._matrix) - begun
        count = 0 if self._matrix.num_runs is None else int(number(self._matrix.num_runs))
        return evolve(self._matrix, num_runs=min(max(count, self.width), left)) if left > 0 else None

    def _missing(self) -> list[Suggestion]:
        """What a tpe search lacks of its total: some of another space were left out, or its rounds have grown."""
        if not isinstance(self._matrix, V1TPE) or self.is_waiting:
            return []
        trials = self._rounds.trials()
        missing = total_of(self._matrix) - len(trials)
        if missing <= 0:
            return []
        tuner = TpeTuner(self._matrix)
        tuner.tell(trials)
        return [Suggestion(values=values) for values in tuner.ask(missing)]

    def begin(self, batch: Mapping[str, Suggestion]) -> None:
        """Take in what is started: a round."""
        self._rounds.begin(batch)

    def tell(self, key: str, result: float | None) -> None:
        """Take in how a run ended."""
        self._rounds.tell(key, result)
