"""How often the runs of a pipeline are looked at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, thread_time

__all__ = ["Pace"]

_LOOK = 1.0
"""Seconds between two looks at what the runs logged, at least."""

_SHARE = 20
"""Looks take at most one part in so many of a processor's time."""

_WAIT = 4
"""They take at most one part in so many by the clock, where the disk is slow or the machine busy."""


class Pace:
    """Says when to look again.

    >>> pace = Pace()
    >>> pace.is_due
    True
    >>> with pace.look():
    ...     pass
    >>> pace.is_due
    False
    """

    def __init__(self) -> None:
        self._next = 0.0

    @property
    def is_due(self) -> bool:
        """Whether enough time has gone by since the last look."""
        return monotonic() >= self._next

    @contextmanager
    def look(self) -> Iterator[None]:
        """Note how long a look takes."""
        started, spent = monotonic(), thread_time()
        yield
        now, spent = monotonic(), thread_time() - spent
        self._next = now + max(_LOOK, _SHARE * spent, _WAIT * (now - started))
