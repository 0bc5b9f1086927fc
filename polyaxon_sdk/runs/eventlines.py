"""The journal of everything but scalars: names of series, texts, files, as checked lines."""

from __future__ import annotations

from threading import RLock

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.lines import LineFile, encode
from polyaxon_sdk.runs.mapped_lines import MappedLines
from polyaxon_sdk.runs.writer import Writer
from polyaxon_sdk.types import Json

__all__ = ["EventJournal", "event_line", "series_line"]


def event_line(
    kind: str, name: str, value: Json, *, step: int | None, time: float, snapshot: str | None = None
) -> bytes:
    """The line of an event; with the name of a snapshot, one that counts once that is encoded.

    Raises:
        TypeError, ValueError: `value` is not JSON.
    """
    line: dict[str, Json] = {"kind": kind, "name": name, "step": step, "time": time, "value": value}
    return encode(line if snapshot is None else {**line, "snapshot": snapshot})


def series_line(series: int, name: str) -> bytes:
    """The line that says what `series` stands for in its writer's scalars."""
    return encode({"series": series, "name": name})


class EventJournal:
    """The event lines of one writing process; safe from several threads.

    The first line is `{"writer": [...]}`. Another is `{"series": id, "name": ...}`, which names a series of
    scalars before its first point, or `{"kind": ..., "name": ..., "step": ..., "time": ..., "value": ...}`, an
    event of that kind; with `"snapshot": file`, one that counts once that snapshot is encoded. Facts are here too, as
    the record has them, for a writer that dies before the record has (`runs.unrecorded`).

    Args:
        folder: the run.
        writer: this process, as a writer to it.
        mapped: whether lines go into mapped memory, for a file system that keeps what is stored there.
    """

    def __init__(self, folder: RunFolder, writer: Writer, *, mapped: bool = False) -> None:
        self._folder = folder
        self._is_mapped = mapped
        self.restart(writer)

    def restart(self, writer: Writer) -> None:
        """Go on as another writer: what a forked child has to do first."""
        self._lock = RLock()
        self._writer = writer
        self._is_signed = False
        path = self._folder.journal / f"{writer.name}.jsonl"
        self._memory = MappedLines(path) if self._is_mapped else None
        self._lines = self._memory or LineFile(path)

    def prepare(self) -> None:
        """Map the memory that lines go into, where that is how they are kept.

        Raises:
            OSError: the disk is full or broken; a later `write` tries again.
        """
        if self._is_mapped:
            self._sign()

    def take(self, line: bytes) -> bool:
        """Keep a line where there is mapped memory for it, and so without a wait; whether it outlives the process."""
        return self._is_signed and self._memory is not None and self._memory.take(line)

    def wants_room(self) -> bool:
        """Whether `make_room` is due, so that `take` goes on taking; said once."""
        return self._memory is not None and self._memory.wants_room()

    def make_room(self) -> None:
        """Map more memory, as far as the disk has it."""
        if self._memory is not None:
            self._memory.make_room()

    def write(self, line: bytes) -> None:
        """Keep a line; once this returns, it outlives the process.

        Raises:
            OSError: the disk is full or broken.
        """
        with self._lock:
            self._sign()
            self._lines.write(line)

    def name_series(self, series: int, name: str) -> None:
        """Say what `series` stands for in this writer's scalars.

        Raises:
            OSError: the disk is full or broken.
        """
        self.write(series_line(series, name))

    def append(
        self,
        kind: str,
        name: str,
        value: Json,
        *,
        step: int | None,
        time: float,
        snapshot: str | None = None,
    ) -> None:
        """Keep one event; once this returns, it outlives the process.

        Args:
            kind, name, value, step, time: the event.
            snapshot: the file in the journal that its asset is still to be made from.

        Raises:
            OSError: the disk is full or broken.
            TypeError, ValueError: `value` is not JSON.
        """
        self.write(event_line(kind, name, value, step=step, time=time, snapshot=snapshot))

    def close(self) -> None:
        """Close the file; a later line opens it again."""
        with self._lock:
            self._lines.close()

    def _sign(self) -> None:
        with self._lock:
            if not self._is_signed:
                self._lines.write(encode({"writer": self._writer}))
                self._is_signed = True
