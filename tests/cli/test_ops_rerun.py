"""A run again, with the code that it had."""

import json
from pathlib import Path

import pytest

from tests.terminal import Terminal

FILE = """
from helper import factor
from polyaxon_sdk import component

@component
def train(epochs: int) -> float:
    return epochs * factor()
"""

pytestmark = pytest.mark.system


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    (tmp_path / "train.py").write_text(FILE)
    (tmp_path / "helper.py").write_text("def factor() -> float:\n    return 0.5\n")
    return Terminal(tmp_path, tmp_path / "home")


def test_it_has_the_same_inputs_and_the_same_code(terminal: Terminal, tmp_path: Path) -> None:
    terminal.type("polyaxon run -pm train.py:train --epochs 3")
    first = terminal.last_run()
    (tmp_path / "train.py").write_text("raise SystemExit('changed')")
    (tmp_path / "helper.py").write_text("def factor() -> float:\n    return 100\n")
    done = terminal.type(f"polyaxon ops rerun -uid {first['uuid']}")
    again = terminal.last_run()
    assert (done.returncode, again["uuid"] != first["uuid"]) == (0, True), done
    assert (again["inputs"], again["outputs"]) == ({"epochs": 3}, {"result": 1.5})


def test_a_run_of_a_command_is_told_how_to_start_again(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "job.yml").write_text("kind: component\nrun: {kind: job, container: {command: ['true']}}\n")
    terminal.type("polyaxon run -f job.yml")
    done = terminal.type("polyaxon ops rerun")
    assert done.returncode == 2
    assert "is none of a decorated function" in done.stderr
    assert "polyaxon ops restart" in done.stderr


def test_a_search_says_that_its_runs_keep_the_code(terminal: Terminal) -> None:
    search = json.loads(terminal.type("polyaxon run -pm train.py:train --epochs 1,2 -o json").stdout)
    done = terminal.type(f"polyaxon ops rerun -uid {search['uuid']}")
    assert done.returncode == 2
    assert "is a pipeline: each of its runs keeps its code" in done.stderr
