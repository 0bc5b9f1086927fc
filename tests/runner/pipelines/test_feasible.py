"""What of a pipeline is refused before anything of it starts."""

from pathlib import Path

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.settings import Settings
from tests.runner.pipelines.conftest import RunPipeline, dag, step

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
