from contextlib import nullcontext
from queue import SimpleQueue

import pytest

from polyaxon_sdk.polyflow import V1OptimizationMetric
from polyaxon_sdk.runner.lifecycle import Outcome
from polyaxon_sdk.runner.pipelines.child import Child
from polyaxon_sdk.runner.pipelines.findings import Findings, Row
from polyaxon_sdk.runner.pipelines.past import past_of
from polyaxon_sdk.runner.pipelines.schedule import Ended, Verdict
from polyaxon_sdk.runner.pipelines.telling import Telling
from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runner.reporter import Reporter, create
from polyaxon_sdk.runner.scene import Scene
from polyaxon_sdk.runner.stopping import StopRequests
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.tuners.trials import Trial
from tests.runner.conftest import MakePlan, Memory, shell

LOSS = V1OptimizationMetric(name="loss", optimization="minimize")


@pytest.fixture
def plan(plan_of: MakePlan, settings: Settings) -> Plan:
    """The plan of a run that has a record."""
    plan = plan_of(shell("true"))
    create(plan, settings).close()
    return plan


@pytest.fixture
def telling(plan: Plan, watcher: Memory) -> Telling:
    """What is said of that run as of a pipeline; of its runs too, `watcher` hears."""
    scene = Scene(plan, Reporter(plan.folder, watcher.tell), StopRequests(), watcher)
    return Telling(scene, ended=lambda name, line: watcher.tell(f"{name} {line}"))


@pytest.fixture
def child(plan_of: MakePlan) -> Child:
    """A run that does not begin."""
    return Child(
        "0",
        plan_of(shell("true"), name="train"),
        carry=lambda plan: Outcome(None, None, is_shipped=False),
        attend=lambda run: nullcontext(lambda: None),
        done=SimpleQueue[Ended](),
        tell=SimpleQueue[str]().put,
    )


def test_what_runs_told_is_shown_in_its_order_once_it_is_passed_on(telling: Telling, watcher: Memory) -> None:
    for line in ("one", "two"):
        telling.later.put(line)
    before = list(watcher.told)
    telling.pass_on()
    telling.pass_on()
    assert (before, watcher.told) == ([], ["one", "two"])


def test_how_a_run_ended_is_a_line_with_its_name(telling: Telling, watcher: Memory, child: Child) -> None:
    telling.ended(child, Ended("0", "upstream_failed", None), "rate=0.1")
    assert watcher.told == [f"train {child.folder.uuid[:12]} upstream failed  rate=0.1"]


def test_why_a_run_could_not_be_carried_out_is_in_its_line(
    telling: Telling, watcher: Memory, child: Child
) -> None:
    child.problem = "no room"
    telling.ended(child, Ended("0", "failed", None), "")
    assert watcher.told == [f"train {child.folder.uuid[:12]} failed: no room"]


def test_a_run_that_does_not_start_says_why(telling: Telling, watcher: Memory) -> None:
    telling.left_out("train", Verdict("upstream_failed", "Runner", "prepare failed"))
    assert watcher.told == ["train upstream failed: prepare failed"]


def test_a_run_that_begins_is_found_again(telling: Telling, plan: Plan, child: Child) -> None:
    telling.began("train", child.folder.uuid)
    assert [each.path for each in past_of(plan.folder).runs["train"]] == [child.folder.path]


def test_a_run_that_goes_on_in_vain_is_told_of_and_known_again(
    telling: Telling, plan: Plan, watcher: Memory, child: Child
) -> None:
    telling.pruned("0", child, "loss is worse than the median")
    assert watcher.told == [f"train {child.folder.uuid[:12]} is stopped: loss is worse than the median"]
    assert past_of(plan.folder).pruned == {child.folder.uuid}


def test_outputs_are_those_of_the_pipeline(telling: Telling, plan: Plan) -> None:
    telling.outputs({"best_loss": 0.5})
    assert read_run(plan.folder).outputs == {"best_loss": 0.5}


def test_findings_are_shown_and_kept_as_a_file(telling: Telling, plan: Plan, watcher: Memory) -> None:
    found = Findings(LOSS, [Row("0f", "succeeded", Trial(values={"x": 1}, result=0.5))])
    telling.findings(found)
    assert watcher.told == list(found.lines) != []
    assert (plan.folder.outputs / "trials.json").exists()
    assert list(read_run(plan.folder).artifacts) == [("trials", "file")]


def test_findings_are_shown_though_they_cannot_be_kept(telling: Telling, plan: Plan, watcher: Memory) -> None:
    plan.folder.outputs.rmdir()
    plan.folder.outputs.touch()
    telling.findings(Findings(LOSS, [Row("0f", "succeeded", Trial(values={"x": 1}, result=0.5))]))
    assert watcher.told != []
