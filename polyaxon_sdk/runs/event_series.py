"""The series of events of a run as they are now: what is drained and, behind it, what is not yet."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, cast

from polyaxon_sdk.runs.drained import Drained, is_damaged
from polyaxon_sdk.runs.events import header, row, scalar_row
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.journals import Entry
from polyaxon_sdk.runs.names import file_name
from polyaxon_sdk.runs.series import drained_part
from polyaxon_sdk.runs.undrained import Undrained, read_undrained, salvage_undrained

__all__ = ["EventSeries", "read_event_series", "series_of"]


class EventSeries(NamedTuple):
    """One series of events.

    Attributes:
        kind: `metric`, `image`, `text`, ….
        name: what it was logged under.
        path: its event file, relative to the run; not there while nothing of it is drained.
        file: the same on this machine.
        length: how many bytes of the file count.
        tail: the rows that are not drained yet, as they will be in the file.
    """

    kind: str
    name: str
    path: str
    file: Path
    length: int
    tail: bytes

    def read(self) -> bytes:
        """The event file with every row that was logged so far.

        Raises:
            OSError: the file can't be read.
        """
        drained = drained_part(self.file, self.length) if self.length else b""
        return (drained or header(self.kind)) + self.tail


def read_event_series(folder: RunFolder, kind: str | None = None) -> list[EventSeries]:
    """The series of a run, of one kind where it is given, each event in them once; by kind and name.

    Of one whose `drained.json` is damaged they are what its other files hold, with a warning.

    Raises:
        OSError: the run can't be read.

    >>> [series.name for series in read_event_series(folder, "text")]  # doctest: +SKIP
    ['note']
    """
    scalars = kind in {None, "metric"}
    try:
        undrained = read_undrained(folder, scalars=scalars)
    except OSError as error:
        if not is_damaged(error):
            raise
        found = _series_in(folder, salvage_undrained(folder, scalars=scalars), kind)
        return [series._replace(tail=_only_there(series)) for series in found]
    return _series_in(folder, undrained, kind)


def _series_in(folder: RunFolder, undrained: Undrained, kind: str | None) -> list[EventSeries]:
    tails: dict[str, list[bytes]] = {}
    for entry in undrained.entries():
        if kind in {None, entry.kind}:
            tails.setdefault(f"{entry.kind}/{entry.name}", []).append(_row(entry))
    return series_of(folder, undrained.drained, kind, {key: b"".join(rows) for key, rows in tails.items()})


def _only_there(series: EventSeries) -> bytes:
    """The rows of the tail that the event file has not."""
    drained = drained_part(series.file, series.length) if series.length else b""
    known = set(drained.split(b"\n"))
    return b"".join(b"\n" + row for row in series.tail.split(b"\n") if row and row not in known)


def series_of(
    folder: RunFolder, drained: Drained, kind: str | None, tails: Mapping[str, bytes]
) -> list[EventSeries]:
    """The series of a run, of one kind where it is given, by kind and name.

    Args:
        folder: the run.
        drained: what is drained of it.
        kind: the kind that is wanted.
        tails: the rows that are not, by `<kind>/<name>`.
    """
    paths = {key: path for path, key in drained.names.items() if kind in {None, _kind(key)}}
    keys = [*paths, *(key for key in tails if key not in paths)]
    found = [_series(folder, drained, paths, key, tails.get(key, b"")) for key in keys]
    return sorted(found, key=lambda series: series[:2])


def _series(
    folder: RunFolder, drained: Drained, paths: Mapping[str, str], key: str, tail: bytes
) -> EventSeries:
    kind, _, name = key.partition("/")
    path = paths.get(key) or f"events/{file_name(kind)}/{file_name(name)}.plx"
    length = drained.files.get(path, 0) if key in paths else 0
    return EventSeries(kind, name, path, folder.path / path, length, tail)


def _kind(key: str) -> str:
    return key.partition("/")[0]


def _row(entry: Entry) -> bytes:
    if entry.kind == "metric":
        return scalar_row(entry.step, entry.time, cast(float, entry.value))
    return row(entry.kind, entry.step, entry.time, entry.value)
