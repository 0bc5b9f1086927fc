"""Console output: raw text of a replica to lines of `plxlogs/<replica>.jsonl` (semantics 5.6)."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from polyaxon_sdk.runs.logs import shown_lines

__all__ = ["log_record", "whole_lines"]

_LONGEST = 1 << 16


def whole_lines(data: bytes, *, last: bool) -> tuple[list[str], int]:
    """The lines of `data`, and how many bytes they take; with `last` an unfinished line is one too.

    A line that was rewritten by carriage returns, as progress bars do, is what it showed in the end. A line
    of more than 65,536 bytes without an end is taken in pieces.

    >>> whole_lines(b"10%\\r50%\\r100%\\nnext", last=False)
    (['100%'], 13)
    """
    end = len(data) if last else data.rfind(b"\n") + 1
    if end == 0 and len(data) >= _LONGEST:
        rewritten = data.rfind(b"\r")
        if rewritten > 0:
            return [], rewritten  # a progress bar that goes on: only what it shows in the end is a line
        end = _LONGEST
    return shown_lines(data[:end]), end


def log_record(text: str, *, time: float, node: str, pod: str, container: str) -> bytes:
    """One record of a log file."""
    stamp = datetime.fromtimestamp(time, UTC).isoformat(timespec="microseconds")
    record = {"timestamp": stamp, "node": node, "pod": pod, "container": container, "value": text}
    return b"\n" + json.dumps(record, separators=(",", ":")).encode("ascii")
