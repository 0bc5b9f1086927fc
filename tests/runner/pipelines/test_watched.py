"""What is shown of the runs of a pipeline while it goes on."""

from threading import Thread

import pytest

from polyaxon_sdk.polyflow import V1Component, V1Operation, read
from polyaxon_sdk.runner.approval import approve
from polyaxon_sdk.runner.carrying import carry_out_any, plan_any
from polyaxon_sdk.runner.draft import Labels, draft
from polyaxon_sdk.runner.executors.process import ProcessExecutor
from polyaxon_sdk.runner.room.limits import Limits, Wish
from polyaxon_sdk.runner.room.machine import Machine
from polyaxon_sdk.runner.room.places import Place
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import Settings, load
from tests.polling import eventually
from tests.runner.conftest import Memory
from tests.runner.pipelines.conftest import all_states, dag, logging, states, step

pytestmark = pytest.mark.system

TRIALS = {"matrix": {"kind": "grid", "params": {"x": {"kind": "choice", "value": [7]}}}}
X = [{"name": "x", "type": "int"}]


def carry(settings: Settings, watcher: Memory, *operations: dict[str, object]) -> None:
    """Carry a dag out before a watcher."""
    component = read(V1Component, {"kind": "component", "name": "flow", "run": dag(*operations)})
    drafted = draft(V1Operation(component=component), settings=settings, params={}, labels=Labels())
    carry_out_any(plan_any(drafted), settings=settings, executor=ProcessExecutor(), watcher=watcher)


def inner(script: str, *, name: str) -> dict[str, object]:
    """A dag within a dag, of one operation."""
    return {"name": "inner", "component": {"run": dag(step(script, name=name))}}


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
    carry(settings, watcher, inner("exit 2", name="bad"))
    uuid = states(settings)["bad"].uuid[:12]
    assert f"inner/bad {uuid} failed: exit code 2" in watcher.told


def test_of_a_search_within_the_line_says_with_which_values(settings: Settings, watcher: Memory) -> None:
    carry(settings, watcher, step("exit {{ x }}", name="search", inputs=X, **TRIALS))
    trial = next(state for state in states(settings).values() if state.inputs.get("x") == 7)
    assert f"search {trial.uuid[:12]} failed: exit code 7  x 7" in watcher.told


def test_the_end_of_a_dag_says_which_run_of_it_failed_and_why(settings: Settings, watcher: Memory) -> None:
    carry(settings, watcher, inner("exit 2", name="bad"))
    bad, within = (states(settings)[name].uuid[:12] for name in ("bad", "inner"))
    assert f"inner {within} failed: failed: bad {bad} (exit code 2)" in watcher.told


def test_runs_of_a_pipeline_within_are_told_as_they_end(settings: Settings, watcher: Memory) -> None:
    carry(settings, watcher, inner("true", name="good"))
    uuid = states(settings)["good"].uuid[:12]
    assert f"inner/good {uuid} succeeded" in watcher.told


def test_a_search_within_tells_a_line_a_run_and_what_it_found(settings: Settings, watcher: Memory) -> None:
    metric = {"name": "loss", "optimization": "minimize"}
    space = {"x": {"kind": "choice", "value": [7]}}
    matrix = {"kind": "bayes", "numInitialRuns": 1, "maxIterations": 1, "params": space, "metric": metric}
    outputs = [{"name": "loss", "type": "float"}]
    carry(
        settings,
        watcher,
        step(logging(loss="{{ x }}"), name="search", inputs=X, outputs=outputs, matrix=matrix),
    )
    uuids = {state.kind: state.uuid[:12] for state in all_states(settings)}
    job, search = uuids["job"], uuids["matrix"]
    assert [line for line in watcher.told if "search" in line] == [
        f"search {job} succeeded  x 7  loss 7",
        "search: loss  x  run",
        f"search: 7     7  {job}",
        f"search {search} succeeded: best is {job} with loss 7 (minimized)",
    ]


def test_an_operation_that_waits_for_approval_says_so(settings: Settings, watcher: Memory) -> None:
    gate = step("true", name="gate", isApproved=False)
    runner = Thread(target=carry, args=(settings, watcher, gate))
    runner.start()
    said = eventually(lambda: [line for line in watcher.told if "approve" in line], timeout=120)
    uuid = said[0].split()[1]
    assert said == [f"gate {uuid} waits for approval: polyaxon ops approve -uid {uuid}"]
    approve(RunFolder(next(settings.runs.glob(f"{uuid}*"))))
    runner.join(120)
    assert not runner.is_alive()


def test_an_operation_that_waits_for_its_place_says_so(
    settings: Settings, watcher: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLYAXON_MAX_PARALLEL", "1")
    taken = Place(settings.home, "0f" * 16, Wish(), Limits(1, {}, Machine(1.0, 1.0, ())))
    assert taken.take()
    runner = Thread(target=carry, args=(load(), watcher, step("true", name="train")))
    runner.start()
    said = eventually(lambda: [line for line in watcher.told if " waits for " in line], timeout=120)
    assert said[0].startswith("train ")
    taken.give_back()
    runner.join(120)
    assert not runner.is_alive()
