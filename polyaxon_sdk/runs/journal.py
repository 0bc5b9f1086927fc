"""Writing a journal of scalars: a store into mapped memory a point, no call into the kernel."""

from __future__ import annotations

import mmap
import os
from collections import deque
from collections.abc import Callable
from errno import ENOSPC
from threading import RLock
from time import monotonic
from typing import TypeAlias

from polyaxon_sdk.runs.filesystem import keeps_mappings
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.scalars import EARLIEST, HEADER_SIZE, NO_STEP, RECORD, SEGMENT_SIZE, VOID, write_header
from polyaxon_sdk.runs.writer import Writer

__all__ = ["BACKLOG", "Room", "ScalarJournal", "void"]

BACKLOG = 1 << 16
"""How many points are kept in memory while a full disk takes none."""

Room: TypeAlias = "tuple[Callable[[], int], bytearray | mmap.mmap, dict[str, int]]"
"""Where the next points go: what gives the next free slot, the memory that slots lie in, the ids of the series.

The first one is the `__next__` of a range's iterator: one step in C, so that no two threads get the same slot;
it raises StopIteration when the memory is full.
"""

_RETRY = 1.0


class ScalarJournal:
    """The scalars of one writing process (DESIGN.md, "The journal").

    A point is a slot taken from `room` and a record packed into it, its time last: no lock, no call
    into the kernel, safe from several threads. `tracking.metrics` does that itself, since each call that is
    saved there is a fifth of the whole; what finds no room, and everything else, is done here.

    A file is allocated before it is mapped, so that a full disk is found when the next one is asked for; points
    then wait in memory, up to `BACKLOG` of them, and `on_trouble` is called once. Where a mapping would not keep
    these promises (see `filesystem.keeps_mappings`) there is never room, and each point is a write call.

    Attributes:
        room: read it once for each point; it is replaced when a file is full.
        dropped: how many points a full disk has cost.
    """

    def __init__(
        self,
        folder: RunFolder,
        writer: Writer,
        *,
        on_trouble: Callable[[OSError], None],
        mapped: bool | None = None,
    ) -> None:
        self._folder = folder
        self._on_trouble = on_trouble
        mapped = keeps_mappings(folder.path) if mapped is None else mapped
        self._place = self._place_mapped if mapped else self._place_written
        self._descriptor = -1
        self.dropped = 0
        self.restart(writer)

    def restart(self, writer: Writer) -> None:
        """Go on as another writer with nothing written yet: what a forked child has to do first."""
        self._writer = writer
        self._lock = RLock()  # re-entrant: a signal's handler may log in the middle of a log call
        self._generation = 0
        self._end = SEGMENT_SIZE
        self._full_since: float | None = None
        self._backlog: deque[tuple[int, int, float, float]] = deque()
        self.room: Room = _no_room({})

    def append(self, series: int, step: int | None, time: float, value: float) -> None:
        """Keep one point; once this returns, it outlives the process.

        Raises:
            TypeError, struct.error, OverflowError: step, time or value is no number of the record's range.
        """
        step, time = NO_STEP if step is None else step, time or EARLIEST
        RECORD.pack(series, step, value, time)  # what is no number must not wait among the points
        with self._lock:
            self._backlog.append((series, step, time, value))
            self._flush()
            while len(self._backlog) > BACKLOG:
                self._backlog.popleft()
                self.dropped += 1

    def close(self) -> None:
        """Write what waits, as far as the disk takes it, and give the memory back."""
        with self._lock:
            self._full_since = None
            self._flush()
            self.dropped += len(self._backlog)
            self._backlog.clear()
            self.room = _no_room(self.room[2])
            self._end = SEGMENT_SIZE
            if self._descriptor >= 0:
                os.close(self._descriptor)
                self._descriptor = -1

    def _flush(self) -> None:
        if self._full_since is not None and monotonic() - self._full_since < _RETRY:
            return
        try:
            while self._backlog:
                point = self._backlog.popleft()  # first: a signal's handler that logs must not place it again
                try:
                    self._place(*point)
                except OSError:
                    self._backlog.appendleft(point)
                    raise
        except OSError as error:
            if self._full_since is None:
                self._on_trouble(error)
            self._full_since = monotonic()
            return
        self._full_since = None

    def _place_mapped(self, series: int, step: int, time: float, value: float) -> None:
        take, memory, _ = self.room
        try:
            slot = take()
        except StopIteration:
            take, memory, _ = self.room = self._map_next()
            slot = take()
        RECORD.pack_into(memory, slot, series, step, value, time)

    def _map_next(self) -> Room:
        descriptor = self._open_next(SEGMENT_SIZE)
        populate = getattr(mmap, "MAP_POPULATE", 0)  # page faults now, all at once, not under later points
        memory = mmap.mmap(descriptor, SEGMENT_SIZE, mmap.MAP_SHARED | populate)
        os.close(descriptor)
        return _slots(len(memory)), memory, self.room[2]

    def _place_written(self, series: int, step: int, time: float, value: float) -> None:
        if self._end >= SEGMENT_SIZE:
            descriptor = self._open_next(0)
            if self._descriptor >= 0:
                os.close(self._descriptor)
            self._descriptor, self._end = descriptor, HEADER_SIZE
        place, self._end = self._end, self._end + RECORD.size  # before the call: a handler may log within it
        try:
            if os.pwrite(self._descriptor, RECORD.pack(series, step, value, time), place) != RECORD.size:
                raise OSError(ENOSPC, "the journal's disk is full")
        except OSError:
            if self._end == place + RECORD.size:
                self._end = place
            raise

    def _open_next(self, allocated: int) -> int:
        path = self._folder.journal / f"{self._writer.name}.{self._generation}.plxj"
        self._generation += 1  # first: a signal's handler that logs must not open the same file
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o644)
        try:
            if allocated:
                os.posix_fallocate(descriptor, 0, allocated)
            write_header(descriptor, self._writer)
        except OSError:
            os.close(descriptor)
            path.unlink(missing_ok=True)
            raise
        return descriptor


def void(memory: bytearray | mmap.mmap, slot: int) -> None:
    """Close a slot that was taken for what turned out to be no number."""
    RECORD.pack_into(memory, slot, VOID, 0, 0.0, 1.0)


def _slots(size: int) -> Callable[[], int]:
    return iter(range(HEADER_SIZE, size, RECORD.size)).__next__


def _no_room(series: dict[str, int]) -> Room:
    return _slots(0), bytearray(), series
