"""Runs that MLflow's own client wrote, brought in."""

from pathlib import Path

import pytest

from polyaxon_sdk.client import RunClient
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.importing.left_out import LeftOut
from polyaxon_sdk.importing.report import RunReport
from polyaxon_sdk.importing.sources import open_source
from tests.importing.conftest import bring_from
from tests.required import required

# MLflow and its libraries warn of each other.
pytestmark = [pytest.mark.system, pytest.mark.filterwarnings("ignore")]

Reports = dict[str, RunReport]


@pytest.fixture
def reports(home: Path, mlflow_database: Path) -> Reports:
    """What became of the runs."""
    return bring_from("mlflow", mlflow_database)


def test_every_run_is_as_at_its_source(reports: Reports) -> None:
    assert {label: (each.state, each.is_right) for label, each in reports.items()} == {
        "parent": ("imported", True),
        "child": ("imported", True),
        "broken": ("imported", True),
    }


def test_the_whole_history_of_a_metric_is_carried(reports: Reports) -> None:
    client = RunClient(run_uuid=reports["child"].uuid)
    loss = client.get_metrics("loss")["loss"]
    assert (loss["step"], loss["metric"]) == (list(range(100)), [0.5**step for step in range(100)])
    assert str(client.get_metrics("odd")["odd"]["metric"]) == "[nan]"


def test_params_become_numbers_where_that_is_what_they_print_as(reports: Reports) -> None:
    inputs = RunClient(run_uuid=reports["parent"].uuid).get_inputs()
    assert inputs == {"rate": 0.1, "kind": "cnn", "version": "1.10"}


def test_name_project_tags_and_description_are_carried(reports: Reports) -> None:
    run = RunClient(run_uuid=reports["parent"].uuid).run_data
    assert (run.name, run.project, run.tags) == ("parent", "digits", ["team=vision"])
    assert run.description == "all folds"


def test_a_child_is_found_under_its_parent(reports: Reports) -> None:
    upstream = RunClient(run_uuid=reports["child"].uuid).run_data.upstream
    assert [edge.uuid for edge in upstream] == [reports["parent"].uuid]


def test_artifacts_keep_their_paths(reports: Reports) -> None:
    client = RunClient(run_uuid=reports["child"].uuid)
    assert client.get_artifact("outputs/model/deep/net.txt") == b"weights"
    assert client.get_artifact("outputs/notes.txt") == b"top"


def test_a_logged_model_comes_with_its_run(reports: Reports) -> None:
    client = RunClient(run_uuid=reports["child"].uuid)
    assert client.get_artifact("outputs/models/net/MLmodel") == b"flavors"


def test_a_deleted_run_is_counted_among_what_is_not_carried(home: Path, mlflow_database: Path) -> None:
    left_out = LeftOut()
    with open_source("mlflow", str(mlflow_database)).runs(left_out):
        assert [(each.what, each.number) for each in left_out.omissions] == [("deleted run", 1)]


def test_a_run_that_failed_has_failed(reports: Reports) -> None:
    run = RunClient(run_uuid=reports["broken"].uuid).run_data
    assert (run.status, run.finished_at is not None) == ("failed", True)


def test_a_folder_of_files_is_read_too(home: Path, mlflow_database: Path) -> None:
    (report,) = bring_from("mlflow", mlflow_database.with_name("mlruns")).values()
    assert (report.label, report.is_right, len(report.tally.files)) == ("of files", True, 1)
    assert RunClient(run_uuid=report.uuid).get_metrics("loss")["loss"]["step"] == [3]


def test_a_second_import_takes_nothing(reports: Reports, mlflow_database: Path) -> None:
    again = bring_from("mlflow", f"sqlite:///{mlflow_database}")
    assert {each.state for each in again.values()} == {"here"}


def test_a_folder_that_is_none_of_mlflows_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    required("mlflow")
    with pytest.raises(InputError, match=r"no run of MLflow lies there, expected mlruns or mlflow\.db"):
        bring_from("mlflow", tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("contents", ["no database", ""])
def test_a_file_that_is_no_database_of_mlflows_is_told_and_left_as_it_is(
    tmp_path: Path, contents: str
) -> None:
    required("mlflow")
    (tmp_path / "notes.db").write_text(contents)
    with pytest.raises(InputError, match="no run of MLflow lies there"):
        bring_from("mlflow", tmp_path / "notes.db")
    assert (tmp_path / "notes.db").read_text() == contents
