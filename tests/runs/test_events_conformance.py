"""Event files that Polyaxon's own tools wrote, read as they read them."""

import json
import os
from datetime import datetime
from math import isfinite
from pathlib import Path
from typing import Any

import pytest

from polyaxon_sdk.runs.events import Event, header, read, row, scalar_row

CORPUS = os.environ.get("POLYAXON_CONFORMANCE")
FOLDER = Path(CORPUS or "/nonexistent") / "open"
CASES = json.loads((FOLDER / "events.json").read_text()) if CORPUS else []
NAMES = [case["path"] for case in CASES]

pytestmark = pytest.mark.skipif(not CORPUS, reason="POLYAXON_CONFORMANCE names no corpus")


def shown(value: object) -> object:
    """A value as the corpus shows it: what JSON has no number for as text."""
    return value if not isinstance(value, float) or isfinite(value) else str(value)


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_a_file_reads_as_polyaxon_reads_it(case: dict[str, Any]) -> None:
    events = read(FOLDER / case["path"], case["kind"])
    found = [(event.step, instant(event.timestamp), shown(event.value)) for event in events]
    expected = [
        (each["step"], instant(each["timestamp"]), each["value"]) for each in case["expect"]["events"]
    ]
    assert found == expected


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_a_file_is_written_byte_for_byte_as_polyaxon_writes_it(case: dict[str, Any]) -> None:
    events = read(FOLDER / case["path"], case["kind"])
    written = header(case["kind"]) + b"".join(_row(case["kind"], event) for event in events)
    assert written == (FOLDER / case["path"]).read_bytes()


def _row(kind: str, event: Event) -> bytes:
    time = instant(event.timestamp).timestamp()
    if isinstance(event.value, float):
        return scalar_row(event.step, time, event.value)
    return row(kind, event.step, time, event.value)
