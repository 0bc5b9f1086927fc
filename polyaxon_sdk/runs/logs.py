"""The console output of a run as it is now: what is drained and what is not yet."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from polyaxon_sdk.runs.drained import Drained, is_damaged, printed_from
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.journals import console_files
from polyaxon_sdk.runs.salvage import salvaged
from polyaxon_sdk.runs.series import consistent

__all__ = ["LogLine", "read_line", "read_logs", "salvaged_logs", "shown_lines"]


class LogLine(NamedTuple):
    """One line of output; `time` is when it was drained, in seconds since the epoch, None while it is not."""

    time: float | None
    replica: str
    text: str


def read_logs(folder: RunFolder, replica: str | None = None) -> list[LogLine]:
    """The output of a run, of one replica where it is named, in order; damaged lines are left out.

    Of one whose `drained.json` is damaged all that is in its files, with a warning.

    Raises:
        OSError: the run can't be read.
    """
    try:
        drained, tail = consistent(folder, lambda drained: (drained, _tail(folder, drained)))
    except OSError as error:
        if not is_damaged(error):
            raise
        salvaged(folder)
        lines = salvaged_logs(folder)
    else:
        lines = [*_drained_lines(folder, drained), *tail]
    return [line for line in lines if replica in {None, line.replica}]


def salvaged_logs(folder: RunFolder) -> list[LogLine]:
    """Every line of output that is in its files, where nothing tells any more how much of them counts.

    Raises:
        OSError: the run can't be read.
    """
    return _drained_lines(folder, None)


def read_line(path: Path, text: bytes) -> LogLine | None:
    """A line of a drained file of output; None where it is torn or damaged."""
    try:
        record = json.loads(text)
        at = datetime.fromisoformat(record["timestamp"]).timestamp()
        return LogLine(at, path.stem, str(record["value"]))
    except (ValueError, TypeError, LookupError, OverflowError):
        return None


def shown_lines(data: bytes) -> list[str]:
    """The lines of `data`; one rewritten by carriage returns, as progress bars do, is what it showed in the end.

    >>> shown_lines(b"10%\\r50%\\r100%\\nnext")
    ['100%', 'next']
    """
    pieces = data.split(b"\n")
    if pieces[-1] == b"":
        pieces.pop()
    return [_shown(piece) for piece in pieces]


def _drained_lines(folder: RunFolder, drained: Drained | None) -> list[LogLine]:
    """What counts of each file, or all of it where that is not known."""
    found: list[LogLine] = []
    for path in sorted(folder.logs.glob("*.jsonl")):
        length = None if drained is None else drained.files.get(f"plxlogs/{path.name}", 0)
        read = (read_line(path, text) for text in path.read_bytes()[:length].split(b"\n") if text)
        found += [line for line in read if line is not None]
    return found


def _tail(folder: RunFolder, drained: Drained) -> list[LogLine]:
    found: list[LogLine] = []
    for path in console_files(folder):
        rest = path.read_bytes()[printed_from(folder, drained, path) :]
        found += [LogLine(None, path.stem, text) for text in shown_lines(rest)]
    return found


def _shown(line: bytes) -> str:
    parts = [part for part in line.split(b"\r") if part]
    return parts[-1].decode("utf-8", "replace") if parts else ""
