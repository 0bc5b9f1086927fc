"""How many runs of a home go on at once."""

from pathlib import Path
from threading import Thread
from typing import NamedTuple

import pytest

from polyaxon_sdk.runner.executors.process import ProcessExecutor
from polyaxon_sdk.runner.lifecycle import carry_out
from polyaxon_sdk.runner.slots import Slots
from polyaxon_sdk.runner.stop import stop
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.settings import Settings, load
from tests.polling import eventually
from tests.runner.conftest import MakePlan, Memory, shell


def test_there_are_as_many_places_as_are_wanted(tmp_path: Path) -> None:
    first, second, third = (Slots(tmp_path, 2) for _ in range(3))
    assert (first.take(), second.take(), third.take()) == (True, True, False)
    first.give_back()
    assert third.take()


def test_without_a_limit_there_always_is_a_place(tmp_path: Path) -> None:
    assert all(Slots(tmp_path, 0).take() for _ in range(9))


class Queued(NamedTuple):
    """A run that waits for the place that `taken` has."""

    folder: RunFolder
    taken: Slots
    runner: Thread


@pytest.fixture
def queued(settings: Settings, plan_of: MakePlan, monkeypatch: pytest.MonkeyPatch) -> Queued:
    """A run in a home with one place, which is taken."""
    monkeypatch.setenv("POLYAXON_MAX_PARALLEL", "1")
    taken, plan = Slots(settings.home, 1), plan_of(shell("true"))
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
