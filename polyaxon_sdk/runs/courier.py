"""Doing file work beside the calling thread, so that a disk that hangs holds nobody up."""

from __future__ import annotations

from _thread import LockType, allocate_lock, get_ident, get_native_id, start_new_thread
from collections import deque
from collections.abc import Callable
from time import monotonic
from typing import TypeAlias

__all__ = ["PATIENCE", "Courier", "Work"]

Work: TypeAlias = "Callable[[], object]"
"""Work that raises nothing, and that done twice in a row does the same as once."""

PATIENCE = 0.03
"""Seconds that a call waits for a disk; what takes longer is done behind its back."""

_STARTING = 0.015
"""Seconds that work may take to begin; a signal's handler may have to wait for the very call that it interrupts."""

_STARVED = 1.0
"""Seconds that a call waits on where no disk is slow, but other programs have the processors: what it logged would
be lost with a process that is killed meanwhile."""
_STARVED_FOR_LONG = 6
"""The same at the end of a run and for files, for which a disk has seconds: how many times as long."""
_TICK = 0.005

_HANGS = 1.0
"""Seconds after which a disk that takes so long is worth a word."""


class Courier:
    """Does file work in order, in a thread that is there only while there is some.

    A call waits until its work is done, which takes some microseconds where the disk answers. Where the disk takes
    longer over one thing than the call's patience, the work goes on by itself; behind work that is stuck no further
    call waits.

    Args:
        on_hang: called where a disk takes longer than a second, at each call that it delays.
        patience: seconds that a call waits, unless it says otherwise.

    >>> Courier().do(lambda: None)
    True
    """

    __slots__ = ("_began", "_on_hang", "_patience", "_queue", "_seen", "_thread", "_turn", "_worker")

    def __init__(self, on_hang: Callable[[], None] = lambda: None, *, patience: float = PATIENCE) -> None:
        self._on_hang = on_hang
        self._patience = patience
        self.restart()

    def restart(self) -> None:
        """Begin anew: what a forked child has to do first, which has no thread and none of the work."""
        self._queue: deque[tuple[Work, Callable[[], None]]] = deque()
        self._turn = allocate_lock()
        self._worker = self._thread = 0
        self._began: float | None = None
        self._seen = (0.0, 0.0, 0.0)

    def do(self, work: Work, patience: float | None = None) -> bool:
        """Do `work` after what was asked for before; whether it is done, unless this is asked for by other work."""
        patience = self._patience if patience is None else patience
        if get_ident() == self._worker:
            self._queue.append((work, _nobody_waits))
            return True
        if self._taken() > patience and any(each == work for each, _ in tuple(self._queue)):
            return self._is_late()  # it is to be done already
        done = allocate_lock()
        done.acquire()
        self._queue.append((work, done.release))
        self._start()
        latest = monotonic() + patience + _STARTING
        longest = latest + (max(_STARVED, _STARVED_FOR_LONG * patience) if patience else 0.0)
        while not done.acquire(timeout=max(0.0, patience - self._taken())):
            is_over = self._taken() >= patience or (self._began is None and monotonic() > latest)
            if is_over and not (monotonic() < longest and self._starves(done)):
                return self._is_late()
        return True

    def post(self, work: Work) -> None:
        """Have `work` done after what was asked for before, and do not wait for it."""
        self._queue.append((work, _nobody_waits))
        self._start()

    def _starves(self, done: LockType) -> bool:
        """Whether the work waits for a processor, and no disk is to blame; waits a little itself."""
        if not self._lacks_processor():
            return False
        if done.acquire(timeout=_TICK):
            done.release()
        return True

    def _lacks_processor(self) -> bool:
        """Whether the work under way, or about to be, waits for a processor or has one, and not for a disk: now, or
        for half of the time since it was first seen to be slow."""
        began, busy = self._began, _busy(self._thread)
        if began is None or busy is None:
            return began is None or _is_runnable(self._thread)
        now = monotonic()
        if self._seen[0] != began:
            self._seen = began, now, busy
        _, since, before = self._seen
        return _is_runnable(self._thread) or (now > since and busy - before > (now - since) / 2)

    def progress(self) -> None:
        """Say that the disk took something: for work that is long since there is much of it."""
        self._began = monotonic()

    def _taken(self) -> float:
        """For how long the work under way has been."""
        began = self._began
        return 0.0 if began is None else monotonic() - began

    def _is_late(self) -> bool:
        if self._taken() > _HANGS and not self._lacks_processor():
            self._on_hang()
        return False

    def _start(self) -> None:
        """See to it that somebody works; who does so takes the turn, since a signal's handler may raise here."""
        if self._turn.locked():
            return  # and looks at the queue again after that
        try:
            start_new_thread(self._work, ())
        except RuntimeError:  # no thread can be had, now or at the end of the interpreter
            self._work()

    def _work(self) -> None:
        turn = self._turn  # a fork's child has another
        while turn.acquire(blocking=False):
            self._worker, self._thread = get_ident(), get_native_id()
            try:
                self._empty()
            finally:
                self._worker, self._began = 0, None
                turn.release()
            if not self._queue:
                return

    def _empty(self) -> None:
        while self._queue:
            work, tell = self._queue.popleft()
            self._began = monotonic()
            try:
                work()
            finally:
                tell()


def _is_runnable(thread: int) -> bool:
    """Whether the kernel has a thread of this process wait for a processor; False where it does not tell."""
    try:
        with open(f"/proc/self/task/{thread}/stat", "rb") as file:
            return file.read().rpartition(b")")[2].split()[0] == b"R"
    except OSError:
        return False


def _busy(thread: int) -> float | None:
    """Seconds for which a thread of this process had a processor or waited for one; None where the kernel does not
    tell."""
    try:
        with open(f"/proc/self/task/{thread}/schedstat", "rb") as file:
            ran, waited, _ = file.read().split()
    except (OSError, ValueError):
        return None
    return (int(ran) + int(waited)) / 1e9


def _nobody_waits() -> None:
    """Work that other work asked for."""
