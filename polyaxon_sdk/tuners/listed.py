"""Searches whose runs are known before the first: mapping, grid, random."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice

from polyaxon_sdk.polyflow import V1GridSearch, V1Mapping, V1RandomSearch
from polyaxon_sdk.tuners.grid import suggest_grid
from polyaxon_sdk.tuners.history import Values
from polyaxon_sdk.tuners.mapping import suggest_mapping
from polyaxon_sdk.tuners.randomly import suggest_randomly
from polyaxon_sdk.tuners.search import Suggestion
from polyaxon_sdk.tuners.spaces import number
from polyaxon_sdk.tuners.trials import key_of

__all__ = ["ListedSearch", "listed"]

Listing = V1Mapping | V1GridSearch | V1RandomSearch

_BATCH = 1_000
"""How many are suggested at once, so that a grid may have more combinations than memory holds."""


class ListedSearch:
    """The runs of a list, those that were not begun yet.

    Args:
        matrix: with its templates resolved.

    >>> from polyaxon_sdk.polyflow import V1HpChoice
    >>> search = ListedSearch(V1GridSearch(params={"rate": V1HpChoice(value=[0.1, 0.2])}))
    >>> [each.values for each in search.ask(9)]
    [{'rate': 0.1}, {'rate': 0.2}]
    """

    is_waiting = False

    def __init__(self, matrix: Listing) -> None:
        self._left: Iterator[Values] | None = None
        self._matrix = matrix
        self._begun: Counter[str] = Counter()
        self._count = 0

    def ask(self, room: int) -> list[Suggestion]:
        """The next ones; those that were begun before are passed over, wherever they stand now."""
        if self._left is None:
            self._left = self._fresh()
        found: list[Suggestion] = []
        while len(found) < max(room, _BATCH) and (values := next(self._left, None)) is not None:
            found.append(Suggestion(values=values))
        return found

    def begin(self, batch: Mapping[str, Suggestion]) -> None:
        """Take in what is started, of this search or of an earlier one of the same."""
        if self._left is None:
            self._begun.update(key_of(each.values) for each in batch.values())
            self._count += len(batch)

    def tell(self, key: str, result: float | None) -> None:
        """Nothing: its runs are known already."""

    def _fresh(self) -> Iterator[Values]:
        matrix = self._matrix
        # Without a seed the draws are others each time: how many are left is what is counted.
        left = int(number(matrix.num_runs)) - self._count if isinstance(matrix, V1RandomSearch) else None
        return islice(self._passing_over(), left if left is None else max(0, left))

    def _passing_over(self) -> Iterator[Values]:
        for values in listed(self._matrix):
            key = key_of(values)
            if self._begun[key] > 0:
                self._begun[key] -= 1
            else:
                yield values


def listed(matrix: Listing) -> Iterator[Values]:
    """The values of each run."""
    if isinstance(matrix, V1Mapping):
        return suggest_mapping(matrix)
    return suggest_grid(matrix) if isinstance(matrix, V1GridSearch) else suggest_randomly(matrix)
