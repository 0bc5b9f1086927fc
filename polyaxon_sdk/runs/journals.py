"""Reading the journals of a run: scalars with their names, events and console output, from where one stopped."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from heapq import merge
from pathlib import Path
from typing import NamedTuple, cast

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.lines import decode, read, settled
from polyaxon_sdk.runs.scalars import HEADER_SIZE, RECORD, read_header
from polyaxon_sdk.runs.slots import Scalar, read_batch
from polyaxon_sdk.runs.writer import Writer
from polyaxon_sdk.types import Json

__all__ = [
    "Entry",
    "JournalReader",
    "Names",
    "console_files",
    "entry_of",
    "event_files",
    "in_time",
    "is_journal",
    "journal_writers",
    "journals_of",
    "scalar_files",
    "signature",
    "writer_of",
]


class Entry(NamedTuple):
    """One thing that was logged: a point of a metric, or an event of another kind.

    An event that has the name of a snapshot counts once the sidecar made its asset of it.
    """

    kind: str
    name: str
    step: int | None
    time: float
    value: Json
    snapshot: str | None = None


def journals_of(folder: RunFolder) -> tuple[list[Path], list[Path], list[Path]]:
    """The journals of scalars, of events, and what replicas print, each as the function of its own gives them, by one
    look into their folder."""
    try:
        names = sorted(os.listdir(folder.journal))
    except FileNotFoundError:
        names = []
    found = ([name for name in names if name.endswith(ending)] for ending in (".plxj", ".jsonl", ".out"))
    scalars, events, consoles = ([folder.journal / name for name in each] for each in found)
    return sorted(scalars, key=_in_order), events, consoles


def scalar_files(folder: RunFolder) -> list[Path]:
    """The journals of scalars, each writer's in the order of writing."""
    return sorted(_files(folder, ".plxj"), key=_in_order)


def _in_order(path: Path) -> tuple[str, int]:
    return writer_of(path), int(path.stem.rpartition(".")[2])


def event_files(folder: RunFolder) -> list[Path]:
    """The journals of events."""
    return _files(folder, ".jsonl")


def console_files(folder: RunFolder) -> list[Path]:
    """What replicas print, one file a replica."""
    return _files(folder, ".out")


def is_journal(name: str) -> bool:
    """Whether a file of this name in the folder of journals tells who writes it.

    >>> is_journal("main.out"), is_journal("node-1.jsonl")
    (False, True)
    """
    return name.endswith((".jsonl", ".plxj"))


def journal_writers(folder: RunFolder) -> list[Writer]:
    """Every process that has a journal in the run.

    Raises:
        OSError: a journal can't be read.
    """
    scalars, events, _ = journals_of(folder)
    signed = [signature(path) for path in events]
    signed += [read_header(path) for path in scalars]
    return [writer for writer in signed if writer is not None]


def signature(path: Path) -> Writer | None:
    """Who writes a journal of events; None where its first line was never written whole.

    Raises:
        OSError: the file can't be read.
    """
    with path.open("rb") as file:
        lines = [line for line in read(file.read(1024)) if "writer" in line]
    return Writer(*cast(tuple[str, str, str, int, int, str], lines[0]["writer"])) if lines else None


class Names:
    """The names of series, by writer and number, as the journals of events tell them."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, int], str] = {}

    def learn(self, writer: str, line: dict[str, object]) -> None:
        """Take in a line that names a series."""
        self._names[writer, int(cast(int, line["series"]))] = str(line["name"])

    def of(self, writer: str, series: int) -> str | None:
        """The name of a series, or None where no line has told it yet."""
        return self._names.get((writer, series))


class JournalReader:
    """Reads journals from given positions on; knows the names of series from lines read before."""

    def __init__(self, folder: RunFolder) -> None:
        self._folder = folder
        self._names = Names()

    def events(
        self, path: Path, position: int, *, gone: bool, is_ready: Callable[[Entry], bool] = lambda _: True
    ) -> tuple[list[Entry], int]:
        """The events behind `position` and where to go on; a torn end waits while its writer lives.

        Args:
            path: the journal.
            position: where to begin.
            gone: whether its writer is.
            is_ready: the first event for which it is false is where to go on.

        Raises:
            OSError: the file can't be read.
        """
        data = settled(path, position)
        entries, end = [], 0
        for line, after in decode(data):
            if line is None and after == len(data) and not gone:
                break
            entry = None if line is None else entry_of(line)
            if entry is not None and not is_ready(entry):
                break
            end = after
            if entry is not None:
                entries.append(entry)
            elif line is not None and "series" in line:
                self._names.learn(path.stem, line)
        return entries, position + end

    def scalars(self, path: Path, position: int, *, patient: bool) -> tuple[list[Entry], int, list[int]]:
        """The points behind `position`, where to go on, and the slots passed over (see `read_batch`).

        Raises:
            OSError: the file can't be read.
        """
        batch = read_batch(path, max(position, HEADER_SIZE), patient=patient)
        return list(self._named(path, batch.scalars)), batch.position, batch.holes

    def hole(self, path: Path, position: int) -> list[Entry] | None:
        """What was written into a slot that was passed over; None where nothing was yet.

        Raises:
            OSError: the file can't be read.
        """
        batch = read_batch(path, position, patient=True, most=RECORD.size)
        return None if batch.position == position else list(self._named(path, batch.scalars))

    def _named(self, path: Path, scalars: list[Scalar]) -> Iterator[Entry]:
        writer = writer_of(path)
        for scalar in scalars:
            name = self._names.of(writer, scalar.series)
            if name is None:
                name = self._looked_up(writer, scalar.series)
            yield Entry("metric", name, scalar.step, scalar.time, scalar.value)

    def _looked_up(self, writer: str, series: int) -> str:
        """The name that the writer's events tell: it is written before the first point, so it is there by now."""
        for line, _ in decode(settled(self._folder.journal / f"{writer}.jsonl")):
            if line is not None and "series" in line:
                self._names.learn(writer, line)
        name = self._names.of(writer, series)
        return f"series-{series}" if name is None else name


def writer_of(path: Path) -> str:
    """The name of the writer of a journal of scalars."""
    return path.stem.rpartition(".")[0]


def in_time(writers: Iterable[list[Entry]]) -> list[Entry]:
    """What several writers logged, by its times, and of each of them in the order that it is in.

    >>> one, other = Entry("metric", "loss", 1, 2.0, 0.5), Entry("metric", "loss", 2, 1.0, 0.25)
    >>> [entry.value for entry in in_time([[one], [other]])]
    [0.25, 0.5]
    """
    found = [entries for entries in writers if entries]
    return found[0] if len(found) == 1 else list(merge(*found, key=lambda entry: entry.time))


def _files(folder: RunFolder, ending: str) -> list[Path]:
    """Those of one kind: names first, as paths of all of them would take longer than the rest."""
    journal = folder.journal
    try:
        return [journal / name for name in sorted(os.listdir(journal)) if name.endswith(ending)]
    except FileNotFoundError:
        return []


def entry_of(line: dict[str, object]) -> Entry | None:
    """The event that a line of a journal of events tells; None where it tells something else."""
    kind, name, step, time = (line.get(key) for key in ("kind", "name", "step", "time"))
    if not isinstance(kind, str) or not isinstance(name, str) or not isinstance(time, int | float):
        return None
    at, value, snapshot = step if isinstance(step, int) else None, line.get("value"), line.get("snapshot")
    return Entry(kind, name, at, float(time), cast(Json, value), None if snapshot is None else str(snapshot))
