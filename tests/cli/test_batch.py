import json
import subprocess
import sys
from pathlib import Path

import pytest

from polyaxon_sdk.cli.batch import shown


def asked(*words: str, lines: str | bytes, cwd: Path | None = None) -> list[dict[str, object]]:
    """What `polyaxon WORDS --batch` answers to lines on its stdin."""
    done = subprocess.run(
        [sys.executable, "-m", "polyaxon_sdk", *words, "--batch"],
        input=lines.encode() if isinstance(lines, str) else lines,
        cwd=cwd,
        capture_output=True,
        timeout=120,
        check=True,
    )
    assert done.stderr == b""
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_each_request_is_answered_with_its_id() -> None:
    answers = asked("pql", lines='{"id": "a", "query": "x:1"}\n\n{"id": 2, "query": "y:2"}')
    assert [(each["id"], each["valid"]) for each in answers] == [("a", True), (2, True)]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("[1]", "this is no request, expected a JSON object"),
        ("{", "this is no JSON: Expecting property name"),
        ("[" * 100_000, "RecursionError: "),
        (b"\xff", "this is no JSON: "),
    ],
)
def test_what_is_no_request_is_told_and_the_next_one_is_answered(line: str | bytes, error: str) -> None:
    first = line.encode() if isinstance(line, str) else line
    wrong, right = asked("pql", lines=first + b'\n{"id": 1, "query": "x:1"}\n')
    assert str(wrong["error"]).startswith(error)
    assert (wrong["id"], wrong["valid"], right["valid"]) == (None, False, True)


def test_a_request_that_fails_keeps_its_id(tmp_path: Path) -> None:
    request = '{"id": 7, "path": "nope.plx", "kind": "metric"}\n'
    (answer,) = asked("events", lines=request, cwd=tmp_path)
    assert (answer["id"], answer["valid"]) == (7, False)


def test_events_are_answered_with_paths_from_the_working_directory(tmp_path: Path) -> None:
    (tmp_path / "loss.plx").write_text("step|timestamp|metric\n0|2024-01-02 03:04:05+00:00|nan")
    (answer,) = asked("events", lines='{"id": 1, "path": "loss.plx", "kind": "metric"}', cwd=tmp_path)
    expected = {"step": 0, "timestamp": "2024-01-02 03:04:05+00:00", "value": "nan"}
    assert answer == {"id": 1, "valid": True, "events": [expected]}


def test_numbers_that_json_lacks_are_names_at_any_depth() -> None:
    assert (
        shown({"a": [float("inf"), {"b": float("nan")}], "c": 1.5})
        == '{"a": ["inf", {"b": "nan"}], "c": 1.5}'
    )
