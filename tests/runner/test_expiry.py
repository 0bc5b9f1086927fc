"""Scratch folders of runs whose time to live is over."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from polyaxon_sdk.runner.agent.agent import Agent
from polyaxon_sdk.runner.expiry import expired, scratch_of
from polyaxon_sdk.runner.lifecycle import Outcome
from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.settings import load
from tests.runner.conftest import MakePlan, shell

USES = shell("ls {{ globals.artifacts_path }}")


def ended(folder: RunFolder, ttl: int | None) -> float:
    """Let a run with a scratch folder have ended; when."""
    folder.operation.write_text(json.dumps({"termination": {"ttl": ttl}}))
    (scratch_of(folder) / "artifacts").mkdir(parents=True)
    record = RecordWriter(folder)
    record.append("created", kind="job")
    record.append("status", status="succeeded", reason="", message="")
    record.close()
    return read_run(folder).finished_at or 0.0


def test_the_agent_takes_it_away_once_the_time_is_over(folder: RunFolder) -> None:
    end, told = ended(folder, 60), list[str]()
    Agent(load(), clock=lambda: end + 59, tell=told.append).look()
    assert scratch_of(folder).is_dir()
    Agent(load(), clock=lambda: end + 60, tell=told.append).look()
    assert not scratch_of(folder).exists()
    assert told == [f"{folder.uuid[:12]}: its time to live is over, its scratch folder is gone"]


def test_without_a_time_to_live_it_stays(folder: RunFolder) -> None:
    assert list(expired(load(), ended(folder, None) + 10**9)) == []


def test_a_home_without_scratch_folders_has_none_to_take_away(home: Path) -> None:
    assert not home.exists()
    assert list(expired(load(), 0.0)) == []


@pytest.mark.parametrize(("ttl", "stays"), [(0, False), (3600, True)])
def test_the_runner_takes_it_away_where_it_is_to_live_no_longer(
    ttl: int, stays: bool, plan_of: MakePlan, run_plan: Callable[[Plan], Outcome]
) -> None:
    plan = plan_of(USES, termination={"ttl": ttl})
    run_plan(plan)
    assert scratch_of(plan.folder).exists() is stays
