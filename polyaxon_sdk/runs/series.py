"""The series of a run as they are now: what is drained and what is not yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple, TypeVar, cast

from polyaxon_sdk.runs.drained import Drained, read_drained
from polyaxon_sdk.runs.events import parse
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.journals import Entry, JournalReader, event_files, scalar_files

__all__ = ["Point", "consistent", "last_values", "read_series"]

T = TypeVar("T")

_TRIES = 20


class Point(NamedTuple):
    """One point of a series; `time` is in seconds since the epoch."""

    step: int | None
    time: float
    value: float


def read_series(folder: RunFolder) -> dict[str, list[Point]]:
    """Every series of scalars by the name that it was logged under, each point once.

    Raises:
        OSError: the run can't be read.
    """
    drained, tail = consistent(folder, lambda drained: (drained, list(_tail(folder, drained))))
    series: dict[str, list[Point]] = {}
    for relative, key in drained.names.items():
        kind, _, name = key.partition("/")
        if kind == "metric":
            data = (folder.path / relative).read_bytes()[: drained.files.get(relative, 0)]
            series[name] = list(_points(data))
    for entry in tail:
        series.setdefault(entry.name, []).append(Point(entry.step, entry.time, cast(float, entry.value)))
    return series


def last_values(folder: RunFolder) -> dict[str, float]:
    """The last value of every series of scalars.

    Raises:
        OSError: the run can't be read.
    """
    return {name: points[-1].value for name, points in read_series(folder).items() if points}


def consistent(folder: RunFolder, read: Callable[[Drained], T]) -> T:
    """What `read` reads of a run's journals while nothing was drained meanwhile; called again where something was.

    It should read no more than that: what is drained stays as it is, up to the lengths that `Drained` tells.

    Raises:
        OSError: the run can't be read.
    """
    for attempt in range(_TRIES):
        before = read_drained(folder)
        try:
            found = read(before)
        except FileNotFoundError:  # a journal was drained to its end and taken away
            if attempt == _TRIES - 1:
                raise
            continue
        if vars(read_drained(folder)) == vars(before):
            break
    return found


def _points(data: bytes) -> Iterator[Point]:
    for event in parse(data.decode("ascii", "replace"), "metric"):
        yield Point(event.step, datetime.fromisoformat(event.timestamp).timestamp(), cast(float, event.value))


def _tail(folder: RunFolder, drained: Drained) -> Iterator[Entry]:
    reader = JournalReader(folder)
    for path in event_files(folder):
        reader.events(path, 0, gone=False)
    for path in scalar_files(folder):
        for position in drained.holes.get(path.name, []):
            yield from reader.hole(path, position) or []
        yield from reader.scalars(path, drained.journals.get(path.name, 0), patient=False)[0]
