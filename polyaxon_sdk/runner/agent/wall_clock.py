"""The clock of a machine, which persons and time servers set."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta

__all__ = ["WallClock", "since_boot"]

_LEAST = 5.0
"""Seconds: what is less, clocks are put right by all day long."""


class WallClock:
    """Tells by how much the clock was set.

    Args:
        now: seconds since the epoch.
        steady: seconds that pass whatever the clock is set to.

    >>> WallClock(time.time, since_boot).change() is None
    True
    """

    def __init__(self, now: Callable[[], float], steady: Callable[[], float]) -> None:
        self._now = now
        self._steady = steady
        self._behind = now() - steady()

    def change(self) -> str | None:
        """How it was set since this was asked last, for a person; None where it was not, or by a few seconds."""
        behind = self._now() - self._steady()
        change, self._behind = behind - self._behind, behind
        if abs(change) < _LEAST:
            return None
        way = "forward" if change > 0 else "back"
        return f"the clock was put {way} by {timedelta(seconds=round(abs(change)))}"


def since_boot() -> float:
    """Seconds since this machine was started, those in which it was suspended too where the system counts them."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))
