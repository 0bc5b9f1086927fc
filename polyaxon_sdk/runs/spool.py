"""Journals and records on a disk of this machine, for runs on a network: where they lie, and how they get into it."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from zlib import crc32

from polyaxon_sdk.runs.copying import copy_within
from polyaxon_sdk.runs.filesystem import is_network, keeps_mappings
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.journals import event_files, scalar_files, signature, writer_of
from polyaxon_sdk.runs.lines import decode, settled
from polyaxon_sdk.runs.record import writer_in
from polyaxon_sdk.runs.scalars import HEADER_SIZE, RECORD, SEGMENT_SIZE, read_header
from polyaxon_sdk.runs.slots import marks, read_slots
from polyaxon_sdk.runs.snapshots import pending
from polyaxon_sdk.runs.sync import sync
from polyaxon_sdk.runs.unrecorded import record_told
from polyaxon_sdk.runs.writer import this_process

__all__ = ["Relay", "dead_in", "rescue", "spool_of", "sweep"]


def spool_of(folder: RunFolder, places: Iterable[Path]) -> RunFolder | None:
    """Where processes of this host write what they log to a run; None where they write to the run itself.

    A server may take its time, and what waits for it in memory is gone with a killed process. A run on a network
    file system therefore has its journals and record on a disk of the host first, as long as there is one that keeps
    what is mapped; they are no more than copied on from there.

    Args:
        folder: the run.
        places: folders of this machine, the best first.
    """
    if not is_network(folder.path):
        return None
    host = f"{crc32(this_process().host.encode('utf-8', 'surrogateescape')):08x}"
    for place in places:
        with suppress(OSError):
            place.mkdir(mode=0o700, parents=True, exist_ok=True)
            if _is_ours(place) and keeps_mappings(place):
                return RunFolder(place / host / folder.uuid)
    return None


def rescue(spool: RunFolder, folder: RunFolder) -> list[str]:
    """Bring what dead processes of this host left in a spool into the run, and take it away; the writers' names.

    Done by two at once, or twice after a crash, it does the same as once.

    Raises:
        OSError: the run can't be written, or the spool can't be read.
    """
    dead = dead_in(spool)
    if dead:
        record_told(spool)
    for writer in dead:
        relay = Relay(spool, folder, writer)
        while relay.step():
            pass
        relay.remove()
    if dead:
        sweep(spool)
    return dead


def sweep(spool: RunFolder) -> None:
    """Take an empty spool away: one that no process of a run has a record in."""
    orphans = list(pending(spool))  # of calls that did not return: whoever else has a snapshot has a record
    with suppress(OSError):  # others write there
        with suppress(FileNotFoundError):
            spool.record.rmdir()
        for path in orphans:
            path.unlink(missing_ok=True)
        for each in (spool.journal, spool.path):
            with suppress(FileNotFoundError):
                each.rmdir()


class Relay:
    """Copies journals and record of one writer from a spool into the run, from where it stopped.

    The copy has each byte at its place in its file, so that copying anew from the beginning, or by two at once, changes
    nothing. It has whole lines and records alone, the line that names a series before the series' points, and a
    snapshot before its event.
    """

    def __init__(self, spool: RunFolder, folder: RunFolder, writer: str) -> None:
        self._spool = spool
        self._folder = folder
        self._writer = writer
        self._events = spool.journal / f"{writer}.jsonl"
        self._facts = spool.record / f"{writer}.jsonl"
        self._positions: dict[Path, int] = {}
        self._progress: Callable[[], object] = bool

    def step(self, progress: Callable[[], None] = lambda: None) -> bool:
        """Copy what there is; whether there was anything.

        Raises:
            OSError: the run can't be written, or the spool can't be read; to be done again.
        """
        self._progress, moved = progress, False
        for path in self._segments():
            moved |= self._copy_segment(path)
            progress()
        moved |= self._copy_lines(self._events)
        return self.copy_facts() or moved

    def copy_facts(self) -> bool:
        """Copy what there is of the record alone; whether there was anything.

        Raises:
            OSError: the run can't be written, or the spool can't be read; to be done again.
        """
        return self._copy_lines(self._facts)

    def remove(self) -> None:
        """Take the writer's files away; for one that writes no more.

        Raises:
            OSError: the run's copy can't be brought to its disk; the spool stays.
        """
        for path in [*self._segments(), self._events, self._facts]:
            self._remove(path)

    def _segments(self) -> list[Path]:
        return [path for path in scalar_files(self._spool) if writer_of(path) == self._writer]

    def _copy_segment(self, path: Path) -> bool:
        position = self._positions.get(path, 0)
        start = max(position, HEADER_SIZE)
        data = read_slots(path, start).rstrip(b"\0")
        data = data.ljust(-(-len(data) // RECORD.size) * RECORD.size, b"\0")
        if not data and position:
            return False
        self._copy_lines(self._events)
        if not position:
            self._write(path, path.read_bytes()[:HEADER_SIZE], 0)
        self._write(path, data, start)
        slots = marks(data)
        whole = next((number for number, mark in enumerate(slots) if not mark), len(slots))
        self._positions[path] = end = start + whole * RECORD.size
        if end + RECORD.size > SEGMENT_SIZE:
            self._remove(path)
        return end > start or not position

    def _copy_lines(self, path: Path) -> bool:
        position = self._positions.get(path, 0)
        try:
            data = settled(path, position)
        except FileNotFoundError:
            return False
        lines = [(line, after) for line, after in decode(data) if line is not None]
        for line, _ in lines:
            if isinstance(name := line.get("snapshot"), str):
                self._move(self._spool.journal / Path(name).name)
        end = max((after for _, after in lines), default=0)
        self._write(path, data[:end], position)
        self._positions[path] = position + end
        return end > 0

    def _copy_of(self, path: Path) -> Path:
        return self._folder.path / path.relative_to(self._spool.path)

    def _write(self, path: Path, data: bytes, position: int) -> None:
        if not data:
            return
        descriptor = os.open(self._copy_of(path), os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            while data:
                written = os.pwrite(descriptor, data, position)
                data, position = data[written:], position + written
        finally:
            os.close(descriptor)

    def _move(self, path: Path) -> None:
        """Copy a file whole, and take it away once the copy is on the server's disk; it may be there already."""
        with suppress(FileNotFoundError), path.open("rb") as file:
            descriptor = os.open(self._copy_of(path), os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
            with open(descriptor, "wb", buffering=0) as copy:
                copy_within(file, copy, self._progress)
            self._remove(path)

    def _remove(self, path: Path) -> None:
        """Take a file away once its copy is on the server's disk."""
        sync(self._copy_of(path))  # one that is drained is gone
        path.unlink(missing_ok=True)
        self._positions.pop(path, None)


def dead_in(spool: RunFolder) -> list[str]:
    """The writers with something in a spool that are gone."""
    found = [(path.stem, signature(path)) for path in event_files(spool)]
    found += [(writer_of(path), read_header(path)) for path in scalar_files(spool)]
    found += [(path.stem, writer_in(path)) for path in _records(spool)]
    signed = {name: writer for name, writer in found if writer is not None}
    return [name for name, writer in signed.items() if writer.life() == "gone"]


def _records(spool: RunFolder) -> list[Path]:
    try:
        return sorted(spool.record.iterdir())
    except FileNotFoundError:
        return []


def _is_ours(place: Path) -> bool:
    """Whether nobody else can write below a place that everybody can make."""
    found = place.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o022
