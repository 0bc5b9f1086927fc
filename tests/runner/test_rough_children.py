"""Runs whose processes behave badly end as they should, and nothing hangs."""

import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from polyaxon_sdk.runner.carrying import Nobody
from polyaxon_sdk.runner.executors.process import ProcessExecutor
from polyaxon_sdk.runner.lifecycle import carry_out
from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runner.stop import stop
from polyaxon_sdk.runs.state import RunState, read_run
from polyaxon_sdk.settings import Settings
from tests.polling import eventually
from tests.runner.conftest import MakePlan, shell

pytestmark = pytest.mark.system

PRINTED = (1 << 30) if "POLYAXON_TEST_TRIALS" in os.environ else (4 << 20)


def carried(plan: Plan, settings: Settings) -> RunState:
    outcome = carry_out(plan, settings=settings, executor=ProcessExecutor(), watcher=Nobody(), patience=300.0)
    assert outcome.state is not None
    return outcome.state


def test_one_that_ignores_sigterm_is_killed(plan_of: MakePlan, settings: Settings) -> None:
    plan = plan_of(shell("trap '' TERM; touch ready; while true; do sleep 0.1; done"))
    with ThreadPoolExecutor(1) as beside:
        running = beside.submit(carried, plan, settings)
        eventually(Path("ready").exists, timeout=120)
        stop(plan.folder, grace=0.5)
        assert running.result(120).status == "stopped"


def test_one_that_leaves_a_daemon_behind_is_over_all_the_same(plan_of: MakePlan, settings: Settings) -> None:
    plan = plan_of(shell("setsid sleep 600 & echo $! > daemon; echo done"))
    state = carried(plan, settings)
    os.kill(int(Path("daemon").read_text()), signal.SIGKILL)
    assert state.status == "succeeded"


def test_one_that_prints_without_end_is_kept_whole(plan_of: MakePlan, settings: Settings) -> None:
    plan = plan_of(shell(f"yes 'a line of a training that says too much' | head -c {PRINTED}"))
    assert carried(plan, settings).status == "succeeded"
    kept = plan.folder.logs / "main.jsonl"
    assert kept.stat().st_size > PRINTED
    assert kept.read_bytes().count(b"a line of a training") >= PRINTED // 43


def test_one_that_runs_out_of_memory_has_failed(plan_of: MakePlan, settings: Settings) -> None:
    words = "import resource; resource.setrlimit(resource.RLIMIT_AS, (1 << 28, 1 << 28)); bytearray(1 << 30)"
    state = carried(plan_of({"command": [sys.executable, "-c", words]}), settings)
    assert (state.status, state.conditions[-1].message) == ("failed", "exit code 1")


def test_one_that_is_killed_by_the_kernel_has_failed(plan_of: MakePlan, settings: Settings) -> None:
    plan = plan_of(shell("kill -KILL $$"))
    assert carried(plan, settings).conditions[-1].message == "killed by SIGKILL"
    assert read_run(plan.folder).status == "failed"
