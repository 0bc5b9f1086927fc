"""Runs that may be taken from earlier ones, one after the other or beside each other."""

from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve

from polyaxon_sdk.polyflow import V1Cache
from polyaxon_sdk.runner.carrying import Nobody
from polyaxon_sdk.runner.executors.process import ProcessExecutor
from polyaxon_sdk.runner.lifecycle import Outcome, carry_out
from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runner.reuse.reusing import Reusing
from polyaxon_sdk.runs.state import RunState
from polyaxon_sdk.settings import Settings
from tests.runner.conftest import MakePlan

Run = Callable[..., RunState]


@pytest.fixture
def run(settings: Settings, plan_of: MakePlan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Carries a line of the shell out as a run of a pipeline, or takes it from an earlier run; the run."""
    for name in ("TRACK_CODE", "TRACK_ENV", "COLLECT_RESOURCES"):
        monkeypatch.setenv(f"POLYAXON_{name}", "false")

    def carry(plan: Plan) -> Outcome:
        return carry_out(plan, settings=settings, executor=ProcessExecutor(), watcher=Nobody(), patience=0.0)

    def run(
        script: str = "echo 1 >> ran", *, pipeline: str = "", cache: V1Cache | None = None, **fields: object
    ) -> RunState:
        plan = plan_of({"command": ["/bin/sh", "-c"], "args": [script]}, **fields)
        plan = evolve(plan, operation=evolve(plan.operation, cache=cache))
        reusing = Reusing(settings, carry=carry, tell=lambda line: None, pipeline=pipeline)
        state = reusing.carry(plan).state
        assert state is not None
        return state

    return run


def times_ran(folder: Path) -> int:
    """How often the line of the shell was carried out."""
    file = folder / "ran"
    return len(file.read_text().split()) if file.exists() else 0
