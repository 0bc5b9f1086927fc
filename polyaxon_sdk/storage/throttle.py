"""A limit on bytes a second."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from threading import Event
from time import monotonic

from polyaxon_sdk.storage.pulse import PULSE

__all__ = ["Throttle"]

_BURST = 1.0
"""Seconds of idleness whose bytes may be taken at once."""
_TOLD_EVERY = 5.0
"""Seconds after which who waits is seen to do so, and not to have lost the store."""


class Throttle:
    """Lets so many bytes a second through, all callers together; without a rate it lets all through.

    >>> import asyncio
    >>> asyncio.run(Throttle(1 << 20).take(1024))
    """

    __slots__ = ("_free_at", "_now", "_rate")

    def __init__(self, rate: float | None, *, now: Callable[[], float] = monotonic) -> None:
        self._rate = rate
        self._now = now
        self._free_at = float("-inf")

    async def take(self, size: int) -> None:
        """Wait until `size` more bytes may be sent."""
        pause = self.claim(size)
        while pause > 0:
            PULSE.worked()
            await asyncio.sleep(min(pause, _TOLD_EVERY))
            pause -= _TOLD_EVERY

    def hold(self, size: int, given_up: Event) -> None:
        """The same in a thread, or until it is given up."""
        pause = self.claim(size)
        while pause > 0 and not given_up.wait(min(pause, _TOLD_EVERY)):
            PULSE.worked()
            pause -= _TOLD_EVERY

    def claim(self, size: int) -> float:
        """Take `size` bytes of what comes next; seconds after which they may be sent."""
        if not self._rate:
            return 0.0
        now = self._now()
        self._free_at = max(self._free_at, now - _BURST) + size / self._rate
        return max(0.0, self._free_at - now)
