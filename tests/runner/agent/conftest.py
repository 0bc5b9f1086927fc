"""Operations on a schedule, and what became of them."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from polyaxon_sdk.polyflow import V1Operation, read
from polyaxon_sdk.runner.carrying import Nobody, carry_out_whole, plan_any
from polyaxon_sdk.runner.draft import Labels, draft
from polyaxon_sdk.runner.executors.process import ProcessExecutor
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import RunState, read_run
from polyaxon_sdk.settings import Settings
from tests.polling import eventually

Begin = Callable[..., RunState]


@pytest.fixture
def begin(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Begin:
    """Runs an operation that writes its time down, on a schedule with these fields; the run of the schedule.

    `run` is in the place of its job, `above` are fields of the operation.
    """
    for name in ("TRACK_CODE", "TRACK_ENV", "COLLECT_RESOURCES"):
        monkeypatch.setenv(f"POLYAXON_{name}", "false")

    def begin(script: str = "echo {{ globals.schedule_at }} >> beats", **schedule: object) -> RunState:
        job = {"kind": "job", "container": {"command": ["sh", "-c"], "args": [script]}}
        hourly = {} if "kind" in schedule else {"kind": "interval", "frequency": 3600}
        fields = {**hourly, **schedule}
        run, above = fields.pop("run", job), fields.pop("above", {})
        assert isinstance(above, dict)
        inputs = [
            {"name": "api_token", "type": "str", "value": fields.pop("token", None), "isOptional": True},
            {"name": "pace", "type": "int", "value": 7200, "isOptional": True},
        ]
        component = {"kind": "component", "name": "beat", "inputs": inputs, "run": run}
        data = {"kind": "operation", "schedule": fields, "component": component}
        operation = read(V1Operation, {**data, **above})
        plan = plan_any(draft(operation, settings=settings, params={}, labels=Labels()))
        outcome = carry_out_whole(plan, settings=settings, executor=ProcessExecutor(), watcher=Nobody())
        assert outcome.state is not None
        return outcome.state

    return begin


def beats(folder: Path, count: int) -> list[float]:
    """The times that runs wrote down, in seconds since the epoch, once there are so many."""
    file = folder / "beats"
    eventually(lambda: file.exists() and len(file.read_text().splitlines()) >= count, timeout=120)
    return [datetime.fromisoformat(line).timestamp() for line in file.read_text().splitlines()]


def children(settings: Settings, schedule: RunState) -> list[RunState]:
    states = [read_run(RunFolder(path)) for path in settings.runs.iterdir() if path.name != schedule.uuid]
    return sorted(states, key=lambda state: state.created_at or 0.0)
