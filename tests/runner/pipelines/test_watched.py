"""What is shown of the runs of a pipeline while it goes on."""

import pytest

from polyaxon_sdk.polyflow import V1Component, V1Operation, read
from polyaxon_sdk.runner.carrying import carry_out_any, plan_any
from polyaxon_sdk.runner.draft import Labels, draft
from polyaxon_sdk.runner.executors.process import ProcessExecutor
from polyaxon_sdk.settings import Settings
from tests.runner.conftest import Memory
from tests.runner.pipelines.conftest import dag, states, step

pytestmark = pytest.mark.system

TRIALS = {"matrix": {"kind": "grid", "params": {"x": {"kind": "choice", "value": [7]}}}}
X = [{"name": "x", "type": "int"}]


def carry(settings: Settings, watcher: Memory, *operations: dict[str, object]) -> None:
    """Carry a dag out before a watcher."""
    component = read(V1Component, {"kind": "component", "name": "flow", "run": dag(*operations)})
    drafted = draft(V1Operation(component=component), settings=settings, params={}, labels=Labels())
    carry_out_any(plan_any(drafted), settings=settings, executor=ProcessExecutor(), watcher=watcher)


def test_what_each_run_prints_stands_behind_its_name(settings: Settings, watcher: Memory) -> None:
    search = step("echo tries {{ x }}", name="search", inputs=X, **TRIALS)
    carry(settings, watcher, step("printf 'one\\ntwo'", name="first", dependencies=["search"]), search)
    trial = next(state for state in states(settings).values() if state.inputs.get("x") == 7)
    tried = f"search {trial.uuid[:12]} | tries 7"
    assert watcher.printed.decode().splitlines() == [tried, "first | one", "first | two"]


def test_the_line_of_a_run_that_failed_says_why(settings: Settings, watcher: Memory) -> None:
    carry(settings, watcher, step("exit 2", name="bad"))
    uuid = states(settings)["bad"].uuid[:12]
    assert f"bad {uuid} failed: exit code 2" in watcher.told


def test_of_a_pipeline_within_the_line_says_why_too(settings: Settings, watcher: Memory) -> None:
    inner: dict[str, object] = {"name": "inner", "component": {"run": dag(step("exit 2", name="bad"))}}
    carry(settings, watcher, inner)
    uuid = states(settings)["bad"].uuid[:12]
    assert f"inner/bad {uuid} failed: exit code 2" in watcher.told


def test_of_a_search_within_the_line_says_with_which_values(settings: Settings, watcher: Memory) -> None:
    carry(settings, watcher, step("exit {{ x }}", name="search", inputs=X, **TRIALS))
    trial = next(state for state in states(settings).values() if state.inputs.get("x") == 7)
    assert f"search {trial.uuid[:12]} failed: exit code 7  x 7" in watcher.told
