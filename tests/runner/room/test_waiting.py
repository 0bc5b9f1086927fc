"""Runs that wait for room, and what they get."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import pytest

from polyaxon_sdk.runner.executors.process import ProcessExecutor
from polyaxon_sdk.runner.lifecycle import Outcome, carry_out
from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runner.room.limits import Limits, Wish, limits_of
from polyaxon_sdk.runner.room.machine import Machine
from polyaxon_sdk.runner.room.needs import Needs
from polyaxon_sdk.runner.room.places import Place
from polyaxon_sdk.runner.stop import stop
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import read_facts
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.settings import Settings, load
from tests.polling import eventually
from tests.runner.conftest import MakePlan, Memory, shell
from tests.scripts import ROOT


class Queued(NamedTuple):
    """A run that waits for the place that `taken` has."""

    folder: RunFolder
    taken: Place
    runner: Thread


@pytest.fixture
def queued(settings: Settings, plan_of: MakePlan, monkeypatch: pytest.MonkeyPatch) -> Queued:
    """A run in a home with one place, which is taken."""
    monkeypatch.setenv("POLYAXON_MAX_PARALLEL", "1")
    taken = Place(settings.home, "0f" * 16, Wish(), Limits(1, {}, Machine(1.0, 1.0, ())))
    plan = plan_of(shell("true"))
    assert taken.take()
    given = {"settings": load(), "executor": ProcessExecutor(), "watcher": Memory()}
    runner = Thread(target=carry_out, args=(plan,), kwargs=given)
    runner.start()
    eventually(lambda: plan.folder.record.is_dir() and read_run(plan.folder).status == "queued", timeout=120)
    return Queued(plan.folder, taken, runner)


@pytest.mark.system
def test_a_run_waits_for_its_place(queued: Queued) -> None:
    queued.taken.give_back()
    queued.runner.join(120)
    assert read_run(queued.folder).status == "succeeded"


@pytest.mark.system
def test_a_run_is_stopped_while_it_waits_for_its_place(queued: Queued) -> None:
    assert stop(queued.folder).status == "stopped"
    queued.runner.join(120)
    assert not queued.runner.is_alive()


@pytest.fixture
def four_gpus(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with four GPUs, before the settings are read."""
    monkeypatch.setenv("POLYAXON_GPUS", "4")
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)


@pytest.mark.system
@pytest.mark.usefixtures("four_gpus")
@pytest.mark.parametrize(("gpus", "seen"), [(2, b"0,1"), (0, b""), (None, b"none")])
def test_a_run_sees_the_gpus_that_it_asked_for(
    plan_of: MakePlan,
    run_plan: Callable[[Plan], Outcome],
    watcher: Memory,
    gpus: int | None,
    seen: bytes,
) -> None:
    resources = {} if gpus is None else {"resources": {"limits": {"nvidia.com/gpu": gpus}}}
    plan = plan_of({**shell('printf "${CUDA_VISIBLE_DEVICES-none}"'), **resources})
    run_plan(plan)
    assert watcher.printed == seen


@pytest.mark.system
def test_a_run_whose_runner_is_killed_keeps_its_gpu(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLYAXON_GPUS", "1")
    (tmp_path / "job.yml").write_text(
        "kind: component\nrun: {kind: job, container: {command: [sleep, '600'], "
        "resources: {limits: {nvidia.com/gpu: 1}}}}\n"
    )
    words = [sys.executable, "-m", "polyaxon_sdk", "run", "-f", "job.yml"]
    runner = subprocess.Popen(words, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL)
    pid = eventually(lambda: main_of(settings), timeout=120)
    assert pid is not None
    runner.kill()
    runner.wait()
    wish = Wish(needs=Needs(gpus=1))
    place = Place(settings.home, "0f" * 16, wish, limits_of(load(), wish))
    assert not place.take()
    assert place.waits_for == "1 GPU: 0 of 1 are free"
    os.killpg(pid, signal.SIGKILL)
    eventually(place.take)


def main_of(settings: Settings) -> int | None:
    """The main process of the only run, once it runs."""
    for path in settings.runs.iterdir() if settings.runs.is_dir() else ():
        for fact in read_facts(RunFolder(path)):
            if fact.kind == "process" and fact.fields["replica"] == "main":
                return int(str(fact.fields["pid"]))
    return None
