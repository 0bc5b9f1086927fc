"""Threads that carry out the runs of a pipeline, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from queue import SimpleQueue
from threading import Lock, Thread

__all__ = ["Hands"]

_Work = Callable[[], None]


class Hands:
    """As many threads as there is to do at once, each used again: to start one for each short run takes longer.

    >>> done = SimpleQueue()
    >>> hands = Hands()
    >>> hands.do(lambda: done.put("done"))
    >>> done.get()
    'done'
    >>> hands.close()
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._free: list[SimpleQueue[_Work | None]] = []
        self._is_closed = False

    @property
    def are_free(self) -> bool:
        """Whether there is a thread that does nothing."""
        return bool(self._free)

    def do(self, work: _Work) -> None:
        """Begin to do something; returns at once."""
        with self._lock:
            free = self._free.pop() if self._free else None
        if free is None:
            Thread(target=self._go_on, args=(work,), daemon=True).start()
        else:
            free.put(work)

    def close(self) -> None:
        """Let the threads end, each once it has done what it does."""
        with self._lock:
            self._is_closed, free, self._free = True, self._free, []
        for each in free:
            each.put(None)

    def _go_on(self, work: _Work | None) -> None:
        own: SimpleQueue[_Work | None] = SimpleQueue()
        while work is not None:
            work()
            with self._lock:
                if self._is_closed:
                    return
                self._free.append(own)
            work = own.get()
