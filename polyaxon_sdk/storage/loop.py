"""The event loop of stores: one for the process, in a thread of its own, since a cloud's client lives with its loop."""

from __future__ import annotations

import asyncio
import atexit
import os
import socket
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from threading import Lock, Thread
from time import monotonic
from typing import Any, TypeVar

from polyaxon_sdk.storage.pulse import PULSE, counter
from polyaxon_sdk.storage.retry import SilentStoreError

__all__ = ["answered_by", "at_exit", "run"]

T = TypeVar("T")

_CLOSES_WITHIN = 2.0
_TAKEN_WITHIN = 20_000
"""Milliseconds after which the kernel ends a connection whose other side takes nothing of what it is sent."""


class _EventLoop(asyncio.SelectorEventLoop):
    """Has an eye on the connections that stores make."""

    async def create_connection(self, *words: Any, **named: Any) -> Any:  # it hands them on
        transport, protocol = await super().create_connection(*words, **named)
        if (connection := transport.get_extra_info("socket")) is not None:
            PULSE.watch(counter(connection))
            with suppress(OSError, AttributeError):  # not all kernels know it
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _TAKEN_WITHIN)
        return transport, protocol


class _Loop:
    """The loop, begun with the first call; a forked child begins its own."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._pid = 0
        self._closers: list[Callable[[], Awaitable[None]]] = []

    def get(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None or self._pid != os.getpid():
                self._loop, self._pid, self._closers = _EventLoop(), os.getpid(), []
                PULSE.restart()
                Thread(target=self._loop.run_forever, name="polyaxon-stores", daemon=True).start()
                atexit.register(self._close)
            return self._loop

    def add(self, close: Callable[[], Awaitable[None]]) -> None:
        if self._loop is asyncio.get_running_loop():
            self._closers.append(close)

    def _close(self) -> None:
        """Close what is open, quickly: a client that is left open complains as the process ends."""
        if self._loop is None or self._pid != os.getpid():
            return
        with suppress(TimeoutError, OSError):
            asyncio.run_coroutine_threadsafe(self._close_all(), self._loop).result(_CLOSES_WITHIN)

    async def _close_all(self) -> None:
        await asyncio.gather(*(close() for close in self._closers), return_exceptions=True)


_LOOP = _Loop()


_UNTIL: ContextVar[float | None] = ContextVar("until", default=None)


@contextmanager
def answered_by(deadline: float | None) -> Iterator[None]:
    """Wait for no work longer than until a moment of the monotonic clock; None for as long as it takes.

    >>> with answered_by(monotonic() + 60.0):
    ...     run(asyncio.sleep(0, "done"))
    'done'
    """
    before = _UNTIL.set(deadline)
    try:
        yield
    finally:
        _UNTIL.reset(before)


def run(work: Coroutine[object, object, T]) -> T:
    """Run `work` on the loop and wait for what it returns or raises; an interrupt cancels it.

    Not to be called from the loop itself.

    Raises:
        SilentStoreError: it is not done by the time that `answered_by` names.

    >>> run(asyncio.sleep(0, "done"))
    'done'
    """
    future = asyncio.run_coroutine_threadsafe(work, _LOOP.get())
    until = _UNTIL.get()
    try:
        return future.result(None if until is None else max(0.0, until - monotonic()))
    except TimeoutError:
        if future.done():  # the work's own error, or just now
            return future.result()
        future.cancel()
        raise SilentStoreError("the store gave no answer in time") from None
    except BaseException:  # an interrupt, or the work's own error: whichever, nothing of it goes on
        future.cancel()
        raise


def at_exit(close: Callable[[], Awaitable[None]]) -> None:
    """Have `close` called on the loop as the process ends; from work that does not run on the loop: nothing."""
    _LOOP.add(close)
