"""Dags that are resumed whose search had runs that failed."""

from pathlib import Path

import pytest

from polyaxon_sdk.polyflow import V1Component, V1Operation, read
from polyaxon_sdk.runner.carrying import Nobody, carry_out_any, plan_any
from polyaxon_sdk.runner.draft import Draft, Labels, draft
from polyaxon_sdk.runner.executors.process import ProcessExecutor
from polyaxon_sdk.runner.rerun import resume
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import Settings
from tests.runner.pipelines.conftest import all_states, dag, logging, states, step

pytestmark = pytest.mark.system

SEARCH = step(
    f"echo {{{{ x }}}} >> ran; {{ [ {{{{ x }}}} != 2 ] || [ -e mended ]; }} && {logging(loss='{{ x }} / 2')}",
    name="search",
    inputs=[{"name": "x", "type": "int"}],
    outputs=[{"name": "loss", "type": "float"}],
    matrix={"kind": "grid", "params": {"x": {"kind": "choice", "value": [1, 2, 3]}}},
)
JOIN = {
    "query": "pipeline:{{ search }}",
    "sort": "inputs.x",
    "params": {"losses": {"value": "outputs.loss"}},
}
LOSSES = [{"name": "losses", "type": "float", "isList": True}]
OF_SEARCH = {"search": {"ref": "ops.search", "value": "globals.uuid", "contextOnly": True}}


def carry_out(drafted: Draft) -> RunFolder:
    """Carry a dag out; its run."""
    plan = plan_any(drafted)
    carry_out_any(plan, settings=drafted.settings, executor=ProcessExecutor(), watcher=Nobody())
    return plan.folder


def begin(settings: Settings, *operations: dict[str, object]) -> RunFolder:
    """Carry a dag of the search and of what comes after it out; its run."""
    component = read(V1Component, {"kind": "component", "name": "pipeline", "run": dag(SEARCH, *operations)})
    return carry_out(draft(V1Operation(component=component), settings=settings, params={}, labels=Labels()))


def test_a_run_of_it_that_failed_is_run_again_and_left_out_of_joins(
    settings: Settings, tmp_path: Path
) -> None:
    best = step("true", name="best", inputs=LOSSES, params=OF_SEARCH, joins=[JOIN])
    folder = begin(settings, best)
    assert (states(settings)["search"].status, states(settings)["best"].status) == ("succeeded", "failed")
    (tmp_path / "mended").touch()
    carry_out(resume(settings, folder))
    assert sorted((tmp_path / "ran").read_text().split()) == ["1", "2", "2", "3"]
    assert states(settings)["best"].inputs["losses"] == [0.5, 1.0, 1.5]
    failed, again = (run for run in all_states(settings) if run.inputs == {"x": 2})
    assert (failed.meta.get("superseded_by"), again.meta) == (again.uuid, {})


def test_it_is_left_as_it_is_where_what_comes_after_it_succeeded(settings: Settings, tmp_path: Path) -> None:
    after = step("true", name="after", dependencies=["search"])
    folder = begin(settings, after, step("[ -e mended ]", name="other"))
    (tmp_path / "mended").touch()
    carry_out(resume(settings, folder))
    assert sorted((tmp_path / "ran").read_text().split()) == ["1", "2", "3"]
    assert states(settings)["pipeline"].status == "succeeded"
