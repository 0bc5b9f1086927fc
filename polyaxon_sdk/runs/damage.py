"""What of a run can't be read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from polyaxon_sdk.runs.drained import Drained, read_drained
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.logs import read_line
from polyaxon_sdk.runs.state import RunState, read_run

__all__ = ["GARBAGE", "damage_in", "read_anyway"]

GARBAGE = (AttributeError, LookupError, TypeError, ValueError)
"""What reading a record of whole lines that no writer of ours wrote may raise."""

_EVENTS = (b"step|timestamp|", b"\n{")
"""How files of events begin: those of rows, and those of lines of JSON."""

_LOOKED_AT = 1 << 20
"""Bytes of a file of events or of output that are looked at: a person waits for it."""


def read_anyway(folder: RunFolder) -> RunState:
    """The run as its facts tell it; nothing is known of one whose record is garbage, or no folder.

    Raises:
        OSError: it can't be read now.
    """
    try:
        return read_run(folder)
    except (NotADirectoryError, *GARBAGE):
        return RunState(folder.uuid)


def damage_in(folder: RunFolder) -> list[str]:
    """A line for each file of a run that is not what was written, by its path in the run.

    Of large files only the first part is looked at.

    Raises:
        OSError: the disk gives no answer.

    >>> damage_in(folder)  # doctest: +SKIP
    ['journal/drained.json: it is damaged']
    """
    return list(chain(_of_record(folder), _of_documents(folder), _of_drained(folder)))


def _of_record(folder: RunFolder) -> Iterator[str]:
    if folder.record.exists() and not folder.record.is_dir():
        yield "record: it is no folder"
        return
    try:
        read_run(folder)
    except GARBAGE:
        yield "record: it holds facts that can't be"


def _of_documents(folder: RunFolder) -> Iterator[str]:
    for path in (folder.operation, folder.source, folder.run_view, folder.lineages_view):
        try:
            json.loads(path.read_bytes())
        except FileNotFoundError:
            continue
        except (IsADirectoryError, ValueError):
            yield f"{path.name}: it is no JSON"


def _of_drained(folder: RunFolder) -> Iterator[str]:
    try:
        drained = read_drained(folder)
    except OSError:
        yield f"journal/{folder.drained.name}: it is damaged, and so nobody knows what else there is"
        return
    for relative in sorted(drained.files):
        path = folder.path / relative
        if not path.is_file():
            yield f"{relative}: it is gone"
        elif path.stat().st_size < drained.files[relative]:
            yield f"{relative}: it is shorter than it was"
        elif relative.startswith(f"{folder.logs.name}/"):
            yield from _of_logs(path, relative, drained)
        elif path.suffix == ".plx" and not _head(path, _LOOKED_AT).startswith(_EVENTS):
            yield f"{relative}: it holds no events"


def _of_logs(path: Path, relative: str, drained: Drained) -> Iterator[str]:
    lines = _head(path, min(_LOOKED_AT, drained.files[relative])).split(b"\n")
    count = sum(read_line(path, line) is None for line in lines[:-1] if line)
    if count:
        yield f"{relative}: {count} of its lines can't be read"


def _head(path: Path, length: int) -> bytes:
    with path.open("rb") as file:
        return file.read(length)
