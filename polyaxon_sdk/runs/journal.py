"""Writing a journal of scalars: a store into mapped memory a point, no call into the kernel."""

from __future__ import annotations

import mmap
import os
from collections import deque
from collections.abc import Callable, Iterator
from errno import ENOSPC
from operator import length_hint
from threading import RLock
from time import monotonic
from typing import TYPE_CHECKING, TypeAlias

from polyaxon_sdk.runs.courier import Courier
from polyaxon_sdk.runs.filesystem import keeps_mappings
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.mapping import map_zeros
from polyaxon_sdk.runs.scalars import EARLIEST, HEADER_SIZE, NO_STEP, RECORD, SEGMENT_SIZE, VOID, write_header
from polyaxon_sdk.runs.writer import Writer

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["BACKLOG", "Room", "ScalarJournal", "void"]

BACKLOG = 1 << 16
"""How many points are kept in memory while the disk takes none."""

Room: TypeAlias = "tuple[Iterator[int], bytearray | mmap.mmap, dict[str, int]]"
"""Where the next points go: the free slots, the memory that they lie in, the ids of the series.

The slots are a range's iterator: `next` of it is one step in C, so that no two threads get the same one; it is at
its end when the memory is full.
"""

_RETRY = 1.0
_AT_THE_END = 10.0
_LATE = 256
"""Points of which the highest step is looked for."""

_BATCH = 4096
"""How many points one write call takes where points had to wait."""

Point: TypeAlias = "tuple[int, int, float, float]"
"""Series, step, value and time, as a record has them."""


class ScalarJournal:
    """The scalars of one writing process (DESIGN.md, "The journal").

    A point is a slot taken from `room` and a record packed into it, its time last: no lock, no call
    into the kernel, safe from several threads. `tracking.metrics` does that itself, since each call that is
    saved there is a fifth of the whole; what finds no room, and everything else, is done here.

    A file is allocated before it is mapped, so that a full disk is found when the next one is asked for; points
    then wait in memory, up to `BACKLOG` of them, and `on_trouble` is called once. Where a mapping would not keep
    these promises (see `filesystem.keeps_mappings`) there is never room, and points are write calls. Files are
    the courier's: a disk that hangs delays no call by more than its patience, and points wait in memory then too.

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
        courier: Courier | None = None,
        before: Callable[[], None] = lambda: None,
    ) -> None:
        """Make a journal.

        Args:
            folder: the run.
            writer: this process, as a writer to it.
            on_trouble: told of a disk that takes nothing.
            mapped: whether to map files; by default where that keeps what it should.
            courier: does the file work.
            before: writes what has to be there before a point; raises OSError where it can't.
        """
        self._folder = folder
        self._on_trouble = on_trouble
        self._courier = courier or Courier()
        self._before = before
        self._mapped = keeps_mappings(folder.path) if mapped is None else mapped
        self._descriptor = -1
        self.dropped = 0
        self.restart(writer)

    def restart(self, writer: Writer) -> None:
        """Go on as another writer with nothing written yet: what a forked child has to do first."""
        self._writer = writer
        self._courier.restart()
        self._lock = RLock()  # re-entrant: a signal's handler may log in the middle of a log call
        self._generation = 0
        self._end = SEGMENT_SIZE
        self._full_since: float | None = None
        self._highest: int | None = None
        self._backlog: deque[Point] = deque()
        self._batch: list[Point] = []
        self._is_held = False
        self._kept: Room | None = None
        self.room: Room = _no_room({})

    def append(self, series: int, step: int | None, time: float, value: float) -> bool:
        """Keep one point; whether it outlives the process by now, or waits for the disk.

        Raises:
            TypeError, struct.error, OverflowError: step, time or value is no number of the record's range.
        """
        point = series, NO_STEP if step is None else step, value, time or EARLIEST
        RECORD.pack(*point)  # what is no number must not wait among the points
        if step is not None and (self._highest is None or step > self._highest):
            self._highest = step
        with self._lock:
            if not self._backlog and self._fits(point):
                return True
            self._backlog.append(point)
            while len(self._backlog) > BACKLOG:
                self._backlog.popleft()
                self.dropped += 1
        return not self._is_pausing() and self._courier.do(self._flush) and self._full_since is None

    def highest_step(self) -> int | None:
        """The highest step of the last points, and of those that found no room at once; None where none has one."""
        free, memory, _ = self.room
        end = len(memory) - length_hint(free) * RECORD.size
        late = memory[max(HEADER_SIZE, end - _LATE * RECORD.size) : end] if memory else b""
        steps = [
            step
            for series, step, _, mark in RECORD.iter_unpack(late)
            if mark and series != VOID and step != NO_STEP
        ]
        return max([*steps, *([] if self._highest is None else [self._highest])], default=None)

    def hold(self) -> None:
        """Let points wait in memory until what has to be there `before` is."""
        with self._lock:
            self._is_held = True
            if self.room[1]:
                self._kept, self.room = self.room, _no_room(self.room[2])

    def close(self) -> None:
        """Write what waits, as far as the disk takes it, and give the memory back."""
        self._courier.do(self.finish, _AT_THE_END)

    def finish(self) -> None:
        """The same, for work that the courier does."""
        self._full_since = None
        self._flush()
        with self._lock:
            self.dropped += len(self._backlog) + len(self._batch)
            self._backlog.clear()
            self._batch.clear()
            self._kept, self.room = None, _no_room(self.room[2])
            self._end = SEGMENT_SIZE
        try:
            self._use(-1)
        except OSError as error:
            self._on_trouble(error)

    def _use(self, descriptor: int) -> None:
        """Write to this file from now on, and close the one of before."""
        before, self._descriptor = self._descriptor, descriptor
        if before >= 0:
            os.close(before)

    def _is_pausing(self) -> bool:
        return self._full_since is not None and monotonic() - self._full_since < _RETRY

    def _fits(self, point: Point) -> bool:
        free, memory, _ = self.room
        try:
            slot = next(free)
        except StopIteration:
            return False
        RECORD.pack_into(memory, slot, *point)
        return True

    def _flush(self) -> None:
        if self._is_pausing():
            return
        place = self._place_mapped if self._mapped else self._place_written
        try:
            while self._backlog or self._batch:
                self._is_held = False
                self._before()
                place()
                self._courier.progress()
        except OSError as error:
            is_news, self._full_since = self._full_since is None, monotonic()
            if is_news:
                self._on_trouble(error)
            return
        self._full_since = None

    def _place_mapped(self) -> None:
        """Put what waits into a file, and only then let others: points keep their order."""
        self._kept = self._kept or self._map_next()
        free, memory, _ = self._kept
        with self._lock:
            while self._backlog and not self._is_held:
                try:
                    slot = next(free)
                except StopIteration:
                    self._kept = None
                    return
                RECORD.pack_into(memory, slot, *self._backlog.popleft())
            if not self._is_held:
                self.room, self._kept = self._kept, None

    def _map_next(self) -> Room:
        path, descriptor = self._open_next(SEGMENT_SIZE)
        try:
            memory = map_zeros(descriptor, SEGMENT_SIZE, kept=HEADER_SIZE)
        except OSError:
            path.unlink(missing_ok=True)
            raise
        finally:
            os.close(descriptor)
        return _slots(len(memory)), memory, self.room[2]

    def _place_written(self) -> None:
        """Write what waits; what failed is written again at the same place, so that it is there once."""
        if self._end >= SEGMENT_SIZE:
            _, descriptor = self._open_next(0)
            self._end = HEADER_SIZE
            self._use(descriptor)
        most = min(_BATCH, (SEGMENT_SIZE - self._end) // RECORD.size)
        with self._lock:
            while self._backlog and len(self._batch) < most and not self._is_held:
                self._batch.append(self._backlog.popleft())
        data = b"".join(RECORD.pack(*point) for point in self._batch)
        written = os.pwrite(self._descriptor, data, self._end)
        self._end += written - written % RECORD.size
        del self._batch[: written // RECORD.size]
        if written != len(data):
            raise OSError(ENOSPC, "the journal's disk is full")

    def _open_next(self, allocated: int) -> tuple[Path, int]:
        path = self._folder.journal / f"{self._writer.name}.{self._generation}.plxj"
        self._generation += 1
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o644)
        try:
            if allocated:
                os.posix_fallocate(descriptor, 0, allocated)
            write_header(descriptor, self._writer)
        except OSError:
            os.close(descriptor)
            path.unlink(missing_ok=True)
            raise
        return path, descriptor


def void(memory: bytearray | mmap.mmap, slot: int) -> None:
    """Close a slot that was taken for what turned out to be no number."""
    RECORD.pack_into(memory, slot, VOID, 0, 0.0, 1.0)


def _slots(size: int) -> Iterator[int]:
    return iter(range(HEADER_SIZE, size, RECORD.size))


def _no_room(series: dict[str, int]) -> Room:
    return _slots(0), bytearray(), series
