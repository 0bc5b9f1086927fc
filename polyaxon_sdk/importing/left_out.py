"""What is not carried, how often, and why."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

__all__ = ["LeftOut", "Omission"]


class Omission(NamedTuple):
    """What a source has and the home does not take.

    Attributes:
        what: what a person calls it.
        why: the reason.
        number: how many there are.
    """

    what: str
    why: str
    number: int


class LeftOut:
    """Counts what is not carried.

    >>> left_out = LeftOut()
    >>> left_out.add("graph", "there is no such kind of event", 2)
    >>> left_out.omissions
    [Omission(what='graph', why='there is no such kind of event', number=2)]
    """

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()

    def add(self, what: str, why: str, number: int = 1) -> None:
        """Count something that is not carried."""
        self._counts[what, why] += number

    @property
    def omissions(self) -> list[Omission]:
        """All of it, in the order in which it was met."""
        return [Omission(what, why, number) for (what, why), number in self._counts.items()]
