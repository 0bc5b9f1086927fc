"""Searches of real processes (semantics 1.15)."""

from itertools import accumulate, pairwise

import pytest

from polyaxon_sdk.runner.carrying import Nobody, carry_out_any, plan_any
from polyaxon_sdk.runner.draft import Labels
from polyaxon_sdk.runner.executors.process import ProcessExecutor
from polyaxon_sdk.runner.rerun import Changes, restart
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import RunState, read_run
from polyaxon_sdk.settings import Settings
from tests.runner.pipelines.conftest import RunPipeline, dag, logging, runs_of, step

pytestmark = pytest.mark.system

X = [{"name": "x", "type": "float"}]
LOSS = [{"name": "loss", "type": "float"}]
JOB = {"kind": "job", "container": {"command": ["/bin/sh", "-c"], "args": [logging(loss="{{ x }} ** 2")]}}


def choice(*values: float) -> dict[str, object]:
    return {"x": {"kind": "choice", "value": list(values)}}


def test_a_grid_runs_every_value_once(run_pipeline: RunPipeline) -> None:
    matrix = {"kind": "grid", "params": choice(1, 2, 3), "concurrency": 2}
    search, runs = run_pipeline(inputs=X, run=JOB, matrix=matrix)
    assert (search.status, search.kind) == ("succeeded", "matrix")
    assert {run.outputs["loss"] for run in runs["pipeline"]} == {1.0, 4.0, 9.0}


def test_a_text_with_braces_is_searched_as_it_is(run_pipeline: RunPipeline) -> None:
    given = {"text": {"kind": "choice", "value": ["{% raw %}{{ x }}{% endraw %}", "b"]}}
    matrix = {"kind": "grid", "params": given, "concurrency": 2}
    job = {"kind": "job", "container": {"command": ["true"]}}
    _, runs = run_pipeline(inputs=[{"name": "text", "type": "str"}], run=job, matrix=matrix)
    assert {run.inputs["text"] for run in runs["pipeline"]} == {"{{ x }}", "b"}


def test_hyperband_promotes_the_best(run_pipeline: RunPipeline) -> None:
    matrix = {
        "kind": "hyperband",
        "params": choice(1, 2, 3),
        "maxIterations": 3,
        "eta": 3,
        "resource": {"name": "epochs", "type": "int"},
        "metric": {"name": "loss", "optimization": "minimize"},
    }
    inputs = [*X, {"name": "epochs", "type": "int"}]
    search, runs = run_pipeline(inputs=inputs, run=JOB, matrix=matrix)
    assert str(search.conditions[-1].message).endswith("with loss 1 (minimized)")
    asked = [(run.inputs["epochs"], run.inputs["x"]) for run in runs["pipeline"]]
    assert sorted(each for each in asked if each[0] == 1) == [(1, 1.0), (1, 2.0), (1, 3.0)]
    assert (3, 1.0) in asked


UNIFORM = {"x": {"kind": "uniform", "value": [-1, 1]}}
LEAST = {"metric": {"name": "loss", "optimization": "minimize"}, "params": UNIFORM, "seed": 3}


@pytest.mark.parametrize(
    ("matrix", "runs_wanted"),
    [
        ({"kind": "tpe", "numRuns": 2, "maxIterations": 2}, 4),
        ({"kind": "bayes", "numInitialRuns": 2, "maxIterations": 2}, 4),
    ],
)
def test_a_search_that_learns_goes_on_from_its_results(
    run_pipeline: RunPipeline, matrix: dict[str, object], runs_wanted: int
) -> None:
    search, runs = run_pipeline(inputs=X, run=JOB, matrix={**LEAST, **matrix})
    assert search.status == "succeeded"
    assert len({run.inputs["x"] for run in runs["pipeline"]}) == runs_wanted


def test_a_search_for_what_no_run_has_says_so(run_pipeline: RunPipeline) -> None:
    metric = {"name": "lots", "optimization": "minimize"}
    search, _ = run_pipeline(
        inputs=X, run=JOB, matrix={**LEAST, "kind": "tpe", "numRuns": 1, "metric": metric}
    )
    assert str(search.conditions[-1].message).startswith("no run has an output 'lots'")


def test_a_search_whose_results_are_not_finite_says_so(run_pipeline: RunPipeline) -> None:
    job = {"kind": "job", "container": {"command": ["/bin/sh", "-c"], "args": [logging(loss="float('nan')")]}}
    search, _ = run_pipeline(inputs=X, run=job, matrix={**LEAST, "kind": "tpe", "numRuns": 1})
    assert str(search.conditions[-1].message).startswith("no run has a finite 'loss'")


def test_a_goal_that_is_reached_ends_the_search(run_pipeline: RunPipeline) -> None:
    goal = {"kind": "metric_early_stopping", "metric": "loss", "value": 1, "optimization": "minimize"}
    matrix = {"kind": "grid", "params": choice(1, 2, 3), "concurrency": 1, "earlyStopping": [goal]}
    search, runs = run_pipeline(inputs=X, run=JOB, matrix=matrix)
    assert (search.status, search.conditions[-1].reason) == ("succeeded", "EarlyStopping")
    assert len(runs["pipeline"]) == 1


def test_a_search_all_of_whose_runs_fail_has_failed(run_pipeline: RunPipeline) -> None:
    job = {"kind": "job", "container": {"command": ["/bin/sh", "-c"], "args": ["exit 1"]}}
    search, _ = run_pipeline(inputs=X, run=job, matrix={"kind": "grid", "params": choice(1, 2)})
    assert (search.status, search.conditions[-1].message) == ("failed", "2 of 2 runs failed")


def test_a_bayesian_search_suggests_beside_runs_that_go_on(run_pipeline: RunPipeline) -> None:
    matrix = {"kind": "bayes", "numInitialRuns": 3, "maxIterations": 5, "concurrency": 3}
    search, runs = run_pipeline(inputs=X, run=JOB, matrix={**LEAST, **matrix})
    tried = sorted(float(str(run.inputs["x"])) for run in runs["pipeline"])
    assert (search.status, len(tried)) == ("succeeded", 8)
    assert min(b - a for a, b in pairwise(tried)) > 1e-4
    assert most_at_once(runs["pipeline"][3:]) > 1


def most_at_once(runs: list[RunState]) -> int:
    """How many runs there were at one time at most."""
    begun = [(run.created_at or 0.0, 1) for run in runs]
    ended = [(run.finished_at or 0.0, -1) for run in runs]
    return max(accumulate(step for _, step in sorted(begun + ended)))


def test_the_runs_of_a_search_that_is_restarted_have_its_name(
    run_pipeline: RunPipeline, settings: Settings
) -> None:
    search, _ = run_pipeline(inputs=X, run=JOB, matrix={"kind": "grid", "params": choice(1)})
    named = Changes(labels=Labels(name="again"))
    plan = plan_any(restart(settings, RunFolder(settings.runs / search.uuid), named))
    carry_out_any(plan, settings=settings, executor=ProcessExecutor(), watcher=Nobody())
    assert list(runs_of(settings, read_run(plan.folder))) == ["again"]


def test_the_best_of_a_search_is_handed_on_in_a_dag(run_pipeline: RunPipeline) -> None:
    metric = {"name": "loss", "optimization": "minimize"}
    matrix = {"kind": "grid", "params": choice(2, 1), "metric": metric}
    inner = {"inputs": X, "outputs": LOSS, "run": JOB}
    grid: dict[str, object] = {"name": "grid", "matrix": matrix, "component": inner}
    params = {"x": {"ref": "ops.grid", "value": "outputs.best_loss"}}
    outputs = [{"name": "best", "type": "uuid", "value": "{{ ops.grid.outputs.best_run }}"}]
    flow, runs = run_pipeline(
        outputs=outputs, run=dag(grid, step("true", name="after", inputs=X, params=params))
    )
    assert runs["after"][0].inputs == {"x": 1.0}
    assert flow.outputs["best"] == runs["grid"][0].outputs["best_run"]


def test_what_a_search_gives_to_its_runs_is_none_of_its_own_inputs(run_pipeline: RunPipeline) -> None:
    inputs = [{**X[0], "value": 1}, {"name": "epochs", "type": "int", "value": 3}]
    search, runs = run_pipeline(
        inputs=inputs, outputs=LOSS, run=JOB, matrix={"kind": "grid", "params": choice(1, 2)}
    )
    assert (search.inputs, search.outputs) == ({"epochs": 3}, {})
    assert [run.inputs["epochs"] for run in runs["pipeline"]] == [3, 3]
