"""Runs that wandb wrote offline, brought in."""

import shutil
from pathlib import Path

import pytest

from polyaxon_sdk.client import RunClient
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.importing.report import RunReport
from tests.importing.conftest import bring_from
from tests.required import required

pytestmark = pytest.mark.system


@pytest.fixture
def report(home: Path, wandb_runs: Path) -> RunReport:
    """What became of the first run."""
    return bring_from("wandb", wandb_runs)["trial 0"]


@pytest.fixture
def client(report: RunReport) -> RunClient:
    """A client of it."""
    return RunClient(run_uuid=report.uuid)


def test_every_run_is_as_at_its_source(home: Path, wandb_runs: Path) -> None:
    reports = bring_from("wandb", wandb_runs)
    assert {label: each.is_right for label, each in reports.items()} == {"trial 0": True, "trial 1": True}


def test_every_step_of_the_history_is_carried(client: RunClient) -> None:
    loss = client.get_metrics("loss")["loss"]
    assert (loss["step"], loss["metric"]) == (list(range(100)), [0.5**step for step in range(100)])


def test_nested_values_are_named_by_their_path(client: RunClient) -> None:
    found = client.get_metrics("nested.a,nested.b,odd")
    assert {name: str(each["metric"]) for name, each in found.items()} == {
        "nested.a": "[1.0]",
        "nested.b": "[2.0]",
        "odd": "[nan]",
    }


def test_texts_histograms_and_pictures_are_events(client: RunClient) -> None:
    assert client.get_events("text")["note"]["text"] == ["the end"]
    assert client.get_events("histogram")["weights"]["histogram"] == [
        {"values": [0.0, 0.5, 1.0], "counts": [1.0, 2.0]}
    ]
    (picture,) = client.get_events("image")["picture"]["image"]
    assert isinstance(picture, dict)
    assert client.get_artifact(str(picture["path"])).startswith(b"\x89PNG")


def test_config_summary_and_words_are_carried(client: RunClient) -> None:
    run = client.run_data
    assert (run.inputs, run.outputs["best"]) == ({"rate": 0.1, "net": {"layers": [32, 16]}}, 0.25)
    assert (run.name, run.project, run.tags, run.description) == ("trial 0", "digits", ["cnn"], "a note")


def test_an_exit_code_is_a_status(home: Path, wandb_runs: Path) -> None:
    run = RunClient(run_uuid=bring_from("wandb", wandb_runs)["trial 1"].uuid).run_data
    assert (run.status, run.conditions[-1].message) == ("failed", "exit code 3")


def test_the_console_is_a_file(client: RunClient) -> None:
    assert b"said on the console" in client.get_artifact("outputs/output.log")


def test_a_caption_and_a_table_are_counted_among_what_is_not_carried(report: RunReport) -> None:
    found = {each.what for each in report.left_out.omissions}
    assert {"caption of image-file", "event of the kind table-file"} <= found


def test_a_run_that_was_cut_off_comes_as_far_as_it_got(home: Path, wandb_runs: Path, tmp_path: Path) -> None:
    (file, *_) = sorted(wandb_runs.rglob("run-*.wandb"))
    shutil.copy(file, tmp_path / file.name)
    with (tmp_path / file.name).open("r+b") as torn:
        torn.truncate(file.stat().st_size // 2)
    (report,) = bring_from("wandb", tmp_path).values()
    run = RunClient(run_uuid=report.uuid).run_data
    assert (report.is_right, run.status) == (True, "failed")
    assert 0 < report.tally.count(points=True) < 200


def test_a_file_of_others_is_told_and_does_not_hide_the_rest(
    home: Path, wandb_runs: Path, tmp_path: Path
) -> None:
    shutil.copytree(wandb_runs, tmp_path / "runs", symlinks=True)
    (tmp_path / "runs" / "run-0.wandb").write_text("none of wandb's")
    reports = bring_from("wandb", tmp_path / "runs")
    assert {label: each.state for label, each in reports.items()} == {
        "trial 0": "imported",
        "trial 1": "imported",
        "0": "failed",
    }
    assert "it is no file of wandb's" in str(reports["0"].error)


def test_a_folder_without_runs_is_told(tmp_path: Path) -> None:
    required("wandb")
    with pytest.raises(InputError, match=r"no run of wandb lies there, expected run-\*.wandb"):
        bring_from("wandb", tmp_path)
