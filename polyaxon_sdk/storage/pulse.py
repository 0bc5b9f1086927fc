"""Signs of life of stores: what tells a slow one from one that gives no answer."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from types import TracebackType
from typing import TypeAlias

__all__ = ["PULSE", "Alive", "Pulse", "counter"]

_Count: TypeAlias = "Callable[[], int | None]"

_LOOKS_EVERY = 1.0
_LOOKS_APART = 0.1
_ACKNOWLEDGED = 120
"""Where the kernel's `tcp_info` has the bytes that the other side acknowledged; behind them those received."""
_SIZE = _ACKNOWLEDGED + 16


class Pulse:
    """When bytes last moved between this process and its stores.

    The kernel knows of each connection how much the other side took and gave, however much waits in buffers here. Where
    it doesn't tell, `is_blind` says so.
    """

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self.restart()

    def restart(self) -> None:
        """Forget all connections: those of another loop, or of the parent of this process."""
        self.is_blind = not hasattr(socket, "TCP_INFO")
        self.moved_at = self.worked_at = float("-inf")
        self._counts: dict[_Count, int] = {}
        self._looked_at = float("-inf")

    def worked(self) -> None:
        """Say that work goes on which moves no bytes of a connection: a file is read, a limit is kept to."""
        self.worked_at = self._now()

    def watch(self, count: Callable[[], int | None]) -> None:
        """Look from now on at what a connection has moved; `count` says None once it is closed."""
        self._counts[count] = 0

    def look(self) -> None:
        """See what moved since the last look; several looks at one moment are one."""
        now = self._now()
        if now - self._looked_at < _LOOKS_APART:
            return
        self._looked_at = now
        for count, before in [*self._counts.items()]:
            moved = count()
            if moved is None:
                del self._counts[count]
            elif moved != before:
                self._counts[count], self.moved_at = moved, now


PULSE = Pulse()
"""That of the process, as the loop of its stores is one."""


class Alive:
    """Ends what is within as `asyncio.timeout` does, where no byte moves for some seconds: slow is not silent.

    Args:
        silence: seconds without a sign of life.
        most: seconds that all may take, however it moves.
        is_work: whether reading files, and keeping to a limit, are signs of life as well.

    >>> async with Alive(20.0, most=600.0):  # doctest: +SKIP
    ...     await bucket.put(name, data, digest)
    """

    __slots__ = ("_began", "_deadline", "_is_work", "_most", "_next", "_silence")

    def __init__(self, silence: float, *, most: float, is_work: bool = False) -> None:
        self._silence = most if PULSE.is_blind else silence
        self._most = most
        self._is_work = is_work

    async def __aenter__(self) -> None:
        self._began = monotonic()
        self._deadline = asyncio.timeout(None)
        await self._deadline.__aenter__()
        self._plan()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._next.cancel()
        await self._deadline.__aexit__(kind, error, trace)

    def _plan(self) -> None:
        pause = min(_LOOKS_EVERY, self._silence / 4)
        self._next = asyncio.get_running_loop().call_later(pause, self._check)

    def _check(self) -> None:
        PULSE.look()
        now, last = monotonic(), max(self._began, PULSE.moved_at)
        if self._is_work:
            last = max(last, PULSE.worked_at)
        if now - last >= self._silence or now - self._began >= self._most:
            self._deadline.reschedule(asyncio.get_running_loop().time())
        else:
            self._plan()


def counter(connection: socket.socket) -> Callable[[], int | None]:
    """What counts the bytes that a connection moved, for `Pulse.watch`."""

    def count() -> int | None:
        if connection.fileno() < 0:
            return None
        with suppress(OSError, AttributeError):
            told = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _SIZE)
            if len(told) == _SIZE:
                acknowledged, received = struct.unpack_from("=QQ", told, _ACKNOWLEDGED)
                return int(acknowledged) + int(received)
        return None

    return count
