"""Blocking work, waited for without blocking."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from errno import EAGAIN
from functools import partial
from threading import Event, Thread
from typing import TypeVar

__all__ = ["in_thread"]

T = TypeVar("T")


async def in_thread(work: Callable[[Event], T]) -> T:
    """Run `work` in a thread of its own and wait for what it returns or raises.

    When the waiting is cancelled, the event that `work` was given is set, and `work` should end before
    its next effect. The thread is a daemon: one that hangs in a frozen mount keeps neither caller nor
    process alive, which a thread pool would.

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
        Thread(target=run, name="polyaxon-storage", daemon=True).start()
    except RuntimeError as error:  # a limit on threads
        raise OSError(EAGAIN, str(error)) from error
    try:
        return await future
    except asyncio.CancelledError:
        given_up.set()
        raise
