"""Dags within dags that are taken whole from an earlier run."""

from collections.abc import Callable
from pathlib import Path

import pytest

from polyaxon_sdk.polyflow import V1Component, V1Operation, read
from polyaxon_sdk.runner.carrying import Nobody, carry_out_any, plan_any
from polyaxon_sdk.runner.draft import Labels, draft
from polyaxon_sdk.runner.executors.process import ProcessExecutor
from polyaxon_sdk.runner.reuse.whole import can_be_whole
from polyaxon_sdk.runs.state import RunState, read_run
from polyaxon_sdk.settings import Settings
from tests.runner.pipelines.conftest import Runs, runs_of, step

pytestmark = pytest.mark.system

RunDag = Callable[..., Runs]


@pytest.fixture
def run_dag(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> RunDag:
    """Carries a dag with one dag within it out, whose operation is given; the runs of both by their names."""
    for name in ("TRACK_CODE", "TRACK_ENV", "COLLECT_RESOURCES"):
        monkeypatch.setenv(f"POLYAXON_{name}", "false")

    def run(operation: dict[str, object], *, size: int = 1, **fields: object) -> Runs:
        inputs = [{"name": "size", "type": "int"}]
        inner = {"kind": "dag", "operations": [{"name": "one", "params": ASKS, **operation}]}
        outer = {
            "name": "inner",
            "params": {"size": {"value": size}},
            "component": {"inputs": inputs, "run": inner},
            **fields,
        }
        component = read(V1Component, {"kind": "component", "run": {"kind": "dag", "operations": [outer]}})
        drafted = draft(V1Operation(component=component), settings=settings, params={}, labels=Labels())
        plan = plan_any(drafted)
        carry_out_any(plan, settings=settings, executor=ProcessExecutor(), watcher=Nobody())
        found = runs_of(settings, read_run(plan.folder))
        return {**found, **runs_of(settings, found["inner"][0])}

    return run


ASKS = {"size": {"ref": "dag", "value": "inputs.size"}}
SIZED = [{"name": "size", "type": "int"}]


def reason(runs: Runs) -> str:
    """Why the inner dag was carried out, or not."""
    state: RunState = runs["inner"][0]
    return str(state.reuse["why"])


def test_the_same_dag_is_taken_whole(run_dag: RunDag) -> None:
    first = run_dag(step("true", inputs=SIZED))
    again = run_dag(step("true", inputs=SIZED))
    assert ("one" in first, "one" in again) == (True, False)
    assert again["inner"][0].original == first["inner"][0].uuid
    assert reason(again) == f"as run {first['inner'][0].uuid[:12]}: same inputs, code and init"


def test_another_input_is_told(run_dag: RunDag) -> None:
    first = run_dag(step("true", inputs=SIZED))
    again = run_dag(step("true", inputs=SIZED), size=2)
    assert reason(again) == f"input size is 2, was 1 (run {first['inner'][0].uuid[:12]})"


def test_the_line_of_a_script_within_it_that_changed_is_told(run_dag: RunDag, tmp_path: Path) -> None:
    operation = step("python3 train.py", inputs=SIZED)
    (tmp_path / "train.py").write_text("print(1)\n")
    first = run_dag(operation)
    (tmp_path / "train.py").write_text("print(2)\n")
    again = run_dag(operation)
    assert reason(again) == f"train.py:1 in the top changed: print(2) (run {first['inner'][0].uuid[:12]})"
    assert "one" in again


def test_one_that_waits_for_approval_is_carried_out_anew(settings: Settings) -> None:
    operation = {**step("true"), "name": "one", "isApproved": False}
    component = read(V1Component, {"kind": "component", "run": {"kind": "dag", "operations": [operation]}})
    drafted = draft(V1Operation(component=component), settings=settings, params={}, labels=Labels())
    assert can_be_whole(plan_any(drafted)) is False
