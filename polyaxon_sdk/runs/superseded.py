"""What a later attempt of a run superseded: taken out of its event files and its record, and kept beside them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

from polyaxon_sdk.runs.event_series import EventSeries, read_event_series
from polyaxon_sdk.runs.events import JSON_LINES, parse
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import read_facts
from polyaxon_sdk.runs.rewound import rewound
from polyaxon_sdk.runs.state import RunState, fold

__all__ = ["NAMES", "hidden_files", "read_superseded", "split_rows", "superseded_folder", "superseded_state"]

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


def superseded_state(folder: RunFolder, number: int) -> RunState:
    """The artifacts and outputs that a rewind took out, as a run that has nothing else.

    Raises:
        OSError: the run can't be read.

    >>> superseded_state(folder, 1).logged  # doctest: +SKIP
    {'score': 0.5}
    """
    facts = read_facts(folder)
    taken = dict(enumerate(rewound(facts).superseded, 1)).get(number, [])
    return fold(folder.uuid, [*taken, *(fact for fact in facts if fact.kind == "hashed")])


def hidden_files(folder: RunFolder, state: RunState) -> set[str]:
    """The paths of files and folders in the run that were logged in what rewinds took out, and not again.

    Raises:
        OSError: the run can't be read.
    """
    if not state.rewinds:
        return set()
    taken = [each for number, _ in enumerate(state.rewinds, 1) for each in read_superseded(folder, number)]
    return (state.hidden | _assets(taken)) - _assets(read_event_series(folder))


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


def _assets(series: list[EventSeries]) -> set[str]:
    """The files that events tell of."""
    told = [each for each in series if each.kind not in {"metric", *JSON_LINES}]
    values = [event.value for each in told for event in parse(each.read().decode(), each.kind)]
    return {str(value["path"]) for value in values if isinstance(value, dict) and "path" in value}


def _series(folder: RunFolder, file: Path, key: str) -> EventSeries:
    kind, _, name = key.partition("/")
    return EventSeries(kind, name, str(file.relative_to(folder.path)), file, file.stat().st_size, b"")
