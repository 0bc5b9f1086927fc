"""Values that a device is still computing: taken in order, kept once they are there."""

from __future__ import annotations

import sys
from collections import Counter, deque
from collections.abc import Callable
from threading import Condition, RLock, Thread
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from polyaxon_sdk.tracking.devices import Promise

__all__ = ["Awaited", "Pending"]

_MOST = 10_000
"""Values that may wait; the next one waits for the oldest."""

_LOOK_EVERY = 0.1


class Awaited:
    """A point whose value is still to come, or has to wait behind one of its series that is."""

    __slots__ = ("name", "promise", "series", "step", "time")

    def __init__(self, name: str, series: int, step: int | None, time: float, promise: Promise) -> None:
        self.name = name
        self.series = series
        self.step = step
        self.time = time
        self.promise = promise


class Pending:
    """The points of one process that wait for a device, in the order of the calls.

    A thread waits for them, begun with the first one: the training doesn't. A point that follows one that waits
    in its series waits too, so that a series keeps its order.

    Args:
        keep: takes a point with its value.
        hold: is told of a series of which something waits from now on.
        release: is told of a series of which nothing waits any more.
        on_trouble: is told what could not be kept.
    """

    def __init__(
        self,
        keep: Callable[[Awaited, float], None],
        *,
        hold: Callable[[str], None],
        release: Callable[[str, int], None],
        on_trouble: Callable[[str], None],
    ) -> None:
        self._keep = keep
        self._hold = hold
        self._release = release
        self._on_trouble = on_trouble
        self.restart()

    def restart(self) -> None:
        """Go on in a forked child: what waits is the parent's to keep."""
        self._changed = Condition(RLock())  # re-entrant: a signal's handler may log in the middle of a call
        self._waiting: deque[Awaited] = deque()
        self._held: Counter[str] = Counter()
        self._thread: Thread | None = None

    def add(self, point: Awaited) -> None:
        """Take a point whose value is still to come."""
        with self._changed:
            if len(self._waiting) >= _MOST:
                self._on_trouble(
                    f"metric {point.name!r} waits for the device: {_MOST} values are not there yet"
                )
                self._wait_while(lambda: len(self._waiting) >= _MOST)
            self._waiting.append(point)
            self._hold(point.name)
            self._held[point.name] += 1
            self._changed.notify_all()
            if self._thread is None:
                self._begin()

    def add_behind(self, point: Awaited) -> bool:
        """Take a point whose value is there, where one of its series waits; whether one does."""
        if not self._held:
            return False
        with self._changed:
            if not self._held[point.name]:
                return False
            self.add(point)
            return True

    def settle(self, within: float) -> None:
        """Wait until every value is there and kept, or `within` seconds have passed: then the others are lost."""
        deadline = monotonic() + within
        with self._changed:
            self._wait_while(lambda: bool(self._waiting) and monotonic() < deadline)
            lost = len(self._waiting)
            self._waiting.clear()
        if lost:
            self._on_trouble(
                f"{lost} values are lost: the device had not computed them {within:g} s after the end"
            )

    def _wait_while(self, unready: Callable[[], bool]) -> None:
        """Wait for the thread; where there is none, do its work."""
        while unready():
            if self._thread is not None and self._thread.is_alive():
                self._changed.wait(_LOOK_EVERY)
            else:
                self._take(self._waiting[0])

    def _begin(self) -> None:
        self._thread = Thread(target=self._work, name="polyaxon-pending", daemon=True)
        try:
            self._thread.start()
        except RuntimeError:  # no thread can be started: the end waits for the values
            return
        if (util := sys.modules.get("multiprocessing.util")) is not None:
            # A child of multiprocessing leaves without exit hooks, but for these.
            util.Finalize(None, self.settle, args=(60.0,), exitpriority=100)

    def _work(self) -> None:
        changed, waiting = self._changed, self._waiting
        while self._changed is changed:  # and not begun anew
            with changed:
                changed.wait_for(lambda: waiting)
                point = waiting[0]
            self._take(point)

    def _take(self, point: Awaited) -> None:
        """Wait for the value of the oldest point, and keep it."""
        try:
            value, lost = point.promise(), ""
        except Exception as error:  # the framework's own: the device failed, or the value is gone
            value, lost = 0.0, f"metric {point.name!r} is left out: {' '.join(str(error).split())[:200]}"
        with self._changed:
            if not self._waiting or self._waiting[0] is not point:
                return  # given up meanwhile
            if not lost:
                self._keep(point, value)
            self._waiting.popleft()
            self._held[point.name] -= 1
            if not self._held[point.name]:
                del self._held[point.name]
                self._release(point.name, point.series)
            self._changed.notify_all()
        if lost:
            self._on_trouble(lost)
