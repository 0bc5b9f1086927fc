"""Lists as public Polyaxon's answers hold them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

__all__ = ["Answers"]

T = TypeVar("T")


class Answers(list[T]):
    """A list that is its own `results`.

    Attributes:
        damaged: a line for each file that tells nothing which could be among them.

    >>> Answers(["a", "b"]).results
    ['a', 'b']
    """

    def __init__(self, found: Iterable[T] = (), *, damaged: Iterable[str] = ()) -> None:
        super().__init__(found)
        self.damaged = list(damaged)

    @property
    def results(self) -> list[T]:
        """What was asked for."""
        return self
