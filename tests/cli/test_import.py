"""`polyaxon import` as a person types it."""

import json
from pathlib import Path

import pytest

from tests.terminal import Terminal

VIEW = {"uuid": "0123456789abcdef0123456789abcdef", "name": "first", "status": "succeeded"}
METRICS = "step|timestamp|metric\n0|2026-11-21 19:38:30.394173+00:00|1.0"


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """A terminal in a folder with a run of Polyaxon's offline mode."""
    run = tmp_path / "offline" / "first"
    (run / "events" / "metric").mkdir(parents=True)
    (run / "events" / "metric" / "loss.plx").write_text(METRICS)
    (run / "run.plx.json").write_text(json.dumps(VIEW))
    return Terminal(tmp_path, tmp_path / "home")


def test_a_table_says_that_the_run_is_the_same(terminal: Terminal) -> None:
    done = terminal.type("polyaxon import polyaxon-offline offline")
    (row,) = [line.split() for line in done.stdout.splitlines() if line.startswith("0123456789ab")]
    assert (done.returncode, row[1:]) == (0, ["imported", "yes", "1", "0", "1", "0", "first"])


def test_programs_get_all_of_it(terminal: Terminal) -> None:
    done = terminal.type("polyaxon import polyaxon-offline offline -p team/digits -o json")
    document = json.loads(done.stdout)
    (run,) = document["runs"]
    assert (document["is_right"], run["state"], run["uuid"]) == (True, "imported", VIEW["uuid"])
    assert run["series"] == [
        {
            "kind": "metric",
            "name": "loss",
            "count": {"source": 1, "here": 1},
            "last": {"source": 1.0, "here": 1.0},
            "is_same": True,
        }
    ]


def test_a_difference_is_exit_code_1_and_a_line(terminal: Terminal) -> None:
    terminal.type("polyaxon import polyaxon-offline offline")
    file = terminal.folder / "offline" / "first" / "events" / "metric" / "loss.plx"
    file.write_text(METRICS.replace("|1.0", "|2.0"))
    done = terminal.type("polyaxon import polyaxon-offline offline")
    assert done.returncode == 1
    assert "first: metric loss: the last is 2.0 at the source, 1.0 here" in done.stdout


def test_a_dry_run_brings_nothing(terminal: Terminal) -> None:
    done = terminal.type("polyaxon import polyaxon-offline offline --dry-run")
    assert (done.returncode, "new" in done.stdout, (terminal.home / "runs").exists()) == (0, True, False)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("tensorbord x", "unknown source 'tensorbord', expected tensorboard or mlflow or wandb or aim or "),
        ("polyaxon-offline nowhere", "nowhere: no run lies there, expected a folder with run.plx.json"),
        ("polyaxon-offline offline -p team/", "-p: 'team/' names no project, expected name or owner/name"),
    ],
)
def test_a_mistake_takes_a_line(terminal: Terminal, words: str, line: str) -> None:
    done = terminal.type(f"polyaxon import {words}")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert line in done.stderr
