"""Journals on a disk of this machine, for runs on a network: where they lie, and how they get into the run."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from zlib import crc32

from polyaxon_sdk.runs.filesystem import is_network, keeps_mappings
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.journals import event_files, scalar_files, signature, writer_of
from polyaxon_sdk.runs.lines import decode
from polyaxon_sdk.runs.scalars import HEADER_SIZE, RECORD, SEGMENT_SIZE, marks, read_header, read_slots
from polyaxon_sdk.runs.writer import this_process

__all__ = ["Relay", "dead_in", "rescue", "spool_of", "sweep"]


def spool_of(folder: RunFolder, places: Iterable[Path]) -> RunFolder | None:
    """Where processes of this host write the journals of a run; None where they write to the run itself.

    A server may take its time, and what waits for it in memory is gone with a killed process. A run on a network
    file system therefore has its journals on a disk of the host first, as long as there is one that keeps what is
    mapped; they are no more than copied on from there.

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
    for writer in dead:
        relay = Relay(spool, folder, writer)
        while relay.step():
            pass
        relay.remove()
    return dead


def sweep(spool: RunFolder) -> None:
    """Take an empty spool away: of a run that is finished."""
    with suppress(OSError):  # others write there
        spool.journal.rmdir()
        spool.path.rmdir()


class Relay:
    """Copies the journals of one writer from a spool into the run, from where it stopped.

    The copy has each byte at its place in the journal, so that copying anew from the beginning changes nothing. It
    has whole lines and records alone, and the line that names a series before the series' points.
    """

    def __init__(self, spool: RunFolder, folder: RunFolder, writer: str) -> None:
        self._spool = spool
        self._folder = folder
        self._writer = writer
        self._positions: dict[str, int] = {}

    def step(self, progress: Callable[[], None] = lambda: None) -> bool:
        """Copy what there is; whether there was anything.

        Raises:
            OSError: the run can't be written, or the spool can't be read; to be done again.
        """
        moved = False
        for path in self._segments():
            moved |= self._copy_segment(path)
            progress()
        return self._copy_lines() or moved

    def remove(self) -> None:
        """Take the writer's journals away; for one that writes no more.

        Raises:
            OSError: the run's copy can't be brought to its disk; the spool stays.
        """
        for path in [*self._segments(), self._lines]:
            self._remove(path)

    @property
    def _lines(self) -> Path:
        return self._spool.journal / f"{self._writer}.jsonl"

    def _segments(self) -> list[Path]:
        return [path for path in scalar_files(self._spool) if writer_of(path) == self._writer]

    def _copy_segment(self, path: Path) -> bool:
        position = self._positions.get(path.name, 0)
        start = max(position, HEADER_SIZE)
        data = read_slots(path, start).rstrip(b"\0")
        data = data.ljust(-(-len(data) // RECORD.size) * RECORD.size, b"\0")
        if not data and position:
            return False
        self._copy_lines()
        if not position:
            self._write(path.name, path.read_bytes()[:HEADER_SIZE], 0)
        self._write(path.name, data, start)
        slots = marks(data)
        whole = next((number for number, mark in enumerate(slots) if not mark), len(slots))
        self._positions[path.name] = end = start + whole * RECORD.size
        if end + RECORD.size > SEGMENT_SIZE:
            self._remove(path)
        return end > start or not position

    def _copy_lines(self) -> bool:
        position = self._positions.get(self._lines.name, 0)
        try:
            with self._lines.open("rb") as file:
                file.seek(position)
                data = file.read()
        except FileNotFoundError:
            return False
        end = max((after for line, after in decode(data) if line is not None), default=0)
        self._write(self._lines.name, data[:end], position)
        self._positions[self._lines.name] = position + end
        return end > 0

    def _write(self, name: str, data: bytes, position: int) -> None:
        if not data:
            return
        descriptor = os.open(self._folder.journal / name, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            while data:
                written = os.pwrite(descriptor, data, position)
                data, position = data[written:], position + written
        finally:
            os.close(descriptor)

    def _remove(self, path: Path) -> None:
        """Take a journal away once its copy is on the server's disk."""
        with suppress(FileNotFoundError):  # a copy that is drained is gone
            descriptor = os.open(self._folder.journal / path.name, os.O_RDONLY | os.O_CLOEXEC)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        path.unlink(missing_ok=True)
        self._positions.pop(path.name, None)


def dead_in(spool: RunFolder) -> list[str]:
    """The writers with journals in a spool that are gone."""
    found = [(path.stem, signature(path)) for path in event_files(spool)]
    found += [(writer_of(path), read_header(path)) for path in scalar_files(spool)]
    signed = {name: writer for name, writer in found if writer is not None}
    return [name for name, writer in signed.items() if writer.life() == "gone"]


def _is_ours(place: Path) -> bool:
    """Whether nobody else can write below a place that everybody can make."""
    found = place.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o022
