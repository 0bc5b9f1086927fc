"""When a changed file is shipped again, so that growing files don't cost their square."""

from __future__ import annotations

import os
from typing import NamedTuple
from zlib import crc32

from polyaxon_sdk.sidecar.tree import RunFile

__all__ = ["Pace", "Rates"]

_TAIL = 4096
_MUCH = 1.25
_FRESH = 60.0


class _Track:
    """What is remembered of one file: when and how it was shipped, and what went wrong since."""

    __slots__ = ("noticed", "pauses", "resumes", "shipped", "size", "tail")

    def __init__(self) -> None:
        self.noticed: float | None = None
        self.shipped: float | None = None
        self.size = 0
        self.tail = 0
        self.pauses = 0
        self.resumes: float | None = None


class Rates(NamedTuple):
    """How fast one file may be shipped again.

    Attributes:
        interval: seconds between two shipments of a file, at least.
        settle: seconds that a file must lie still, unless it never does within an interval.
        growing: bytes a second that are spent on a file that only grows; 0: it is shipped again when it is
            `growth` times as large, and at the end.
        growth: see `growing`. What is spent on such a file is then 1 + 1 / (1 - 1 / growth) times its size at most.
        free: as `growth`, for a user's file that only grows.
        appends_from: from this size on only what was added is sent, so that a file that grew by a quarter is due,
            or a minute after the last time; None: the store takes whole files only.
        rewritten: bytes a second that are spent on a file that is written anew.
        longest: seconds that a file which could not be copied waits, at most.
    """

    interval: float = 5.0
    settle: float = 2.0
    growing: float = 16 * 1024
    growth: float = 2.0
    free: float = 2.0
    appends_from: int | None = None
    rewritten: float = 16 * 1024 * 1024
    longest: float = 300.0


class Pace:
    """Decides which changed files are due.

    A file that grows is shipped again when it is so many times as large as `Rates` says, or when so much time has
    passed that its whole size is no more than the rate allows: the bytes shipped stay linear in size and time. A
    user's file that grows is told from one written anew by its old end, which is still where it was.

    >>> Pace().is_due(RunFile("record/a.jsonl", "/tmp/a.jsonl", 10, 0, "series"), now=0.0)
    True
    """

    def __init__(self, rates: Rates | None = None) -> None:
        self._rates = rates or Rates()
        self._tracks: dict[str, _Track] = {}

    def is_due(self, file: RunFile, now: float) -> bool:
        """Whether a file that differs from what is stored is due at `now` (seconds of wall time)."""
        track = self._tracks.setdefault(file.name, _Track())
        if track.resumes is not None and 0 < track.resumes - now <= self._rates.longest:
            return False
        if file.kind == "view":
            return True
        if file.kind == "free" and not self._lies_still(file, track, now):
            return False
        if track.shipped is None or now < track.shipped:  # never, or the clock jumped back
            return True
        if file.kind == "series" or _has_grown(file, track):
            growth = self._rates.growth if file.kind == "series" else self._rates.free
            return self._has_grown_enough(file.size, track.size, now - track.shipped, growth)
        return now - track.shipped >= max(self._rates.interval, file.size / self._rates.rewritten)

    def _has_grown_enough(self, size: int, shipped: int, since: float, growth: float) -> bool:
        rates = self._rates
        if rates.appends_from is not None and shipped >= rates.appends_from:
            return since >= (rates.interval if size >= shipped * _MUCH else _FRESH)
        if size >= growth * shipped:
            return True
        return rates.growing > 0 and since >= max(rates.interval, size / rates.growing)

    def was_shipped(self, file: RunFile, size: int, now: float) -> None:
        """Say that the first `size` bytes of `file` are stored."""
        track = self._tracks.setdefault(file.name, _Track())
        track.shipped, track.size = now, size
        track.noticed, track.resumes, track.pauses = None, None, 0
        if file.kind == "free":
            track.tail = _tail(file.path, size)

    def was_not_shipped(self, file: RunFile, now: float) -> None:
        """Say that `file` could not be copied; it waits, longer each time."""
        track = self._tracks.setdefault(file.name, _Track())
        track.resumes = now + min(self._rates.longest, self._rates.interval * 2.0**track.pauses)
        track.pauses = min(track.pauses + 1, 16)

    def is_settled(self, mtime_ns: int, now: float) -> bool:
        """Whether a change was so long ago that its time tells the next change apart."""
        return now - mtime_ns / 1e9 >= self._rates.settle

    def _lies_still(self, file: RunFile, track: _Track, now: float) -> bool:
        if self.is_settled(file.mtime_ns, now):
            return True
        if track.noticed is None or now < track.noticed:
            track.noticed = now
        return now - track.noticed >= self._rates.interval


def _has_grown(file: RunFile, track: _Track) -> bool:
    return file.size > track.size > 0 and _tail(file.path, track.size) == track.tail


def _tail(path: str, end: int) -> int:
    """A check value of the last bytes before `end`."""
    start = max(0, end - _TAIL)
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return -1
    try:
        return crc32(os.pread(descriptor, end - start, start))
    except OSError:
        return -1
    finally:
        os.close(descriptor)
