"""What of a pipeline is refused before anything of it starts."""

from pathlib import Path

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1Component, V1Operation, read
from polyaxon_sdk.runner.carrying import plan_any
from polyaxon_sdk.runner.draft import Labels, draft
from polyaxon_sdk.settings import Settings
from tests.runner.pipelines.conftest import RunPipeline, dag, step

X = {"x": {"kind": "choice", "value": [*range(16)]}}
LAUNCHER = {"replicas": 1, "container": {"command": ["mpirun", "true"]}}


def test_a_condition_that_names_nothing_is_refused_before_the_first_operation_runs(
    run_pipeline: RunPipeline, settings: Settings
) -> None:
    last = step("true", name="last", dependencies=["first"], conditions="{{ acc > 1 }}")
    told = r"^run\.operations\[1\]\.conditions: template '\{\{ acc > 1 \}\}' names 'acc', which doesn't exist"
    with pytest.raises(InputError, match=told):
        run_pipeline(run=dag(step("true", name="first"), last))
    assert not settings.runs.exists()


def test_the_query_of_a_join_that_names_nothing_is_refused_before_it(run_pipeline: RunPipeline) -> None:
    joins = [{"query": "pipeline:{{ ops.grid.uuid }}", "params": {"losses": {"value": "outputs.loss"}}}]
    losses = [{"name": "losses", "type": "float", "isList": True}]
    last = step("true", name="last", dependencies=["grid"], joins=joins, inputs=losses)
    with pytest.raises(InputError, match=r"^run\.operations\[1\]\.joins\[0\]\.query: .* names 'ops', which"):
        run_pipeline(run=dag(step("true", name="grid"), last))


def test_mpi_that_is_not_there_is_told_before_the_first_operation_of_a_dag(
    run_pipeline: RunPipeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    train = {"name": "train", "dependencies": ["fetch"]}
    launched: dict[str, object] = {**train, "component": {"run": {"kind": "mpijob", "launcher": LAUNCHER}}}
    with pytest.raises(InputError, match=r"^run\.operations\[1\]\.run\.kind: no MPI on this machine"):
        run_pipeline(run=dag(step("true", name="fetch"), launched))


def test_a_program_that_is_not_there_is_told_once_for_all_runs_of_a_search(
    run_pipeline: RunPipeline, settings: Settings
) -> None:
    job = {"kind": "job", "container": {"command": ["pyhton", "train.py"]}}
    with pytest.raises(
        InputError, match=r"^run\.container\.command\[0\]: no program 'pyhton' on this machine"
    ):
        run_pipeline(run=job, matrix={"kind": "grid", "params": X})
    assert not settings.runs.exists()


@pytest.mark.parametrize(
    ("matrix", "notes"),
    [
        ({"kind": "random", "numRuns": 10, "params": X}, ("tries 10 of 16 combinations",)),
        ({"kind": "grid", "params": X}, ()),
        ({"kind": "random", "numRuns": 10, "params": {"x": {"kind": "uniform", "value": "0:1"}}}, ()),
    ],
)
def test_a_search_says_first_how_many_combinations_it_leaves_out(
    settings: Settings, matrix: dict[str, object], notes: tuple[str, ...]
) -> None:
    job = {"kind": "job", "container": {"command": ["true"]}}
    component = read(V1Component, {"kind": "component", "run": job, "matrix": matrix})
    drafted = draft(V1Operation(component=component), settings=settings, params={}, labels=Labels())
    assert plan_any(drafted).notes == notes


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (
            {"kind": "uniform", "value": [1, 9]},
            "uniform draws floats, and 'x' is an int, expected quniform, a range, or an input of type float",
        ),
        ({"kind": "choice", "value": [1, 2.5]}, "2.5 is not a value of type int"),
        ({"kind": "linspace", "value": "1:2:3"}, "1.5 is not a value of type int"),
    ],
)
def test_a_value_that_no_run_takes_is_told_once_for_all_runs_of_a_search(
    run_pipeline: RunPipeline, settings: Settings, values: dict[str, object], told: str
) -> None:
    job = {"kind": "job", "container": {"command": ["true"]}}
    matrix = {"kind": "random", "numRuns": 3, "params": {"x": values}}
    with pytest.raises(InputError, match=rf"^matrix\.params\.x: {told}"):
        run_pipeline(inputs=[{"name": "x", "type": "int"}], run=job, matrix=matrix)
    assert not settings.runs.exists()


@pytest.mark.parametrize(
    ("matrix", "told"),
    [
        (
            {"kind": "grid", "params": {"raet": {"kind": "choice", "value": [1, 2]}}},
            r"matrix\.params\.raet: no such input, did you mean 'rate'\?",
        ),
        (
            {"kind": "mapping", "values": [{"rate": 1}, {"size": 2}]},
            r"matrix\.values\[1\]\.size: no such input, the inputs are rate",
        ),
    ],
)
def test_a_name_that_is_no_input_is_told_once_for_all_runs_of_a_search(
    run_pipeline: RunPipeline, settings: Settings, matrix: dict[str, object], told: str
) -> None:
    job = {"kind": "job", "container": {"command": ["true"]}}
    rate = {"name": "rate", "type": "int", "value": 1, "isOptional": True}
    with pytest.raises(InputError, match=f"^{told}$"):
        run_pipeline(inputs=[rate], run=job, matrix=matrix, strictParams=True)
    assert not settings.runs.exists()


def test_whole_numbers_that_are_drawn_as_floats_are_taken(run_pipeline: RunPipeline) -> None:
    job = {"kind": "job", "container": {"command": ["true"]}}
    params = {"x": {"kind": "quniform", "value": [1, 9, 1]}}
    matrix = {"kind": "random", "numRuns": 1, "params": params}
    search, _ = run_pipeline(inputs=[{"name": "x", "type": "int"}], run=job, matrix=matrix)
    assert search.status == "succeeded"
