"""The journal of everything but scalars: names of series, texts, files, as checked lines."""

from __future__ import annotations

from threading import RLock

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.lines import LineFile
from polyaxon_sdk.runs.writer import Writer
from polyaxon_sdk.types import Json, JsonObject

__all__ = ["EventJournal"]


class EventJournal:
    """The event lines of one writing process; safe from several threads.

    The first line is `{"writer": [...]}`. Another is `{"series": id, "name": ...}`, which names a series of
    scalars before its first point, or `{"kind": ..., "name": ..., "step": ..., "time": ..., "value": ...}`, an
    event of that kind; with `"snapshot": file`, one that counts once that snapshot is encoded.
    """

    def __init__(self, folder: RunFolder, writer: Writer) -> None:
        self._folder = folder
        self.restart(writer)

    def restart(self, writer: Writer) -> None:
        """Go on as another writer: what a forked child has to do first."""
        self._lock = RLock()
        self._writer = writer
        self._is_signed = False
        self._lines = LineFile(self._folder.journal / f"{writer.name}.jsonl")

    def name_series(self, series: int, name: str) -> None:
        """Say what `series` stands for in this writer's scalars.

        Raises:
            OSError: the disk is full or broken.
        """
        with self._lock:
            self._append({"series": series, "name": name})

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
        """
        with self._lock:
            line: dict[str, Json] = {"kind": kind, "name": name, "step": step, "time": time, "value": value}
            self._append(line if snapshot is None else {**line, "snapshot": snapshot})

    def close(self) -> None:
        """Close the file; a later line opens it again."""
        with self._lock:
            self._lines.close()

    def _append(self, line: JsonObject) -> None:
        if not self._is_signed:
            self._lines.append({"writer": self._writer})
            self._is_signed = True
        self._lines.append(line)
