"""Promoted runs go on from the checkpoint of the run that they are promoted from."""

import sys
from pathlib import Path

import pytest

from polyaxon_sdk.runs.state import RunState
from polyaxon_sdk.settings import Settings
from tests.runner.pipelines.conftest import RunPipeline

pytestmark = pytest.mark.system

TRAIN = """
import json, sys
from polyaxon_sdk import tracking

rate, epochs = float(sys.argv[1]), int(sys.argv[2])
run = tracking.init()
checkpoint = run.get_outputs_path("checkpoint.json")
begun = 0
try:
    with open(checkpoint) as file:
        begun = json.load(file)["epoch"]
except FileNotFoundError:
    pass
with open(checkpoint, "w") as file:
    json.dump({"epoch": epochs, "rate": rate}, file)
run.log_outputs(loss=rate / epochs, begun=begun)
"""
METRIC = {"name": "loss", "optimization": "minimize"}
SHARED = {
    "params": {"rate": {"kind": "choice", "value": [3.0, 1.0, 2.0]}},
    "maxIterations": 3,
    "resource": {"name": "epochs", "type": "int"},
    "metric": METRIC,
    "seed": 1,
}


def trained(run_pipeline: RunPipeline, matrix: dict[str, object]) -> tuple[RunState, list[RunState]]:
    """A search of a training with a checkpoint; its runs in the order they began."""
    search, runs = run_pipeline(
        inputs=[{"name": "rate", "type": "float"}, {"name": "epochs", "type": "int"}],
        run={
            "kind": "job",
            "container": {"command": [sys.executable, "train.py", "{{ rate }}", "{{ epochs }}"]},
        },
        matrix={**SHARED, **matrix},
    )
    return search, runs["pipeline"]


@pytest.fixture(autouse=True)
def _training(settings: Settings, tmp_path: Path) -> None:  # it stands in the folder
    (tmp_path / "train.py").write_text(TRAIN)


@pytest.mark.parametrize("matrix", [{"kind": "hyperband"}, {"kind": "asha", "numRuns": 3, "concurrency": 3}])
def test_a_promoted_run_goes_on_where_the_other_ended(
    run_pipeline: RunPipeline, matrix: dict[str, object]
) -> None:
    search, runs = trained(run_pipeline, {**matrix, "resume": True})
    first = {run.inputs["rate"]: run for run in runs if run.inputs["epochs"] == 1}
    [promoted] = [
        run for run in runs if run.inputs == {"rate": 1.0, "epochs": 3} and run.original is not None
    ]
    assert (promoted.original, promoted.cloning_kind) == (first[1.0].uuid, "copy")
    assert (promoted.outputs["begun"], first[1.0].outputs["begun"], search.status) == (1, 0, "succeeded")


def test_without_resume_a_promoted_run_begins_anew(run_pipeline: RunPipeline) -> None:
    _, runs = trained(run_pipeline, {"kind": "asha", "numRuns": 3})
    assert [(run.original, run.outputs["begun"]) for run in runs] == [(None, 0)] * 4
