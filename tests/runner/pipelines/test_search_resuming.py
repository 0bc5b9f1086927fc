"""Searches whose runner is killed at any moment go on to their total, and repeat nothing."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import sleep
from typing import Any

import pytest

from polyaxon_sdk.runs.state import RunState
from polyaxon_sdk.settings import Settings
from tests.polling import eventually
from tests.runner.pipelines.conftest import all_states, started

pytestmark = pytest.mark.system

TRIALS = int(os.environ.get("POLYAXON_TEST_TRIALS", "2"))
_WHILE_SOME_ARE_LEFT = 0.4
"""Seconds after which a search of six short runs, two of which began, has some to suggest still."""
METRIC = {"name": "loss", "optimization": "minimize"}
EPOCHS = {"name": "epochs", "type": "int"}
LINE = {"x": {"kind": "uniform", "value": [0, 1]}}
OTHER = {"x": {"kind": "uniform", "value": [2, 3]}}
RANDOM = {"kind": "random", "numRuns": 6, "params": LINE}
ASHA = {
    "kind": "asha",
    "numRuns": 6,
    "maxIterations": 3,
    "resource": EPOCHS,
    "metric": METRIC,
    "params": LINE,
}
TPE = {"kind": "tpe", "numRuns": 2, "maxIterations": 3, "metric": METRIC, "params": LINE}
BAYES = {"kind": "bayes", "numInitialRuns": 3, "maxIterations": 3, "metric": METRIC, "params": LINE}
TRIAL = """
import sys, time
from polyaxon_sdk import tracking

run = tracking.init()
with open("ran", "a") as file:
    print(*sys.argv[1:], file=file)
time.sleep(0.1)
run.log_outputs(loss=float(sys.argv[1]) / int(sys.argv[2]))
with open("done", "a") as file:
    print(*sys.argv[1:], file=file)
"""
Write = Callable[..., Path]


@pytest.fixture
def write(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Write:  # it stands in the folder
    """Writes a search of a trial."""
    for name in ("TRACK_CODE", "TRACK_ENV", "COLLECT_RESOURCES"):
        monkeypatch.setenv(f"POLYAXON_{name}", "false")
    (tmp_path / "trial.py").write_text(TRIAL)

    def to_file(matrix: dict[str, Any], **component: Any) -> Path:
        document = {
            "kind": "operation",
            "matrix": {"concurrency": 2, **matrix},
            "component": {
                "inputs": [{"name": "x", "type": "float"}, {"name": "epochs", "type": "int", "value": 1}],
                "outputs": [{"name": "loss", "type": "float"}],
                "run": {
                    "kind": "job",
                    "container": {"command": ["python", "trial.py", "{{ x }}", "{{ epochs }}"]},
                },
                **component,
            },
        }
        file = tmp_path / "search.json"
        file.write_text(json.dumps(document))
        return file

    return to_file


def polyaxon(*words: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "polyaxon_sdk", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)


def killed(words: list[str], folder: Path, *, begun: int, after: float) -> bool:
    """Run a command and kill it so many seconds after so many trials had begun; whether it was not over by itself."""
    process = started(*words)
    eventually(lambda: process.poll() is not None or len(lines(folder, "ran")) >= begun, timeout=600)
    sleep(after)
    was_running = process.poll() is None
    process.kill()
    process.wait()
    return was_running


def searches(settings: Settings) -> list[RunState]:
    return [state for state in all_states(settings) if state.kind == "matrix"]


def lines(folder: Path, name: str) -> list[str]:
    path = folder / name
    return path.read_text().splitlines() if path.exists() else []


@pytest.mark.parametrize("trial", range(TRIALS))
def test_a_search_that_is_killed_at_any_moment_goes_on_to_its_total(
    write: Write, settings: Settings, tmp_path: Path, trial: int
) -> None:
    source = Random(trial)
    matrix = source.choice([RANDOM, ASHA, TPE, BAYES]) if trial else ASHA
    file = write(matrix)
    words = ["run", "-f", str(file)]
    for _ in range(3):
        begun = len(lines(tmp_path, "ran")) + source.randrange(3)
        if not killed(words, tmp_path, begun=begun, after=source.uniform(0, 0.5)):
            break
        if found := searches(settings):
            words = ["ops", "resume", "-uid", found[0].uuid]
    else:
        done = polyaxon(*words)
        assert done.returncode == 0, done.stderr
    [search] = searches(settings)
    trials = json.loads((settings.runs / search.uuid / "outputs" / "trials.json").read_text())["trials"]
    values = [f"{each['values']['x']} {each['values'].get('epochs', 1)}" for each in trials]
    drawn = [
        each for each in trials if each["values"].get("epochs", 1) == 1
    ]  # which are promoted, results decide
    assert (search.status, len(drawn), len(set(values))) == ("succeeded", 6, len(values))
    assert len(values) > 6 if matrix["kind"] == "asha" else len(values) == 6
    assert {each["status"] for each in trials} == {"succeeded"}
    assert set(lines(tmp_path, "ran")) == set(values)
    assert max(Counter(lines(tmp_path, "done")).values()) == 1


@pytest.fixture
def over(write: Write, settings: Settings) -> str:
    """A search of two runs that is over."""
    assert polyaxon("run", "-f", str(write({**RANDOM, "numRuns": 2}))).returncode == 0
    [search] = searches(settings)
    return search.uuid


def test_a_larger_budget_is_the_total(over: str, write: Write, settings: Settings, tmp_path: Path) -> None:
    done = polyaxon("ops", "resume", "-uid", over, "-f", str(write({**RANDOM, "numRuns": 4})))
    assert done.returncode == 0, done.stderr
    assert len(set(lines(tmp_path, "ran"))) == len(lines(tmp_path, "ran")) == 4
    assert [state.uuid for state in searches(settings)] == [over]


def test_a_search_that_became_another_is_refused(over: str, write: Write, tmp_path: Path) -> None:
    done = polyaxon("ops", "resume", "-uid", over, "-f", str(write({**RANDOM, "params": OTHER})))
    told = "matrix.params.x: was uniform 0.0:1.0, is uniform 2.0:3.0, expected --adopt-space"
    assert (done.returncode, told in " ".join(done.stderr.split())) == (2, True), done.stderr
    assert len(lines(tmp_path, "ran")) == 2


def test_another_space_is_adopted_where_that_is_asked_for(over: str, write: Write, tmp_path: Path) -> None:
    wider = {**RANDOM, "numRuns": 4, "params": OTHER}
    done = polyaxon("ops", "resume", "-uid", over, "-f", str(write(wider)), "--adopt-space")
    assert done.returncode == 0, done.stderr
    tried = [float(line.split()[0]) for line in lines(tmp_path, "ran")]
    assert [value > 1 for value in tried] == [False, False, True, True]


def adopted(write: Write, matrix: dict[str, Any], uuid: str) -> list[str]:
    """What goes on with a search in the other space."""
    file = write({**matrix, "params": OTHER})
    return ["ops", "resume", "-uid", uuid, "-f", str(file), "--adopt-space"]


@pytest.mark.parametrize("trial", range(TRIALS))
def test_what_was_suggested_in_another_space_and_is_not_done_gives_way(
    write: Write, settings: Settings, tmp_path: Path, trial: int
) -> None:
    matrix = [ASHA, TPE, BAYES, RANDOM][trial % 4]
    killed(["run", "-f", str(write(matrix))], tmp_path, begun=2, after=_WHILE_SOME_ARE_LEFT * trial / TRIALS)
    [search] = searches(settings)
    begun, before = {state.uuid for state in all_states(settings)}, lines(tmp_path, "ran")
    words = adopted(write, matrix, search.uuid)
    killed(words, tmp_path, begun=len(before) + 1, after=0.2)
    done = polyaxon(*words)  # a run of the old space that had begun may have been the one that was waited for
    assert done.returncode == 0, done.stderr
    since = [state.inputs for state in all_states(settings) if state.uuid not in begun]
    tried = [inputs["x"] for inputs in since if inputs]  # a runner may be killed while it makes a run
    assert {isinstance(x, float) and x > 1 for x in tried} == {True}
    trials = json.loads((settings.runs / search.uuid / "outputs" / "trials.json").read_text())["trials"]
    assert {each["status"] for each in trials} == {"succeeded"}
    assert sum("epochs" not in each["values"] or each["values"]["epochs"] == 1 for each in trials) == 6
    assert max(Counter(lines(tmp_path, "done")).values()) == 1
