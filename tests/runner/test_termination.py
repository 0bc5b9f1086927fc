"""Retries and time limits of runs (semantics 1.12)."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from polyaxon_sdk.runner.lifecycle import Outcome
from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runs.state import RunState
from tests.runner.conftest import MakePlan, Memory, shell

pytestmark = pytest.mark.system

RunPlan = Callable[[Plan], Outcome]

RAISING = """
from pathlib import Path

from polyaxon_sdk import tracking

tracking.init()
tries = len(Path("tries").read_text()) + 1 if Path("tries").exists() else 1
Path("tries").write_text("." * tries)
tracking.log_outputs(tries=tries)
if tries < 2:
    raise RuntimeError("not yet")
"""


def statuses(state: RunState) -> list[str]:
    return [each.status for each in state.conditions]


def state_of(outcome: Outcome) -> RunState:
    assert outcome.state is not None
    return outcome.state


def test_a_run_that_fails_is_tried_again(plan_of: MakePlan, run_plan: RunPlan, watcher: Memory) -> None:
    script = "echo try; test -e there || { touch there; exit 3; }"
    state = state_of(run_plan(plan_of(shell(script), termination={"maxRetries": 3})))
    assert statuses(state)[4:] == ["running", "resuming", "retrying", "running", "succeeded"]
    assert watcher.told == ["exit code 3; retry 1 of 3 in 1 s"]
    assert watcher.printed == b"try\n--- attempt 2 ---\ntry\n"


def test_a_run_that_fails_too_often_has_failed(plan_of: MakePlan, run_plan: RunPlan) -> None:
    state = state_of(run_plan(plan_of(shell("exit 3"), termination={"maxRetries": 1})))
    assert (statuses(state).count("running"), state.status) == (2, "failed")


def test_a_script_that_tells_its_failure_is_tried_again(
    plan_of: MakePlan, run_plan: RunPlan, tmp_path: Path
) -> None:
    (tmp_path / "train.py").write_text(RAISING)
    container = {"command": [sys.executable, "train.py"]}
    state = state_of(run_plan(plan_of(container, termination={"maxRetries": 2})))
    assert (state.status, state.outputs["tries"]) == ("succeeded", 2)


@pytest.mark.parametrize("script", ["exec sleep 600", "trap 'exit 0' TERM; sleep 600 & wait"])
def test_a_run_that_takes_too_long_is_stopped_and_has_failed(
    plan_of: MakePlan, run_plan: RunPlan, script: str
) -> None:
    state = state_of(run_plan(plan_of(shell(script), termination={"timeout": 1, "maxRetries": 5})))
    assert state.conditions[-1][:3] == ("failed", "Timeout", "not over within 1 s")
    assert statuses(state).count("running") == 1
