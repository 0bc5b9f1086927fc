import shutil
from collections.abc import Callable

from polyaxon_sdk.runner.leftovers import finish, leftovers
from polyaxon_sdk.runner.lifecycle import Outcome
from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.settings import Settings
from tests.runner.conftest import MakePlan, shell


def test_a_home_without_runs_has_nothing_left(settings: Settings) -> None:
    assert list(leftovers(settings)) == []


def test_a_finished_run_has_nothing_left(
    plan_of: MakePlan, run_plan: Callable[[Plan], Outcome], settings: Settings
) -> None:
    run_plan(plan_of(shell("true")))
    assert list(leftovers(settings)) == []


def test_a_run_that_was_not_drained_is_left_and_finished(
    plan_of: MakePlan, run_plan: Callable[[Plan], Outcome], settings: Settings
) -> None:
    plan = plan_of(shell("echo hello"))
    run_plan(plan)
    plan.folder.drained.unlink()
    found = list(leftovers(settings))
    assert ([folder.path for folder in found], finish(found[0])) == ([plan.folder.path], True)


def test_a_run_whose_process_lives_is_left_alone(settings: Settings) -> None:
    folder = RunFolder(settings.runs / ("ab" * 16)).create()
    RecordWriter(folder).append("created", is_managed=True)
    assert list(leftovers(settings)) == []
    shutil.rmtree(folder.path)
