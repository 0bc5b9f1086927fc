"""A Bayesian search that goes on without rounds: whenever there is room it suggests, whatever else goes on."""

from __future__ import annotations

from collections.abc import Mapping

from polyaxon_sdk.polyflow import V1Bayes
from polyaxon_sdk.tuners.bayes import BayesTuner
from polyaxon_sdk.tuners.search import Ledger, Suggestion
from polyaxon_sdk.tuners.spaces import number

__all__ = ["GrowingSearch"]


class GrowingSearch:
    """The random runs first, all at once; then as many at a time as there is room for.

    A run that goes on counts as what the model expects of it, so that several at once are apart.

    Args:
        matrix: with its templates resolved.
    """

    def __init__(self, matrix: V1Bayes) -> None:
        self._matrix = matrix
        self._ledger = Ledger()
        self._first = int(number(matrix.num_initial_runs))
        self._total = self._first + int(number(matrix.max_iterations))

    @property
    def is_waiting(self) -> bool:
        """Whether random runs go on, without which there is no model."""
        return any(key in self._ledger.pending for key in list(self._ledger.begun)[: self._first])

    def ask(self, room: int) -> list[Suggestion]:
        """The random runs; later at most as many as there is room for."""
        begun = len(self._ledger.begun)
        count = self._first - begun if begun < self._first else min(room, self._total - begun)
        if count <= 0 or self.is_waiting:
            return []
        tuner = BayesTuner(self._matrix)
        tuner.tell(self._ledger.trials())
        return [Suggestion(values=values) for values in tuner.ask(count)]

    def begin(self, batch: Mapping[str, Suggestion]) -> None:
        """Take in what is started."""
        self._ledger.begin(batch)

    def tell(self, key: str, result: float | None) -> None:
        """Take in how a run ended."""
        self._ledger.tell(key, result)
