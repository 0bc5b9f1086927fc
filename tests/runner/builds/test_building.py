"""Runs in virtual environments that are made for them; packages come from a folder of the test's."""

from pathlib import Path

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1Component, V1Operation, read
from polyaxon_sdk.runner.carrying import carry_out_any
from polyaxon_sdk.runner.draft import Labels, draft
from polyaxon_sdk.runner.executors.process import ProcessExecutor
from polyaxon_sdk.runner.plan import Plan, make_plan
from polyaxon_sdk.runs.logs import read_logs
from polyaxon_sdk.runs.record import read_facts
from polyaxon_sdk.runs.state import RunState
from polyaxon_sdk.settings import Settings, load
from tests.runner.builds.conftest import add_wheel
from tests.runner.conftest import Memory

GREET = "import greet8, attrs, sys; print(greet8.VERSION, sys.prefix != sys.base_prefix)"


def plan_of(params: dict[str, object], program: str = GREET, hub: str = "venv") -> Plan:
    """A run of some Python with a build."""
    build = {"hubRef": hub, "params": {name: {"value": value} for name, value in params.items()}}
    run = {"kind": "job", "container": {"command": ["python", "-c", program]}}
    operation = V1Operation(component=read(V1Component, {"kind": "component", "build": build, "run": run}))
    return make_plan(draft(operation, settings=load(), params={}, labels=Labels()))


def carried(plan: Plan, watcher: Memory) -> RunState:
    """The run, carried out."""
    outcome = carry_out_any(plan, settings=load(), executor=ProcessExecutor(), watcher=watcher)
    assert outcome.state is not None
    return outcome.state


@pytest.mark.system
def test_a_run_goes_on_in_an_environment_that_is_made_once(
    settings: Settings, wheels: Path, watcher: Memory, tmp_path: Path
) -> None:
    add_wheel(wheels, "greet8", "1.0")
    (tmp_path / "requirements.txt").write_text("greet8==1.0\n")
    first, again = plan_of({}), plan_of({"requirements": "requirements.txt"})
    assert [carried(plan, watcher).status for plan in (first, again)] == ["succeeded", "succeeded"]
    assert [line.text for plan in (first, again) for line in read_logs(plan.folder, "main")] == [
        "1.0 True"
    ] * 2
    edges = [fact.fields["upstream"] for fact in read_facts(first.folder) if fact.kind == "edge"]
    assert sorted(path.name for path in settings.runs.iterdir()) == sorted(
        [first.folder.uuid, again.folder.uuid, *map(str, edges)]
    )


@pytest.mark.system
def test_a_build_that_fails_fails_the_run(settings: Settings, wheels: Path, watcher: Memory) -> None:
    del settings
    wheels.mkdir()
    state = carried(plan_of({"requirements": ["greet8==9.9"]}), watcher)
    message = state.conditions[-1].message
    assert (state.status, "run.init[0]: build venv: run " in message, "polyaxon ops logs" in message) == (
        "failed",
        True,
        True,
    )
    assert "ERROR: No matching distribution found for greet8==9.9" in message


def test_requirements_that_are_not_there_are_told_before_anything_starts(settings: Settings) -> None:
    del settings
    with pytest.raises(InputError, match=r"^build\.requirements: can't be read: .*nowhere.txt"):
        plan_of({"requirements": "nowhere.txt"})


def test_a_param_that_it_does_not_have_is_told_with_the_nearest(settings: Settings) -> None:
    del settings
    with pytest.raises(InputError, match=r"requiremens.*did you mean 'requirements'"):
        plan_of({"requiremens": ["attrs"]})


def test_a_build_that_no_hub_has_is_left_out_and_told(settings: Settings) -> None:
    del settings
    plan = plan_of({}, "print()", hub="kaniko")
    assert (plan.build, plan.notes) == (None, ("ignored, since the command runs here as a process: build",))
