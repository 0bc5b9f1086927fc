"""A pipeline of all kinds of runs whose runner is killed at any moment: what succeeded is kept, and runs once."""

import os
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from polyaxon_sdk.settings import Settings
from tests.runner.pipelines.conftest import states
from tests.runner.pipelines.kills import carried_through

pytestmark = pytest.mark.system

TRIALS = int(os.environ.get("POLYAXON_TEST_TRIALS", "1"))

STEP = """
import sys, time
from polyaxon_sdk import tracking
run = tracking.init()
time.sleep(0.3)
run.log_outputs(loss=0.5)
with open("ended.txt", "a") as file:
    print(sys.argv[1], file=file, flush=True)
"""

NOTE = """
kind: component
name: note
run: {kind: job, container: {command: [python, step.py, "note {{ name }}"]}}
"""

MAKE = """
kind: component
name: make
run: {kind: job, container: {command: [python, step.py, make]}}
"""

FLOW = """
kind: component
name: flow
cache: {disable: true}
run:
  kind: dag
  concurrency: 3
  operations:
  - name: first
    hooks: [{hubRef: note}]
    component: {run: {kind: job, container: {command: [python, step.py, first]}}}
  - name: built
    component:
      build: {hubRef: make}
      run: {kind: job, container: {command: [python, step.py, built]}}
  - name: search
    dependencies: [first]
    matrix: {kind: mapping, concurrency: 2, values: [{x: 1}, {x: 2}, {x: 3}]}
    component:
      inputs: [{name: x, type: int}]
      run: {kind: job, container: {command: [python, step.py, "trial {{ x }}"]}}
  - name: inner
    dependencies: [first]
    component:
      run:
        kind: dag
        operations:
        - name: deep
          hooks: [{hubRef: note}]
          component: {run: {kind: job, container: {command: [python, step.py, deep]}}}
        - name: deeper
          dependencies: [deep]
          component: {run: {kind: job, container: {command: [python, step.py, deeper]}}}
  - name: last
    dependencies: [search, inner, built]
    component: {run: {kind: job, container: {command: [python, step.py, last]}}}
"""
EACH = (
    "first",
    "note first",
    "make",
    "built",
    *(f"trial {at}" for at in (1, 2, 3)),
    "deep",
    "note deep",
    "deeper",
    "last",
)


@pytest.fixture
def _flow(settings: Settings, tmp_path: Path) -> None:
    """The file, its script, and the hub of what it names."""
    for name, text in (("note", NOTE), ("make", MAKE)):
        (settings.home / "hub" / name).mkdir(parents=True)
        (settings.home / "hub" / name / "latest.yaml").write_text(text)
    (tmp_path / "step.py").write_text(STEP)
    (tmp_path / "flow.yml").write_text(FLOW)


def ended(tmp_path: Path) -> Counter[str]:
    """How often each step came to its end."""
    file = tmp_path / "ended.txt"
    return Counter(file.read_text().splitlines() if file.exists() else [])


@pytest.mark.usefixtures("_flow")
@pytest.mark.parametrize("seed", range(TRIALS))
def test_all_kinds_of_runs_are_kept_or_gone_on_with(settings: Settings, tmp_path: Path, seed: int) -> None:
    carried_through(settings, "flow.yml", "flow", random=Random(seed), kills=4, most=3.0)
    assert states(settings)["flow"].status == "succeeded"
    assert ended(tmp_path) == Counter(EACH)
