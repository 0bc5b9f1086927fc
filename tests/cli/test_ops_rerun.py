"""A run again, with the code that it had."""

import json
from pathlib import Path

import pytest

from tests.terminal import Terminal

FILE = """
from helper import factor
from polyaxon_sdk import component, dag

@component
def train(epochs: int) -> float:
    return epochs * factor()

@dag
def walk(epochs: int) -> None:
    train(epochs)
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


def changed(terminal: Terminal) -> None:
    """Files that are no more what they were."""
    (terminal.folder / "train.py").write_text("raise SystemExit('changed')")
    (terminal.folder / "helper.py").unlink()


@pytest.mark.parametrize("words", ["train --epochs 3,3", "walk --epochs 3"])
def test_a_pipeline_has_the_code_of_its_runs(words: str, terminal: Terminal) -> None:
    first = json.loads(terminal.type(f"polyaxon run -pm train.py:{words} -o json").stdout)
    changed(terminal)
    done = terminal.type(f"polyaxon ops rerun -uid {first['uuid']} -o json")
    again = json.loads(done.stdout)
    assert (again["status"], again["kind"], again["inputs"]) == (
        "succeeded",
        first["kind"],
        first["inputs"],
    ), done
    runs = json.loads(terminal.type(f"polyaxon ops ls -q pipeline:{again['uuid']} -o json").stdout)["results"]
    assert {(run["outputs"]["result"], run.get("original")) for run in runs} == {(1.5, None)}


def test_a_recorded_call_is_run_again(terminal: Terminal) -> None:
    (terminal.folder / "main.py").write_text("from train import train\ntrain.record(3)\ntrain.record(4)\n")
    terminal.type("python main.py")
    changed(terminal)
    done = terminal.type("polyaxon ops rerun -o json")
    again = json.loads(done.stdout)
    assert (again["status"], again["inputs"], again["outputs"]) == (
        "succeeded",
        {"epochs": 4},
        {"result": 2.0},
    ), done


def test_a_script_is_told_that_it_has_no_function(terminal: Terminal) -> None:
    (terminal.folder / "main.py").write_text("from polyaxon_sdk import tracking\ntracking.init()\n")
    terminal.type("python main.py")
    done = terminal.type("polyaxon ops rerun")
    assert (done.returncode, "called no function to be recorded" in done.stderr) == (2, True), done


def test_a_param_of_a_restart_is_read_as_one_of_a_run(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "job.yml").write_text(
        "kind: component\ninputs: [{name: names, type: str, isList: true}]\n"
        "run: {kind: job, container: {command: [echo, '{{ names }}']}}\n"
    )
    terminal.type("polyaxon run -f job.yml -P names=[adam,sgd]")
    done = terminal.type("polyaxon ops restart -P names=[sgd,adam]")
    assert (done.returncode, terminal.last_run()["inputs"]) == (0, {"names": ["sgd", "adam"]}), done
