"""The series of a run as they are now: what is drained and what is not yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, TypeVar, cast

from polyaxon_sdk.runs.drained import Drained, is_damaged, read_drained
from polyaxon_sdk.runs.events import parse
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.journals import Entry, JournalReader, in_time, scalar_files, writer_of
from polyaxon_sdk.runs.state import RunState

__all__ = [
    "Point",
    "consistent",
    "drained_part",
    "last_values",
    "points_in",
    "read_series",
    "with_last_values",
]

T = TypeVar("T")

_TRIES = 20
_END = 256
"""Bytes that hold the last row of a series of scalars, whatever its step and value are."""


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
    drained, tail = consistent(folder, lambda drained: (drained, _tail(folder, drained)))
    series: dict[str, list[Point]] = {}
    for relative, key in drained.names.items():
        kind, _, name = key.partition("/")
        if kind == "metric":
            series[name] = list(
                points_in(drained_part(folder.path / relative, drained.files.get(relative, 0)))
            )
    for entry in tail:
        series.setdefault(entry.name, []).append(Point(entry.step, entry.time, cast(float, entry.value)))
    return series


def last_values(folder: RunFolder) -> dict[str, float]:
    """The last value of every series of scalars, read from the ends of its files alone.

    Raises:
        OSError: the run can't be read.
    """
    drained, tail = consistent(folder, lambda drained: (drained, _tail(folder, drained)))
    values: dict[str, float] = {}
    for relative, key in drained.names.items():
        kind, _, name = key.partition("/")
        if kind == "metric":
            data = drained_part(folder.path / relative, drained.files.get(relative, 0), last=_END)
            values.update((name, point.value) for point in points_in(data))
    values.update({entry.name: cast(float, entry.value) for entry in tail})
    return values


def with_last_values(folder: RunFolder, state: RunState) -> RunState:
    """`state`, with the last value of each metric, drained or not, among its outputs.

    Where `drained.json` is damaged, as the record tells them.

    Raises:
        OSError: the run can't be read.
    """
    try:
        values = last_values(folder)
    except OSError as error:
        if not is_damaged(error):
            raise
        return state
    for name, value in values.items():
        state.summaries[name] = {**state.summaries.get(name, {}), "last": value}
    return state


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


def drained_part(path: Path, length: int, *, last: int | None = None) -> bytes:
    """The first `length` bytes of an event file, or of them the whole rows within the `last` ones.

    Nothing where a rewind took all of it out meanwhile.

    Raises:
        OSError: the file can't be read.
    """
    start = 0 if last is None else max(0, length - last)
    try:
        with path.open("rb") as file:
            file.seek(start)
            data = file.read(length - start)
    except FileNotFoundError:
        return b""
    return data[data.find(b"\n") + 1 :] if start else data


def points_in(data: bytes) -> Iterator[Point]:
    """The points of an event file of a series of scalars."""
    for event in parse(data.decode("ascii", "replace"), "metric"):
        yield Point(event.step, datetime.fromisoformat(event.timestamp).timestamp(), cast(float, event.value))


def _tail(folder: RunFolder, drained: Drained) -> list[Entry]:
    reader, found = JournalReader(folder), defaultdict[str, list[Entry]](list)
    for path in scalar_files(folder):
        entries = found[writer_of(path)]
        for position in drained.holes.get(path.name, []):
            entries += reader.hole(path, position) or []
        entries += reader.scalars(path, drained.journals.get(path.name, 0), patient=False)[0]
    return in_time(found.values())
