"""A hybrid logical clock: wall time that never goes back and is never behind what was read."""

from __future__ import annotations

import time
from collections.abc import Callable

__all__ = ["Clock"]


class Clock:
    """Stamps that order facts of several writers, in nanoseconds of wall time where clocks behave.

    The logical part of the clock (Kulkarni et al., "Logical Physical Clocks", 2014) lives in the lowest
    digits: a stamp is the wall time, or one more than the last stamp given or seen, whichever is later.

    >>> clock = Clock(now=lambda: 5)
    >>> clock.tick(), clock.tick()
    (5, 6)
    """

    __slots__ = ("_last", "_now")

    def __init__(self, now: Callable[[], int] = time.time_ns) -> None:
        self._now = now
        self._last = 0

    def tick(self) -> int:
        """The next stamp, later than each one given or seen before."""
        self._last = max(self._now(), self._last + 1)
        return self._last

    def saw(self, stamp: int) -> None:
        """Keep every later stamp behind `stamp`, which another writer gave."""
        self._last = max(self._last, stamp)
