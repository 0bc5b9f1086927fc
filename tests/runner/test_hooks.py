"""Hooks of real runs, from a hub of the home."""

from collections.abc import Callable
from pathlib import Path

import pytest

from polyaxon_sdk.runner.carrying import carry_out_whole
from polyaxon_sdk.runner.executors.process import ProcessExecutor
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import RunState, read_run
from polyaxon_sdk.settings import Settings
from tests.runner.conftest import MakePlan, Memory, shell

pytestmark = pytest.mark.system

NOTE = """
kind: component
name: note
inputs:
- {name: uuid, type: str, isOptional: true}
- {name: said, type: str, value: nothing}
run: {kind: job, container: {command: [sh, -c], args: ["echo {{ said }} {{ status | default('-') }} >> notes"]}}
"""
RunHooked = Callable[..., list[RunState]]


@pytest.fixture
def run_hooked(settings: Settings, plan_of: MakePlan, watcher: Memory) -> RunHooked:
    """Carries a line of the shell out with hooks; the runs that these started."""
    hub = settings.home / "hub" / "note"
    hub.mkdir(parents=True)
    (hub / "latest.yaml").write_text(NOTE)

    def run(script: str, *hooks: dict[str, object]) -> list[RunState]:
        plan = plan_of(shell(script), name="main", hooks=[{"hubRef": "note", **hook} for hook in hooks])
        carry_out_whole(plan, settings=settings, executor=ProcessExecutor(), watcher=watcher)
        states = [read_run(RunFolder(path)) for path in settings.runs.iterdir()]
        return [state for state in states if state.uuid != plan.folder.uuid]

    return run


def test_a_hook_runs_after_the_end_it_waits_for(run_hooked: RunHooked, tmp_path: Path) -> None:
    said = {"said": {"value": "{{ globals.name }}"}}
    [hook] = run_hooked("exit 3", {"trigger": "failed", "params": said}, {"trigger": "succeeded"})
    assert (tmp_path / "notes").read_text() == "main failed\n"
    assert (hook.name, hook.status, [edge.kind for edge in hook.upstream]) == ("note", "succeeded", ["hook"])
    assert hook.inputs["uuid"] == hook.upstream[0].uuid


def test_without_defaults_it_knows_its_params_alone(run_hooked: RunHooked, tmp_path: Path) -> None:
    run_hooked("true", {"disableDefaults": True})
    assert (tmp_path / "notes").read_text() == "nothing -\n"


def test_a_hook_whose_condition_is_false_is_left_out(run_hooked: RunHooked) -> None:
    assert run_hooked("true", {"conditions": "{{ status == 'failed' }}"}) == []


def test_a_hook_that_cannot_start_is_told(run_hooked: RunHooked, watcher: Memory) -> None:
    assert run_hooked("true", {"hubRef": "notte"}) == []
    assert "hook notte: no hub has a component 'notte'" in watcher.told[0]
