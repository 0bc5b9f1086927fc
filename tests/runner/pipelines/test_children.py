from contextlib import nullcontext
from queue import SimpleQueue
from threading import Event

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runner.lifecycle import Outcome
from polyaxon_sdk.runner.pipelines.child import Carry
from polyaxon_sdk.runner.pipelines.children import Children
from polyaxon_sdk.runner.pipelines.schedule import Ended
from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.runs.state import read_run
from tests.runner.conftest import MakePlan, shell

SKIPPED = Ended("skipped", "skipped", None)


@pytest.fixture
def children() -> Children:
    """None goes on yet; there is nothing to look after."""
    return Children(lambda run: nullcontext(lambda: None), tell=SimpleQueue[str]().put)


@pytest.fixture
def plan(plan_of: MakePlan) -> Plan:
    """A run that waits to be stopped."""
    return plan_of(shell("sleep 60"))


def succeed(plan: Plan) -> Outcome:
    """Write down that a run went well."""
    writer = RecordWriter(plan.folder.create())
    writer.append("status", status="succeeded")
    writer.close()
    return Outcome(read_run(plan.folder), None, is_shipped=False)


def refuse(plan: Plan) -> Outcome:
    """Carry nothing out."""
    raise InputError("the home is full")


def test_how_each_ended_comes_as_it_ends(children: Children, plan_of: MakePlan) -> None:
    is_over = Event()

    def after(plan: Plan) -> Outcome:
        is_over.wait(60)
        return succeed(plan)

    children.start("first", plan_of(shell("true")), carry=after)
    children.start("second", plan_of(shell("true")), carry=succeed)
    ends = [children.wait(60)]
    is_over.set()
    ends.append(children.wait(60))
    assert [(each.key, each.status) for each in ends if each] == [
        ("second", "succeeded"),
        ("first", "succeeded"),
    ]


def test_one_that_could_not_be_carried_out_failed_and_says_why(children: Children, plan: Plan) -> None:
    children.start("train", plan, carry=refuse)
    assert children.wait(60) == Ended("train", "failed", None)
    child = children.let_go("train")
    assert child is not None
    assert child.problem == "the home is full"


def test_one_that_does_not_start_comes_out_as_the_others_do(children: Children) -> None:
    children.add_ended(SKIPPED)
    assert (children.wait(60), children.let_go("skipped")) == (SKIPPED, None)


def test_nothing_comes_where_none_ends(children: Children) -> None:
    assert children.wait(0.01) is None


def test_they_are_over_once_all_that_ended_were_let_go(children: Children, plan: Plan) -> None:
    over = [children.are_over]
    children.start("train", plan, carry=succeed)
    over.append(children.are_over)
    children.wait(60)
    over.append(children.are_over)
    children.let_go("train")
    over.append(children.are_over)
    children.add_ended(SKIPPED)
    assert [*over, children.are_over] == [True, False, False, True, False]


def test_all_that_go_on_are_stopped_and_say_why(
    children: Children, plan_of: MakePlan, run_plan: Carry
) -> None:
    for key in "ab":
        children.start(key, plan_of(shell("sleep 60")), carry=run_plan)
    children.stop("the goal is reached")
    states = [ended.state for ended in (children.wait(60), children.wait(60)) if ended]
    told = [(state.status, {each.message for each in state.conditions}) for state in states if state]
    assert [status for status, _ in told] == ["stopped", "stopped"]
    assert ["the goal is reached" in messages for _, messages in told] == [True, True]
