"""The tree of a pipeline that goes on."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from io import StringIO
from pathlib import Path
from time import time

import pytest
from rich.console import Console

from polyaxon_sdk.cli.growing import tree_of
from polyaxon_sdk.client.branches import Branch
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import RecordWriter


def begin(
    home: Path, name: str, *statuses: str, within: RunFolder | None = None, kind: str = "job"
) -> RunFolder:
    """A run with these statuses, which another one began."""
    folder = RunFolder(home / "runs" / new_uuid()).create()
    record = RecordWriter(folder)
    record.append("created", name=name, kind=kind)
    for status in ("created", *statuses):
        record.append("status", status=status, reason="", message="")
    record.close()
    if within is not None:
        parent = RecordWriter(within)
        parent.append("began", key=name, run=folder.uuid)
        parent.close()
    return folder


@pytest.fixture
def pipeline(home: Path) -> RunFolder:
    return begin(home, "flow", "running", kind="dag")


def shown(folder: RunFolder, *, rows: int = 20) -> list[str]:
    """The lines of the tree, without uuids."""
    root = Branch(folder)
    root.look()
    console = Console(file=StringIO(), width=100)
    with console.capture() as captured:
        console.print(tree_of(root, rows=rows, now=time()))
    return [
        " ".join(word for word in line.split() if len(word) != 12) for line in captured.get().splitlines()
    ]


def test_each_run_has_a_line(home: Path, pipeline: RunFolder) -> None:
    begin(home, "first", "running", "succeeded", within=pipeline)
    begin(home, "second", "queued", within=pipeline)
    lines = shown(pipeline)
    assert [line.split()[1:3] for line in lines[1:]] == [["first", "succeeded"], ["second", "queued"]]
    assert lines[0].endswith("1 over")


@pytest.mark.parametrize(
    ("kind", "operation"),
    [
        ("dag", {"run": {"kind": "dag", "operations": [{"name": name} for name in "abcd"]}}),
        (
            "matrix",
            {"matrix": {"kind": "grid", "params": {"x": {"kind": "choice", "value": [1, 2, 3, 4]}}}},
        ),
    ],
)
def test_what_has_not_started_counts_among_what_is_to_come(
    home: Path, kind: str, operation: dict[str, object]
) -> None:
    pipeline = begin(home, "flow", "running", kind=kind)
    pipeline.operation.write_text(json.dumps(operation))
    begin(home, "first", "succeeded", within=pipeline)
    begin(home, "second", "running", within=pipeline)
    assert shown(pipeline)[0].endswith("1 of 4 over")


def test_runs_of_a_pipeline_within_that_failed_stay(home: Path, pipeline: RunFolder) -> None:
    inner = begin(home, "inner", "running", "failed", within=pipeline)
    begin(home, "deep", "failed", within=inner)
    assert shown(pipeline)[-1] == "└── deep failed"


def test_runs_of_a_pipeline_within_stand_below_it_while_it_goes_on(home: Path, pipeline: RunFolder) -> None:
    inner = begin(home, "inner", "running", within=pipeline)
    begin(home, "deep", "queued", within=inner)
    assert shown(pipeline)[-1] == "└── deep queued"


def test_what_goes_on_is_shown_first_where_there_is_no_room(home: Path, pipeline: RunFolder) -> None:
    for number in range(8):
        begin(home, f"done-{number}", "succeeded", within=pipeline)
    begin(home, "bad", "failed", within=pipeline)
    begin(home, "going", "queued", within=pipeline)
    lines = shown(pipeline, rows=5)
    assert [line.split()[1] for line in lines[1:-1]] == ["done-7", "bad", "going"]
    assert lines[-1] == "└── and 7 more: 7 succeeded"


def test_a_run_that_was_taken_from_an_earlier_one_says_so(home: Path, pipeline: RunFolder) -> None:
    folder = begin(home, "first", "succeeded", within=pipeline)
    record = RecordWriter(folder)
    record.append("reuse", reused=True, why="as run 0f")
    record.close()
    assert shown(pipeline)[-1] == "└── first succeeded (reused)"


def test_a_service_says_where_it_answers_while_it_goes_on(home: Path, pipeline: RunFolder) -> None:
    inner = begin(home, "inner", "running", within=pipeline)
    record = RecordWriter(begin(home, "web", "running", within=inner))
    record.append("meta", values={"urls": ["http://127.0.0.1:6006/", "http://127.0.0.1:6007/"]})
    record.close()
    assert shown(pipeline)[-1].endswith(" s at http://127.0.0.1:6006/")
    record.append("status", status="stopped", reason="", message="")
    record.close()
    assert "http" not in shown(pipeline)[-1]


def test_a_look_sees_what_is_new(home: Path, pipeline: RunFolder) -> None:
    root = Branch(pipeline)
    root.look()
    folder = begin(home, "first", "queued", within=pipeline)
    root.look()
    record = RecordWriter(folder)
    record.append("status", status="failed", reason="", message="")
    record.close()
    root.look()
    assert [branch.status for branch in root.branches.values()] == ["failed"]


def typed_at(terminal: int) -> Iterator[bytes]:
    with suppress(OSError):  # the other end is closed
        while data := os.read(terminal, 1 << 16):
            yield data


@pytest.mark.system
def test_a_terminal_shows_it_and_keeps_how_it_ended(home: Path, environment: dict[str, str]) -> None:
    step = "component: {run: {kind: job, container: {command: [sh, -c, 'until test -e seen; do sleep 0.1; done']}}}"
    (home.parent / "flow.yml").write_text(
        f"kind: component\nname: flow\nrun:\n  kind: dag\n  operations:\n  - {{name: step, {step}}}\n"
    )
    here, there = pty.openpty()
    words = [sys.executable, "-m", "polyaxon_sdk", "run", "-f", "flow.yml"]
    environ = {**environment, "TERM": "xterm", "COLUMNS": "100", "LINES": "30"}
    with subprocess.Popen(words, cwd=home.parent, stdout=there, env=environ) as process:
        os.close(there)
        typed = b""
        for data in typed_at(here):
            typed += data
            if "└── ".encode() in typed:
                (home.parent / "seen").touch()
    os.close(here)
    text = typed.decode()
    assert process.returncode == 0
    assert ("└── " in text, text.count("\x1b[?25l"), text.count("\x1b[?25h")) == (True, 1, 1)
    before, _, after = text.rpartition("\x1b[?25h")
    assert ("1 of 1 over" in before.rpartition("\x1b[2K")[2], "\x1b[32msucceeded" in after) == (True, True)
