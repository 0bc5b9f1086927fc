"""Trials that go on in vain are stopped while the search goes on; rules that end a search stop what runs."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from polyaxon_sdk.runner.carrying import Nobody, carry_out_any, plan_any
from polyaxon_sdk.runner.executors.process import ProcessExecutor
from polyaxon_sdk.runner.rerun import resume
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import RunState
from polyaxon_sdk.settings import Settings
from tests.runner.pipelines.conftest import RunPipeline, Runs, all_states

pytestmark = pytest.mark.system

TRIAL = """
import signal, sys, time
from pathlib import Path
from polyaxon_sdk import tracking

def leave(*_):
    Path(f"left {sys.argv[1]}").touch()
    sys.exit(0)

good, does = float(sys.argv[1]), sys.argv[2]
run = tracking.init()
signal.signal(signal.SIGTERM, signal.SIG_IGN if does == "ignores" else leave)
while good >= 0.5 and not Path("waits").exists():  # what they log asks the other one to end, who has to hear it
    time.sleep(0.05)
for step in range(1, 6):
    run.log_metrics(step=step, accuracy=good)
if good < 0.5:
    Path("waits").touch()
    time.sleep(600)
while does == "stays" and not list(Path().glob("left *")):
    time.sleep(0.05)
run.log_outputs(accuracy=good)
sys.exit(does == "fails")
"""
Search = Callable[..., tuple[RunState, dict[object, RunState]]]


@pytest.fixture
def search(run_pipeline: RunPipeline, settings: Settings, tmp_path: Path) -> Search:  # it stands there
    """Carries trials out, all at once; the search, and its runs by how good they are."""
    (tmp_path / "trial.py").write_text(TRIAL)

    def carry_out(
        *trials: tuple[float, str], rule: dict[str, Any]
    ) -> tuple[RunState, dict[object, RunState]]:
        pipeline, runs = run_pipeline(
            inputs=[{"name": "good", "type": "float"}, {"name": "does", "type": "str"}],
            matrix={
                "kind": "mapping",
                "values": [{"good": good, "does": does} for good, does in trials],
                "concurrency": len(trials),
                "metric": {"name": "accuracy", "optimization": "maximize"},
                "earlyStopping": [rule],
            },
            run={
                "kind": "job",
                "container": {"command": [sys.executable, "trial.py", "{{ good }}", "{{ does }}"]},
            },
        )
        return pipeline, _by_good(runs)

    return carry_out


def _by_good(runs: Runs) -> dict[object, RunState]:
    return {state.inputs["good"]: state for states in runs.values() for state in states}


def reached(policy: dict[str, Any] | None = None, value: float = 0.8) -> dict[str, Any]:
    """A rule that goes by the accuracy."""
    rule = {
        "kind": "metric_early_stopping",
        "metric": "accuracy",
        "value": value,
        "optimization": "maximize",
    }
    return rule if policy is None else {**rule, "policy": policy}


@pytest.mark.parametrize(
    "policy",
    [
        {"kind": "median", "minInterval": 3},
        {"kind": "diff", "percent": 20},
        {"kind": "truncation", "percent": 50},
        {"kind": "truncation", "percent": 50, "includeSucceeded": True},
    ],
    ids=["median", "diff", "truncation", "truncation with ended ones"],
)
def test_a_trial_that_is_worse_is_asked_to_end(
    search: Search, tmp_path: Path, policy: dict[str, Any]
) -> None:
    pipeline, ended = search((0.1, "waits"), (0.9, "stays"), rule=reached(policy))
    assert (pipeline.status, ended[0.9].status, ended[0.1].status) == ("succeeded", "succeeded", "stopped")
    assert (tmp_path / "left 0.1").exists()
    assert _why(ended[0.1]).startswith("accuracy 0.1 is ")


def test_a_trial_that_was_worse_is_not_run_again_where_its_search_is_resumed(
    search: Search, settings: Settings
) -> None:
    rule = reached({"kind": "diff", "percent": 20})
    pipeline, ended = search((0.1, "waits"), (0.9, "stays"), (0.8, "fails"), rule=rule)
    assert (ended[0.1].status, ended[0.8].status) == ("stopped", "failed")
    plan = plan_any(resume(settings, RunFolder(settings.runs / pipeline.uuid)))
    carry_out_any(plan, settings=settings, executor=ProcessExecutor(), watcher=Nobody())
    runs = [state.inputs["good"] for state in all_states(settings) if state.uuid != pipeline.uuid]
    assert sorted(map(str, runs)) == ["0.1", "0.8", "0.8", "0.9"]


def test_a_goal_that_is_reached_asks_what_runs_to_end(search: Search, tmp_path: Path) -> None:
    pipeline, ended = search((0.1, "waits"), (0.9, "succeeds"), rule=reached())
    assert (pipeline.status, pipeline.conditions[-1].reason) == ("succeeded", "EarlyStopping")
    assert (ended[0.1].status, _why(ended[0.1])) == ("stopped", "accuracy is 0.9")
    assert (tmp_path / "left 0.1").exists()


def test_a_goal_counts_that_a_trial_reaches_while_all_go_on(search: Search) -> None:
    pipeline, ended = search((0.1, "waits"), (0.9, "stays"), rule=reached())
    assert (pipeline.status, pipeline.conditions[-1].message) == ("succeeded", "accuracy is 0.9")
    assert ended[0.1].status == "stopped"
    assert pipeline.outputs["best_run"] == ended[0.9].uuid


def test_too_many_failures_ask_what_runs_to_end(search: Search, tmp_path: Path) -> None:
    rule = {"kind": "failure_early_stopping", "percent": 40}
    pipeline, ended = search((0.1, "waits"), (0.9, "fails"), rule=rule)
    assert (pipeline.status, pipeline.conditions[-1].reason) == ("failed", "EarlyStopping")
    assert (ended[0.9].status, ended[0.1].status) == ("failed", "stopped")
    assert (tmp_path / "left 0.1").exists()


def test_a_trial_that_does_not_end_is_killed(search: Search, tmp_path: Path) -> None:
    policy = {"kind": "diff", "percent": 20}
    pipeline, ended = search((0.1, "ignores"), (0.9, "succeeds"), rule=reached(policy))
    assert (pipeline.status, ended[0.1].status) == ("succeeded", "stopped")
    assert not (tmp_path / "left 0.1").exists()


def _why(state: RunState) -> str:
    """What the run was asked to end for."""
    return next(each.message for each in state.conditions if each.reason == "EarlyStopping")
