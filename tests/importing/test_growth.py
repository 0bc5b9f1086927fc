"""A run that went on at its source since it was brought in: the next import adds what is new of it."""

import shutil
from pathlib import Path

import pytest
from attrs import evolve

from polyaxon_sdk.client import RunClient
from polyaxon_sdk.importing.item import Dataset, Event, File, Item, Media, Point
from polyaxon_sdk.importing.report import RunReport
from polyaxon_sdk.runs.record import RecordWriter
from tests.importing.conftest import KNOWN, POINTS, UUID, MadeRun, bring, bring_from, train

LATER = evolve(KNOWN, finished_at=1_600_000_200.0, inputs={"rate": 0.1}, tags=["cnn"], outputs={"best": 0.5})


@pytest.fixture
def client(home: Path) -> RunClient:
    """A client of the run once it is brought in."""
    return RunClient(run_uuid=UUID)


def grow(before: list[Item], after: list[Item]) -> RunReport:
    """Bring in a run that has some things, and then the same one with others."""
    bring(MadeRun(found=before))
    (report,) = bring(MadeRun(found=after, known=LATER))
    return report


def test_points_that_came_since_are_added(client: RunClient) -> None:
    report = grow(list(POINTS[:4]), [*POINTS, Point("accuracy", 1, 1.6e9, 0.5)])
    assert (report.uuid, report.state, report.added, report.is_right) == (UUID, "grown", 7, True)
    assert client.get_metrics()["loss"]["metric"] == [point.value for point in POINTS]
    assert client.run_data.summaries["loss"]["count"] == 10


def test_a_source_that_was_cut_off_is_called_shorter_and_changes_nothing(client: RunClient) -> None:
    bring(MadeRun(known=evolve(KNOWN, finished_at=1.6e9 + 300)))
    (report,) = bring(MadeRun(found=list(POINTS[:4]), known=LATER))
    assert (report.state, report.added, report.is_right) == ("shorter", 0, False)
    assert report.parity is not None
    assert report.parity.differences[0] == f"metric loss: 4 at the source, {len(POINTS)} here"
    assert (client.run_data.finished_at, client.run_data.summaries["loss"]["count"]) == (
        1.6e9 + 300,
        len(POINTS),
    )


def test_a_third_import_adds_nothing(client: RunClient) -> None:
    grow(list(POINTS[:4]), list(POINTS))
    (report,) = bring(MadeRun(known=LATER))
    assert (report.state, report.added, report.is_right) == ("here", 0, True)


def test_what_is_known_of_it_is_that_of_the_source_again(client: RunClient) -> None:
    grow(list(POINTS[:4]), list(POINTS))
    run = client.run_data
    assert (run.created_at, run.started_at, run.finished_at) == (1.6e9, 1.6e9, 1.6e9 + 200)
    assert (run.status, run.inputs, run.outputs["best"]) == ("succeeded", {"rate": 0.1}, 0.5)


def test_a_run_that_failed_since_has_failed(client: RunClient) -> None:
    bring(MadeRun())
    (report,) = bring(MadeRun(known=evolve(KNOWN, status="failed", message="exit code 3")))
    assert (report.state, client.run_data.status) == ("grown", "failed")


def test_events_files_and_data_that_came_since_are_added(client: RunClient, tmp_path: Path) -> None:
    net = tmp_path / "net.bin"
    net.write_bytes(b"weights")
    first: list[Item] = [
        Event("text", "note", 1, 1.6e9, "one"),
        Event("image", "picture", 1, 1.6e9, Media(b"\x89PNG one", ".png")),
        Dataset("digits", "0f5a", {}),
        File(net, "net.bin"),
    ]
    more: list[Item] = [
        Event("text", "note", 2, 1.6e9 + 1, "two"),
        Event("image", "picture", 2, 1.6e9, Media(b"\x89PNG two", ".png")),
        Dataset("letters", "0f5b", {}),
        File(tmp_path / "new.bin", "new.bin"),
    ]
    bring(MadeRun(found=first))
    net.write_bytes(b"better weights")
    (tmp_path / "new.bin").write_bytes(b"new")
    (report,) = bring(MadeRun(found=[*first, *more], known=LATER))
    assert (report.added, report.is_right) == (5, True)
    assert client.get_artifact("outputs/net.bin") == b"better weights"


def test_a_series_that_begins_otherwise_by_now_is_left_alone_and_told(client: RunClient) -> None:
    others = [point._replace(value=2.0) for point in POINTS]
    report = grow(list(POINTS[:4]), [*others, Point("accuracy", 1, 1.6e9, 0.5)])
    assert (report.added, report.is_right) == (1, False)
    assert client.get_metrics()["loss"]["metric"] == [point.value for point in POINTS[:4]]


def test_what_was_added_here_stays(client: RunClient) -> None:
    bring(MadeRun(found=list(POINTS[:4])))
    writer = RecordWriter(client.folder)
    writer.append("tags", values=["mine"], reset=False)
    writer.close()
    bring(MadeRun(known=LATER))
    assert client.run_data.tags == ["mine", "cnn"]


def test_a_dry_run_adds_nothing(client: RunClient) -> None:
    bring(MadeRun(found=list(POINTS[:4])))
    (report,) = bring(MadeRun(), dry_run=True)
    assert (report.state, len(client.get_metrics()["loss"]["step"])) == ("here", 4)


MORE_OF_TENSORBOARD = """
import sys
sys.modules["tensorboard.compat.notf"] = sys
from torch.utils.tensorboard import SummaryWriter
writer = SummaryWriter(sys.argv[1], filename_suffix=".later")
for step in range(100, 150):
    writer.add_scalar("loss", 0.1, step, walltime=1.7e9 + step)
writer.close()
"""


@pytest.mark.system
def test_a_folder_of_tensorboard_that_grew_is_topped_up(
    home: Path, tensorboard_logs: Path, tmp_path: Path
) -> None:
    shutil.copytree(tensorboard_logs / "rate0.1", tmp_path / "logs")
    (before,) = bring_from("tensorboard", tmp_path / "logs").values()
    train(MORE_OF_TENSORBOARD, tmp_path / "logs", "tensorboard", "torch")
    (report,) = bring_from("tensorboard", tmp_path / "logs").values()
    assert (report.uuid, report.state, report.added, report.is_right) == (before.uuid, "grown", 50, True)
    assert RunClient(run_uuid=report.uuid).get_metrics("loss")["loss"]["step"] == list(range(150))


MORE_OF_MLFLOW = """
import sys, mlflow
from pathlib import Path
mlflow.set_tracking_uri(f"sqlite:///{sys.argv[1]}/mlflow.db")
mlflow.set_experiment("digits")
(run,) = mlflow.search_runs(filter_string="run_name = 'child'", output_format="list")
with mlflow.start_run(run_id=run.info.run_id):
    for step in range(100, 150):
        mlflow.log_metric("loss", 0.5, step=step)
    mlflow.log_param("late", 1)
"""


@pytest.mark.system
@pytest.mark.filterwarnings("ignore")  # those of MLflow's own libraries
def test_a_store_of_mlflow_that_grew_is_topped_up(home: Path, mlflow_database: Path, tmp_path: Path) -> None:
    shutil.copytree(mlflow_database.parent, tmp_path / "store")
    place = f"sqlite:///{tmp_path}/store/mlflow.db"
    before = bring_from("mlflow", place)
    train(MORE_OF_MLFLOW, tmp_path / "store", "mlflow")
    reports = bring_from("mlflow", place)
    (grown,) = [report for report in reports.values() if report.state == "grown"]
    assert (grown.label, grown.uuid, grown.added, grown.is_right) == ("child", before["child"].uuid, 50, True)
    assert RunClient(run_uuid=grown.uuid).get_inputs() == {"late": 1}
