"""What a later attempt of a run superseded: taken out of its event files, and kept beside them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

from polyaxon_sdk.runs.event_series import EventSeries
from polyaxon_sdk.runs.events import JSON_LINES
from polyaxon_sdk.runs.folder import RunFolder

__all__ = ["NAMES", "read_superseded", "split_rows", "superseded_folder"]

NAMES = "names.json"
"""The file in the folder of a rewind that tells the names of its series, by path."""


def superseded_folder(folder: RunFolder, number: int) -> Path:
    """Where the rows lie that the rewind of this number, from 1 on, took out: `<kind>/<name>.plx`, as in `events/`.

    >>> superseded_folder(RunFolder("/runs/0f"), 1)
    PosixPath('/runs/0f/superseded/1')
    """
    return folder.path / "superseded" / str(number)


def read_superseded(folder: RunFolder, number: int, kind: str | None = None) -> list[EventSeries]:
    """The series of events that a rewind took out, of one kind where it is given; none where there was no such one.

    Raises:
        OSError: the run can't be read.
    """
    place = superseded_folder(folder, number)
    try:
        names = cast(dict[str, str], json.loads((place / NAMES).read_bytes()))
    except FileNotFoundError:
        return []
    found = [_series(folder, place / relative, key) for relative, key in names.items()]
    return sorted((series for series in found if kind in {None, series.kind}), key=lambda each: each[:2])


def split_rows(data: bytes, kind: str, step: int) -> tuple[bytes, bytes]:
    """The rows of an event file that a run keeps that goes on at `step`, and those from there on, as files.

    A row without a step is kept.

    >>> split_rows(b"step|timestamp|metric\\n1|t|0.5\\n2|t|0.25", "metric", 2)
    (b'step|timestamp|metric\\n1|t|0.5', b'step|timestamp|metric\\n2|t|0.25')
    """
    head, *rows = data.split(b"\n")
    kept, tail = [head], [head]
    for row in rows:
        at = _step_of(row, kind)
        (kept if at is None or at < step else tail).append(row)
    return b"\n".join(kept), b"\n".join(tail)


def _step_of(row: bytes, kind: str) -> int | None:
    try:
        if kind not in JSON_LINES:
            return int(row.partition(b"|")[0])
        step = json.loads(row).get("step")
    except (ValueError, AttributeError):
        return None
    return step if isinstance(step, int) else None


def _series(folder: RunFolder, file: Path, key: str) -> EventSeries:
    kind, _, name = key.partition("/")
    return EventSeries(kind, name, str(file.relative_to(folder.path)), file, file.stat().st_size, b"")
