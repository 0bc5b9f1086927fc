"""Lists as public Polyaxon's answers hold them."""

from __future__ import annotations

from typing import TypeVar

__all__ = ["Answers"]

T = TypeVar("T")


class Answers(list[T]):
    """A list that is its own `results`.

    >>> Answers(["a", "b"]).results
    ['a', 'b']
    """

    @property
    def results(self) -> list[T]:
        """What was asked for."""
        return self
