"""The console output of a run as it is now: what is drained and what is not yet."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from polyaxon_sdk.runs.drained import Drained
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.journals import console_files
from polyaxon_sdk.runs.series import consistent

__all__ = ["LogLine", "read_logs", "shown_lines"]


class LogLine(NamedTuple):
    """One line of output; `time` is when it was drained, in seconds since the epoch, None while it is not."""

    time: float | None
    replica: str
    text: str


def read_logs(folder: RunFolder, replica: str | None = None) -> list[LogLine]:
    """The output of a run, of one replica where it is named, in order.

    Raises:
        OSError: the run can't be read.
    """
    drained, tail = consistent(folder, lambda drained: (drained, _tail(folder, drained)))
    lines = [*_drained_lines(folder, drained), *tail]
    return [line for line in lines if replica in {None, line.replica}]


def shown_lines(data: bytes) -> list[str]:
    """The lines of `data`; one rewritten by carriage returns, as progress bars do, is what it showed in the end.

    >>> shown_lines(b"10%\\r50%\\r100%\\nnext")
    ['100%', 'next']
    """
    pieces = data.split(b"\n")
    if pieces[-1] == b"":
        pieces.pop()
    return [_shown(piece) for piece in pieces]


def _drained_lines(folder: RunFolder, drained: Drained) -> list[LogLine]:
    found: list[LogLine] = []
    for path in sorted(folder.logs.glob("*.jsonl")):
        length = drained.files.get(f"plxlogs/{path.name}", 0)
        found += [_line(path, text) for text in path.read_bytes()[:length].split(b"\n") if text]
    return found


def _tail(folder: RunFolder, drained: Drained) -> list[LogLine]:
    found: list[LogLine] = []
    for path in console_files(folder):
        rest = path.read_bytes()[drained.journals.get(path.name, 0) :]
        found += [LogLine(None, path.stem, text) for text in shown_lines(rest)]
    return found


def _line(path: Path, text: bytes) -> LogLine:
    record = json.loads(text)
    return LogLine(datetime.fromisoformat(record["timestamp"]).timestamp(), path.stem, record["value"])


def _shown(line: bytes) -> str:
    parts = [part for part in line.split(b"\r") if part]
    return parts[-1].decode("utf-8", "replace") if parts else ""
