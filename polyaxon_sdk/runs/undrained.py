"""What is logged to a run and not drained yet: journals copied at one moment, and what they hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from polyaxon_sdk.runs.drained import Drained
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.journals import Entry, Names, entry_of, event_files, in_time, scalar_files, writer_of
from polyaxon_sdk.runs.lines import decode, read, settled
from polyaxon_sdk.runs.salvage import salvaged
from polyaxon_sdk.runs.scalars import HEADER_SIZE, RECORD
from polyaxon_sdk.runs.series import consistent
from polyaxon_sdk.runs.slots import parse_batch, read_slots

__all__ = ["Undrained", "read_undrained", "salvage_undrained", "unnamed"]


class Undrained(NamedTuple):
    """Journals and how far they were drained when they were copied.

    Copying takes a moment where decoding takes long, so that a sidecar that drains meanwhile stays behind.

    Attributes:
        drained: how far each journal is drained.
        events: the journals of events from their beginning.
        scalars: the journals of scalars likewise.
    """

    drained: Drained
    events: dict[Path, bytes]
    scalars: dict[Path, bytes]

    def entries(self) -> Iterator[Entry]:
        """What is not drained: the events, and then the points, each by their times and every writer's in its order."""
        yield from in_time([*self._events(path, data)] for path, data in self.events.items())
        names, points = self.names(), defaultdict[str, list[Entry]](list)
        for writer, data in self.slots():
            for scalar in parse_batch(data, 0, patient=False).scalars:
                name = names.of(writer, scalar.series) or unnamed(scalar.series)
                points[writer].append(Entry("metric", name, scalar.step, scalar.time, scalar.value))
        yield from in_time(points.values())

    def names(self) -> Names:
        """The names of the series of scalars."""
        names = Names()
        for path, data in self.events.items():
            for line in read(data):
                if "series" in line:
                    names.learn(path.stem, line)
        return names

    def slots(self) -> Iterator[tuple[str, bytes]]:
        """The slots of each journal of scalars that are not drained, with the name of their writer."""
        for path, data in self.scalars.items():
            holes = self.drained.holes.get(path.name, [])
            position = max(self.drained.journals.get(path.name, 0), HEADER_SIZE)
            parts = [data[hole : hole + RECORD.size] for hole in holes]
            yield writer_of(path), b"".join([*parts, data[position:]])

    def _events(self, path: Path, data: bytes) -> Iterator[Entry]:
        position = self.drained.journals.get(path.name, 0)
        for line, end in decode(data):
            if line is not None and end > position and (entry := entry_of(line)) is not None:
                yield entry


def read_undrained(folder: RunFolder, *, scalars: bool = True) -> Undrained:
    """The journals of a run as they are at one moment.

    Args:
        folder: the run.
        scalars: whether those of scalars are wanted, which are the large ones.

    Raises:
        OSError: the run can't be read.
    """
    return consistent(folder, lambda drained: _copied(folder, drained, scalar_files if scalars else _none))


def salvage_undrained(folder: RunFolder, *, scalars: bool = True) -> Undrained:
    """The same of a run whose `drained.json` is damaged: its journals from their beginning.

    Raises:
        OSError: the run can't be read.
    """
    return _copied(folder, salvaged(folder), scalar_files if scalars else _none)


def _copied(folder: RunFolder, drained: Drained, files: Callable[[RunFolder], list[Path]]) -> Undrained:
    # Scalars first: the line that names a series is written before its first point.
    scalars = {path: read_slots(path) for path in files(folder)}
    events = {path: settled(path) for path in event_files(folder)}
    return Undrained(drained, events, scalars)


def _none(_folder: RunFolder) -> list[Path]:
    return []


def unnamed(series: int) -> str:
    """What a series is called whose name was lost with the line that told it."""
    return f"series-{series}"
