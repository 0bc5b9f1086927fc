"""Dags and searches on a schedule: real runs, at times that a clock of the test shows."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest

from polyaxon_sdk.runner.agent.agent import Agent
from polyaxon_sdk.runs.state import RunState
from polyaxon_sdk.settings import Settings
from tests.polling import eventually
from tests.runner.agent.conftest import Begin, beats, children
from tests.runner.pipelines.conftest import dag, step

pytestmark = pytest.mark.system

BEAT = "echo {{ globals.schedule_at }} >> beats"
FLOW = dag({"name": "fetch", **step("echo 1 >> ran")})
INNER = dag({"name": "inner", "component": {"run": dag({"name": "one", **step(BEAT)})}})
SEARCH = {"matrix": {"kind": "mapping", "values": [{"pace": 1}]}}


def look_twice(settings: Settings, schedule: RunState) -> None:
    """See to two ticks of a schedule, each to its end."""
    for tick in (1, 2):
        at = (schedule.created_at or 0.0) + tick * 3600 + 1
        Agent(settings, clock=partial(float, at), tell=lambda line: None).look()
        eventually(lambda: all(state.is_done for state in children(settings, schedule)), timeout=120)


@pytest.mark.parametrize(("above", "times"), [({}, 2), ({"cache": {"disable": False}}, 1)])
def test_each_run_carries_all_out_unless_it_says_that_earlier_runs_are_taken(
    begin: Begin, settings: Settings, tmp_path: Path, above: dict[str, object], times: int
) -> None:
    look_twice(settings, begin(run=FLOW, above=above))
    assert len((tmp_path / "ran").read_text().split()) == times


@pytest.mark.parametrize(
    "fields", [{"run": INNER}, {"above": SEARCH}], ids=["of a dag within a dag", "of a search"]
)
def test_its_runs_know_the_moment_of_the_schedule(
    begin: Begin, settings: Settings, tmp_path: Path, fields: dict[str, object]
) -> None:
    schedule = begin(**fields)
    created = schedule.created_at or 0.0
    look_twice(settings, schedule)
    assert beats(tmp_path, 2) == pytest.approx([created + 3600, created + 7200], abs=1e-3)


NOTE = """
kind: component
name: note
inputs: [{name: at, type: str}]
run:
  kind: job
  container: {command: [sh, -c], args: ["echo {{ at }} >> beats; echo {{ globals.schedule_at }} >> beats"]}
"""
NOTES = """
kind: component
name: note
run:
  kind: dag
  operations: [{name: one, component: {run: {kind: job, container: {command: [sh, -c], args: ["%s"]}}}}]
"""
AT = {"at": {"value": "{{ globals.schedule_at }}"}}
HOOKED = {"hooks": [{"hubRef": "note", "params": AT}]}
IN_A_DAG = dag({"name": "fetch", **step("true"), **HOOKED})


@pytest.mark.parametrize(
    ("note", "fields", "times"),
    [
        (NOTE, {"script": "true", "above": HOOKED}, 2),
        (NOTE, {"run": IN_A_DAG}, 2),
        (NOTES % BEAT, {"script": "true", "above": {"hooks": [{"hubRef": "note"}]}}, 1),
    ],
    ids=["of a run", "of a run of a dag", "that is a dag"],
)
def test_a_hook_knows_the_moment_of_the_schedule(
    begin: Begin, settings: Settings, tmp_path: Path, note: str, fields: dict[str, Any], times: int
) -> None:
    hub = settings.home / "hub" / "note"
    hub.mkdir(parents=True)
    (hub / "latest.yaml").write_text(note)
    schedule = begin(**fields)
    at = (schedule.created_at or 0.0) + 3600
    Agent(settings, clock=partial(float, at + 1), tell=lambda line: None).look()
    assert beats(tmp_path, times) == pytest.approx([at] * times, abs=1e-3)
    eventually(lambda: all(state.is_done for state in children(settings, schedule)), timeout=120)
