"""Pipelines whose runner was killed go on where they were."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1Operation, read
from polyaxon_sdk.runner.rerun import Changes, resume
from polyaxon_sdk.runner.stop import stop
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import Settings
from tests.polling import eventually
from tests.runner.pipelines.conftest import all_states, started, states

pytestmark = pytest.mark.system

TRACKED = """
import sys, time
from pathlib import Path
from polyaxon_sdk import tracking

tracking.init()
with open(f"{sys.argv[1]}.ran", "a") as file:
    print(sys.argv[2], file=file)
while not Path("go").exists():
    time.sleep(0.05)
tracking.log_outputs(loss=float(sys.argv[2]))
"""
DAG = """
kind: component
name: pipeline
run:
  kind: dag
  operations:
  - name: first
    component: {run: {kind: job, container: {command: [sh, -c], args: ["echo 1 >> first.ran"]}}}
  - name: slow
    dependencies: [first]
    component:
      outputs: [{name: loss, type: float}]
      run: {kind: job, container: {command: [python, tracked.py, slow, "1"]}}
  - name: inner
    dependencies: [first]
    component:
      run:
        kind: dag
        operations:
        - name: deep
          component: {run: {kind: job, container: {command: [sh, -c], args: ["echo 1 >> deep.ran"]}}}
        - name: late
          dependencies: [deep]
          component: {run: {kind: job, container: {command: [python, tracked.py, late, "1"]}}}
  - name: after
    params: {loss: {ref: ops.slow, value: outputs.loss}}
    component:
      inputs: [{name: loss, type: float}]
      run: {kind: job, container: {command: [sh, -c], args: ["echo 1 >> after.ran"]}}
"""
SEARCH = """
kind: component
name: pipeline
inputs: [{name: x, type: float}]
outputs: [{name: loss, type: float}]
run: {kind: job, container: {command: [python, tracked.py, search, "{{ x }}"]}}
"""
MATRIX = """
kind: operation
matrix: {kind: random, numRuns: 3, concurrency: 1, params: {x: {kind: uniform, value: [0, 1]}}}
pathRef: search.yml
"""
Start = Callable[[str, str], subprocess.Popen[bytes]]


def ran(folder: Path, name: str) -> list[str]:
    path = folder / f"{name}.ran"
    return path.read_text().split() if path.exists() else []


@pytest.fixture
def start(settings: Settings, tmp_path: Path) -> Iterator[Start]:
    """Runs a file until a process of it has written its mark."""
    (tmp_path / "tracked.py").write_text(TRACKED)
    (tmp_path / "search.yml").write_text(SEARCH)
    runners: list[subprocess.Popen[bytes]] = []

    def run(text: str, mark: str) -> subprocess.Popen[bytes]:
        (tmp_path / "file.yml").write_text(text)
        runners.append(started("run", "-f", "file.yml"))
        eventually(lambda: bool(ran(tmp_path, mark)), timeout=120)
        return runners[-1]

    yield run
    (tmp_path / "go").touch()
    for process in runners:
        process.kill()
        process.wait()


def resumed(uuid: str) -> int:
    return started("ops", "resume", "-uid", uuid).wait(300)


def test_a_dag_keeps_what_is_over_and_waits_for_what_runs(
    start: Start, settings: Settings, tmp_path: Path
) -> None:
    runner = start(DAG, "slow")
    eventually(lambda: bool(ran(tmp_path, "late")), timeout=120)
    runner.kill()
    runner.wait()
    before = states(settings)
    (tmp_path / "go").touch()
    assert resumed(before["pipeline"].uuid) == 0
    after = states(settings)
    assert [len(ran(tmp_path, name)) for name in ("first", "slow", "deep", "late", "after")] == [1] * 5
    assert {name: after[name].uuid for name in before} == {name: before[name].uuid for name in before}
    assert after["after"].inputs == {"loss": 1.0}


def test_what_failed_meanwhile_is_run_again(start: Start, settings: Settings, tmp_path: Path) -> None:
    runner = start(DAG, "slow")
    runner.kill()
    runner.wait()
    stop(RunFolder(settings.runs / states(settings)["slow"].uuid))
    (tmp_path / "go").touch()
    assert resumed(states(settings)["pipeline"].uuid) == 0
    assert [len(ran(tmp_path, name)) for name in ("first", "slow", "after")] == [1, 2, 1]


def test_a_search_suggests_nothing_anew(start: Start, settings: Settings, tmp_path: Path) -> None:
    runner = start(MATRIX, "search")
    runner.kill()
    runner.wait()
    [begun] = ran(tmp_path, "search")
    (tmp_path / "go").touch()
    search = next(state for state in all_states(settings) if state.kind == "matrix")
    assert resumed(search.uuid) == 0
    marks = ran(tmp_path, "search")
    assert (marks[0], len(set(marks)), len(marks)) == (begun, 3, 3)


def test_a_pipeline_that_goes_on_is_not_resumed(start: Start, settings: Settings) -> None:
    start(DAG, "slow")
    with pytest.raises(InputError, match="is running"):
        resume(settings, RunFolder(settings.runs / states(settings)["pipeline"].uuid))


def test_a_pipeline_is_resumed_as_it_was(start: Start, settings: Settings, tmp_path: Path) -> None:
    runner = start(DAG, "slow")
    runner.kill()
    runner.wait()
    folder = RunFolder(settings.runs / states(settings)["pipeline"].uuid)
    with pytest.raises(InputError, match="goes on as it is"):
        resume(settings, folder, Changes(over=read(V1Operation, {"name": "other"})))
