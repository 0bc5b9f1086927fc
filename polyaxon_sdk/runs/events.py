"""Event files (`.plx`, semantics 5.4): rows of a series, written and read byte for byte as Polyaxon's own tools do."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from math import isfinite
from pathlib import Path
from typing import NamedTuple

from polyaxon_sdk.types import Json

__all__ = ["JSON_LINES", "Event", "header", "moment", "parse", "read", "row", "scalar_row"]

JSON_LINES = frozenset({"text", "html", "chart", "span"})
"""The kinds whose rows are JSON objects; all others are fields between bars."""

_NESTED = frozenset({"chart", "span"})
_NUMBERS = {"curve": ("x", "y"), "histogram": ("values", "counts"), "confusion": ("z",)}
"""The fields of each kind that hold numbers alone."""
_SPELLED = frozenset({"NaN", "Infinity", "-Infinity"})
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Event(NamedTuple):
    """One row of an event file.

    Attributes:
        step: None where the row has none.
        timestamp: as it is written in the file, an ISO 8601 moment.
        value: a number for metrics, text for texts and html, otherwise an object.
    """

    step: int | None
    timestamp: str
    value: Json


def header(kind: str) -> bytes:
    """What an event file of `kind` begins with."""
    return b"" if kind in JSON_LINES else f"step|timestamp|{kind}".encode("utf-8", "backslashreplace")


def scalar_row(step: int | None, time: float, value: float) -> bytes:
    """A row of a metric; `repr` of a float is the shortest text that reads back as the same number.

    >>> scalar_row(1, 0.5, 0.25)
    b'\\n1|1970-01-01 00:00:00.500000+00:00|0.25'
    """
    return f"\n{'' if step is None else step}|{moment(time)}|{value!r}".encode("ascii")


def row(kind: str, step: int | None, time: float, value: Json) -> bytes:
    """A row of any kind but metrics."""
    if kind in JSON_LINES:
        shown = _json_of(value) if kind in _NESTED else value
        return b"\n" + json.dumps({"timestamp": moment(time), "step": step, kind: shown}).encode("ascii")
    payload = _json_of(value).replace("|", "\\u007c")
    return f"\n{'' if step is None else step}|{moment(time)}|{payload}".encode("ascii")


def _json_of(value: Json) -> str:
    """`value` as JSON that any reader takes: NaN and the infinities, which JSON hasn't, are spelled out as texts."""
    try:
        return json.dumps(value, separators=(",", ":"), allow_nan=False)
    except ValueError:
        return json.dumps(_spelled(value), separators=(",", ":"))


def _spelled(value: Json) -> Json:
    if isinstance(value, float) and not isfinite(value):
        return "NaN" if value != value else "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, Mapping):
        return {name: _spelled(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_spelled(each) for each in value]
    return value


def moment(time: float) -> str:
    """Seconds since the epoch as the moment that event files hold; what is out of range is the epoch."""
    try:
        return datetime.fromtimestamp(time, UTC).isoformat(" ", "microseconds")
    except (ValueError, OverflowError, OSError):
        return _EPOCH.isoformat(" ", "microseconds")


def read(path: Path, kind: str, length: int | None = None) -> list[Event]:
    """The rows of an event file, in order; of our own files only the drained `length` in bytes.

    A foreign file's last row is taken as it is. What can't be read as a row is left out.

    Raises:
        OSError: the file can't be read.
    """
    with path.open("rb") as file:
        data = file.read(-1 if length is None else length)
    return parse(data.decode("utf-8", "replace"), kind)


def parse(text: str, kind: str) -> list[Event]:
    """The rows of an event file's text, in order."""
    if kind in JSON_LINES:
        events = [_json_line(line, kind) for line in text.split("\n") if line.strip()]
    else:
        events = [_fields(line.rstrip("\r").split("|", 2), kind) for line in text.split("\n")]
    return [event for event in events if event is not None]


def _json_line(line: str, kind: str) -> Event | None:
    try:
        fields = json.loads(line)
        value = fields[kind]
        if kind in _NESTED and isinstance(value, str):
            value = json.loads(value)
        return Event(_step(fields.get("step")), str(fields["timestamp"]), value)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return None


def _fields(fields: list[str], kind: str) -> Event | None:
    if len(fields) < 3 or fields[0] == "step":
        return None
    step, timestamp, payload = fields
    try:
        value: Json = float(payload) if kind == "metric" else _numbered(kind, json.loads(payload))
        return Event(_step(step), timestamp, value)
    except (ValueError, OverflowError):
        return None


def _numbered(kind: str, value: Json) -> Json:
    """`value` with numbers where numbers belong and are spelled out."""
    if not isinstance(value, dict):
        return value
    return {name: _number(each) if name in _NUMBERS.get(kind, ()) else each for name, each in value.items()}


def _number(value: Json) -> Json:
    if isinstance(value, list):
        return [_number(each) for each in value]
    return float(value) if isinstance(value, str) and value in _SPELLED else value


def _step(step: object) -> int | None:
    if step is None or step == "":
        return None
    try:
        return int(str(step))
    except ValueError:
        return int(float(str(step)))  # pandas writes whole numbers beside missing ones as `1.0`
