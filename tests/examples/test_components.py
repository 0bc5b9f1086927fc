"""The example of a component, in each of its forms."""

import json
from pathlib import Path

import pytest

from tests.house import ROOT
from tests.terminal import Terminal

pytestmark = pytest.mark.system

DATA = "data=examples/components/points.csv"
FORMS = ["-pm examples/components/fit.py:fit", "-f examples/components/fit.yml"]


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(ROOT, tmp_path / "home")


def test_the_function_and_its_polyaxonfile_compile_to_the_same(terminal: Terminal) -> None:
    ours, theirs = (terminal.type(f"polyaxon compile {form} -P {DATA} -o json").stdout for form in FORMS)
    assert json.loads(ours) == json.loads(theirs)


@pytest.mark.parametrize("form", FORMS)
def test_both_are_the_same_run(form: str, terminal: Terminal) -> None:
    done = terminal.type(f"polyaxon run {form} -P {DATA} -P epochs=200 -P rate=0.05")
    run = terminal.last_run()
    assert (done.returncode, run["status"], run["outputs"]["steps"]) == (0, "succeeded", 200), done
    assert run["outputs"]["loss"] < 0.05
    kept = terminal.home / "runs" / run["outputs"]["model"]
    assert json.loads(kept.read_text())["slope"] == pytest.approx(2, abs=0.2)


def test_a_value_out_of_bounds_is_told_before_anything_runs(terminal: Terminal) -> None:
    done = terminal.type(f"polyaxon run {FORMS[0]} -P {DATA} -P rate=2")
    assert done.returncode != 0
    assert "rate: 2.0 is not allowed, expected at most 1" in done.stderr


def test_the_function_is_a_script(terminal: Terminal) -> None:
    done = terminal.type("python examples/components/fit.py --data examples/components/points.csv --epochs 3")
    run = terminal.last_run()
    assert (done.returncode, run["status"], run["outputs"]["steps"]) == (0, "succeeded", 3), done
