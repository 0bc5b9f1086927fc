"""Requests to stop: Ctrl-C and the signals that end programs."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType

__all__ = ["StopRequests", "keeping_handlers"]

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopRequests:
    """Collects the signals that ask this process to stop, in place of being ended by them.

    A signal that was ignored before (`nohup`, a shell's background job) stays so. Outside of the main thread
    Python handles no signals, and nothing is collected.

    >>> with StopRequests() as requests:
    ...     requests.received
    []
    """

    def __init__(self) -> None:
        self.received: list[signal.Signals] = []
        self._before: dict[signal.Signals, signal._HANDLER] = {}

    def __enter__(self) -> StopRequests:
        if threading.current_thread() is threading.main_thread():
            for each in _SIGNALS:
                if (before := signal.getsignal(each)) is not signal.SIG_IGN:
                    self._before[each] = before
                    signal.signal(each, self._receive)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for each, before in self._before.items():
            signal.signal(each, before)

    def _receive(self, number: int, _frame: FrameType | None) -> None:
        self.received.append(signal.Signals(number))


@contextmanager
def keeping_handlers() -> Iterator[None]:
    """Undo what a person's file, imported within, does to the signals that `StopRequests` collects."""
    before = {each: signal.getsignal(each) for each in _SIGNALS}
    try:
        yield
    finally:
        for each, handler in before.items():
            if signal.getsignal(each) is not handler:
                signal.signal(each, handler)
