"""Sources of runs: one that a test makes by hand, and folders that real trackers wrote."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import define, field

from polyaxon_sdk.importing.bringing import Importer
from polyaxon_sdk.importing.item import Item, Point
from polyaxon_sdk.importing.left_out import LeftOut
from polyaxon_sdk.importing.report import RunReport
from polyaxon_sdk.importing.source_run import About
from polyaxon_sdk.importing.sources import open_source
from polyaxon_sdk.settings import load
from tests.required import required

UUID = "0123456789abcdef0123456789abcdef"
POINTS = [Point("loss", step, 1_600_000_000.5 + step, 1 / (step + 1)) for step in range(10)]

KNOWN = About(name="made", created_at=1_600_000_000.0, finished_at=1_600_000_100.0)


@define
class MadeRun:
    """A run at a source that is a list."""

    found: list[Item] = field(factory=lambda: list[Item](POINTS))
    known: About = KNOWN
    uuid: str = UUID
    label: str = "made"
    folder: Path | None = None
    ends_with: BaseException | None = None

    def items(self, left_out: LeftOut) -> Iterator[Item]:
        """The list, and what it ends with."""
        left_out.add("graph", "there is none here")
        yield from self.found
        if self.ends_with is not None:
            raise self.ends_with

    def about(self) -> About:
        """What is known."""
        return self.known


def bring(*runs: MadeRun, project: str | None = None, dry_run: bool = False) -> list[RunReport]:
    """Bring runs into the home of this process."""
    importer = Importer(load(), "made", "a list", project)
    return list(importer.bring(iter(runs), dry_run=dry_run))


def bring_from(kind: str, place: Path | str) -> dict[str, RunReport]:
    """Bring the runs of a source into the home of this process; the reports by label."""
    left_out = LeftOut()
    with open_source(kind, str(place)).runs(left_out) as runs:
        return {report.label: report for report in Importer(load(), kind, str(place)).bring(runs)}


def train(script: str, place: Path, *needs: str) -> Path:
    """Run a training script, which logs into `place` with a tracker of its own; where the tracker is there."""
    for name in needs:
        required(name)
    place.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-c", script, str(place)], cwd=place, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return place


@pytest.fixture(scope="session")
def tensorboard_logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs that PyTorch's writer wrote."""
    return train(TENSORBOARD, tmp_path_factory.mktemp("tensorboard"), "tensorboard", "torch")


@pytest.fixture(scope="session")
def mlflow_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A parent run, its child and one that failed, in a database."""
    return train(MLFLOW, tmp_path_factory.mktemp("mlflow"), "mlflow") / "mlflow.db"


@pytest.fixture(scope="session")
def wandb_runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two runs that wandb wrote offline."""
    return train(WANDB, tmp_path_factory.mktemp("wandb"), "wandb", "numpy", "PIL")


TENSORBOARD = """
import sys, numpy
sys.modules["tensorboard.compat.notf"] = sys  # TensorFlow, which TensorBoard would load, takes seconds
from torch.utils.tensorboard import SummaryWriter
for rate in (0.1, 0.01):
    writer = SummaryWriter(f"{sys.argv[1]}/rate{rate}")
    for step in range(100):
        writer.add_scalar("loss", rate * 0.5 ** step, step, walltime=1.6e9 + step)
    writer.add_scalar("odd", float("nan"), 0)
    writer.add_scalar("odd", float("inf"), 1)
    writer.add_histogram("weights", numpy.arange(10.0), 3, walltime=1.6e9)
    writer.add_image("picture", numpy.zeros((3, 4, 5)), 3)
    writer.add_text("note", "it goes **down**", 3)
    writer.add_pr_curve("pr", numpy.arange(10) % 2, numpy.arange(10) / 10, 3)
    writer.add_hparams({"rate": rate, "layers": 3, "kind": "cnn"}, {}, run_name=".")
    writer.close()
"""

MLFLOW = """
import math, os, sys, mlflow
from pathlib import Path
place = Path(sys.argv[1])
mlflow.set_tracking_uri(f"sqlite:///{place}/mlflow.db")
mlflow.create_experiment("digits", artifact_location=(place / "artifacts").as_uri())
mlflow.set_experiment("digits")
with mlflow.start_run(run_name="parent", tags={"team": "vision"}, description="all folds"):
    mlflow.log_params({"rate": 0.1, "kind": "cnn", "version": "1.10"})
    with mlflow.start_run(run_name="child", nested=True):
        for step in range(100):
            mlflow.log_metric("loss", 0.5 ** step, step=step)
        mlflow.log_metric("odd", math.nan, step=0)
        mlflow.log_text("weights", "model/deep/net.txt")
        mlflow.log_text("top", "notes.txt")
        model = mlflow.initialize_logged_model(name="net")
        (place / "net").mkdir()
        (place / "net" / "MLmodel").write_text("flavors")
        mlflow.MlflowClient().log_model_artifacts(model.model_id, str(place / "net"))
try:
    with mlflow.start_run(run_name="broken"):
        mlflow.log_metric("loss", 2.0)
        raise RuntimeError
except RuntimeError:
    pass
deleted = mlflow.MlflowClient().create_run(mlflow.get_experiment_by_name("digits").experiment_id)
mlflow.delete_run(deleted.info.run_id)
os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
mlflow.set_tracking_uri((place / "mlruns").as_uri())
mlflow.set_experiment("digits")
with mlflow.start_run(run_name="of files"):
    mlflow.log_metric("loss", 0.5, step=3)
    mlflow.log_text("top", "notes.txt")
"""

WANDB = """
import os, sys
os.environ.update(WANDB_MODE="offline", WANDB_SILENT="true")
import numpy, wandb
for number, code in enumerate((0, 3)):
    run = wandb.init(
        project="digits", dir=sys.argv[1], name=f"trial {number}", tags=["cnn"], notes="a note",
        config={"rate": 0.1, "net": {"layers": [32, 16]}},
    )
    for step in range(100):
        run.log({"loss": 0.5 ** step, "val/accuracy": step / 100})
    run.log({
        "odd": float("nan"), "nested": {"a": 1.0, "b": 2}, "note": "the end",
        "weights": wandb.Histogram(np_histogram=([1, 2], [0.0, 0.5, 1.0])),
        "picture": wandb.Image(numpy.zeros((4, 5, 3), "uint8"), caption="black"),
        "table": wandb.Table(columns=["a"], data=[[1]]),
    })
    print("said on the console")
    run.summary["best"] = 0.25
    run.finish(exit_code=code)
"""
