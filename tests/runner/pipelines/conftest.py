"""Pipelines of real processes."""

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from polyaxon_sdk.polyflow import V1Component, V1Operation, read
from polyaxon_sdk.runner.carrying import Nobody, carry_out_any, plan_any
from polyaxon_sdk.runner.draft import Labels, draft
from polyaxon_sdk.runner.executors.process import ProcessExecutor
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import RunState, read_run
from polyaxon_sdk.settings import Settings

Runs = dict[str, list[RunState]]
RunPipeline = Callable[..., tuple[RunState, Runs]]


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs without what is captured of their surroundings, which takes a sidecar longer than these runs."""
    for name in ("TRACK_CODE", "TRACK_ENV", "COLLECT_RESOURCES"):
        monkeypatch.setenv(f"POLYAXON_{name}", "false")


@pytest.fixture
def run_pipeline(settings: Settings) -> RunPipeline:
    """Carries a component with these fields out; the pipeline, and its runs by their names."""

    def run(**fields: Any) -> tuple[RunState, Runs]:
        params = fields.pop("params", {})
        component = read(V1Component, {"kind": "component", "name": "pipeline", **fields})
        drafted = draft(V1Operation(component=component), settings=settings, params=params, labels=Labels())
        plan = plan_any(drafted)
        carry_out_any(plan, settings=settings, executor=ProcessExecutor(), watcher=Nobody())
        pipeline = read_run(plan.folder)
        return pipeline, runs_of(settings, pipeline)

    return run


def started(*words: str) -> subprocess.Popen[bytes]:
    """A command in a session of its own; what it writes to stderr is shown where the test fails."""
    command = [sys.executable, "-m", "polyaxon_sdk", *words]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)


def runs_of(settings: Settings, pipeline: RunState) -> Runs:
    """The runs of a pipeline, in the order they began."""
    found: Runs = {}
    for state in all_states(settings):
        if any((edge.uuid, edge.kind) == (pipeline.uuid, "pipeline") for edge in state.upstream):
            found.setdefault(str(state.name), []).append(state)
    return found


def all_states(settings: Settings) -> list[RunState]:
    """All runs of the home that have a record, the oldest first."""
    folders = map(RunFolder, settings.runs.iterdir() if settings.runs.is_dir() else iter(()))
    found = [read_run(folder) for folder in folders if folder.record.is_dir()]
    return sorted(found, key=lambda state: state.created_at or 0.0)


def states(settings: Settings) -> dict[str, RunState]:
    """The last run of each name."""
    return {str(state.name): state for state in all_states(settings)}


def step(script: str, **fields: object) -> dict[str, object]:
    """An operation of a dag that runs a line of the shell; `outputs` has to be logged by it."""
    component: dict[str, object] = {key: fields.pop(key) for key in ("inputs", "outputs") if key in fields}
    run = {"kind": "job", "container": {"command": ["/bin/sh", "-c"], "args": [script]}}
    component["run"] = run
    return {**fields, "component": component}


def logging(**outputs: str) -> str:
    """A line of the shell that logs outputs; each value is text, or a template that gives a number."""
    given = ", ".join(f"{name}={value}" for name, value in outputs.items())
    return f'{sys.executable} -c "from polyaxon_sdk import tracking; tracking.init().log_outputs({given})"'


def dag(*operations: dict[str, object], **fields: object) -> dict[str, object]:
    """The runtime of a component that consists of operations."""
    return {"kind": "dag", "operations": list(operations), **fields}


def nested(operation: dict[str, object]) -> str:
    """The file of a dag within which a dag has this operation."""
    inner: dict[str, object] = {"name": "inner", "component": {"run": dag(operation)}}
    return json.dumps({"kind": "component", "name": "pipeline", "run": dag(inner)})
