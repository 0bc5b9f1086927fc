"""Blocking work, waited for without blocking."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from errno import EAGAIN
from functools import partial
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread
from typing import TypeAlias, TypeVar

__all__ = ["in_thread"]

T = TypeVar("T")
_Job: TypeAlias = "Callable[[], None]"

_WAITS = 5.0
"""Seconds that a thread waits for more to do."""
_MOST_WAITING = 8


async def in_thread(work: Callable[[Event], T]) -> T:
    """Run `work` in a thread that does nothing else meanwhile, and wait for what it returns or raises.

    When the waiting is cancelled, the event that `work` was given is set, and `work` should end before
    its next effect. The thread is a daemon: one that hangs in a frozen mount keeps neither caller nor
    process alive, nor other work waiting, which a thread pool would.

    Raises:
        OSError: no thread can be started now.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()
    given_up = Event()

    def settle(answer: Callable[[], None]) -> None:
        if not future.done():
            answer()

    def run() -> None:
        answer: Callable[[], None]
        try:
            answer = partial(future.set_result, work(given_up))
        except BaseException as error:  # the edge of the thread: whoever waits gets it
            answer = partial(future.set_exception, error)
        try:
            loop.call_soon_threadsafe(settle, answer)
        except RuntimeError:  # the loop is closed: nobody waits any more
            return

    try:
        _THREADS.do(run)
    except RuntimeError as error:  # a limit on threads
        raise OSError(EAGAIN, str(error)) from error
    try:
        return await future
    except asyncio.CancelledError:
        given_up.set()
        raise


class _Threads:
    """Threads, each with one job at a time; a few wait a while for another one, which costs less than a new thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._begin()

    def _begin(self) -> None:
        self._pid = os.getpid()
        self._jobs: SimpleQueue[_Job] = SimpleQueue()
        self._waiting = 0

    def do(self, job: _Job) -> None:
        """Begin `job` at once."""
        with self._lock:
            if self._pid != os.getpid():  # a forked child has none of them
                self._begin()
            is_waited_for = self._waiting > 0
            self._waiting -= is_waited_for
        if is_waited_for:
            self._jobs.put(job)
        else:
            Thread(target=self._work, args=(job,), name="polyaxon-storage", daemon=True).start()

    def _work(self, job: _Job | None) -> None:
        while job is not None:
            job()
            job = self._next()

    def _next(self) -> _Job | None:
        with self._lock:
            if self._waiting >= _MOST_WAITING:
                return None
            self._waiting += 1
        try:
            return self._jobs.get(timeout=_WAITS)
        except Empty:
            pass
        with self._lock:
            if self._waiting:
                self._waiting -= 1
                return None
        return self._jobs.get()  # the job that counted on this thread is on its way


_THREADS = _Threads()
