"""Event files that PyTorch's writer wrote, brought in."""

import shutil
from pathlib import Path

import pytest

from polyaxon_sdk.client import RunClient
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.importing.report import RunReport
from tests.importing.conftest import bring_from

pytestmark = pytest.mark.system


@pytest.fixture
def report(home: Path, tensorboard_logs: Path) -> RunReport:
    """What became of one of the runs."""
    return bring_from("tensorboard", tensorboard_logs)["rate0.1"]


@pytest.fixture
def client(report: RunReport) -> RunClient:
    """A client of it."""
    return RunClient(run_uuid=report.uuid)


def test_each_folder_of_event_files_is_a_run(home: Path, tensorboard_logs: Path) -> None:
    reports = bring_from("tensorboard", tensorboard_logs)
    assert {label: report.is_right for label, report in reports.items()} == {
        "rate0.1": True,
        "rate0.01": True,
    }


def test_every_scalar_is_carried_with_its_step_and_time(client: RunClient) -> None:
    loss = client.get_metrics("loss")["loss"]
    assert loss["step"] == list(range(100))
    assert loss["metric"] == pytest.approx([0.1 * 0.5**step for step in range(100)], rel=1e-6)
    assert loss["timestamp"][1] == "2020-09-13 12:26:41.000000+00:00"


def test_nan_and_the_infinities_are_themselves(client: RunClient) -> None:
    assert str(client.get_metrics("odd")["odd"]["metric"]) == "[nan, inf]"


def test_histograms_count_what_they_counted(client: RunClient) -> None:
    (bins,) = client.get_events("histogram")["weights"]["histogram"]
    assert isinstance(bins, dict)
    assert isinstance(bins["counts"], list)
    assert sum(map(float, map(str, bins["counts"]))) == 10


def test_images_and_texts_are_carried(client: RunClient) -> None:
    (picture,) = client.get_events("image")["picture"]["image"]
    assert isinstance(picture, dict)
    assert (picture["height"], picture["width"]) == (4, 5)
    assert client.get_events("text")["note/text_summary"]["text"] == ["it goes **down**"]


def test_params_of_the_hparams_plugin_are_inputs(client: RunClient) -> None:
    assert client.get_inputs() == {"rate": 0.1, "layers": 3, "kind": "cnn"}


def test_a_curve_is_carried_and_its_counts_are_told(client: RunClient, report: RunReport) -> None:
    (curve,) = client.get_events("curve")["pr"]["curve"]
    assert isinstance(curve, dict)
    assert isinstance(curve["y"], list)
    assert (curve["kind"], len(curve["y"]), curve["y"][0]) == ("pr", 127, 1.0)
    assert [(each.what, each.number) for each in report.left_out.omissions] == [("counts of a PR curve", 1)]


def test_logs_that_were_moved_are_the_same_runs(
    report: RunReport, tensorboard_logs: Path, tmp_path: Path
) -> None:
    shutil.copytree(tensorboard_logs / "rate0.1", tmp_path / "moved" / "elsewhere")
    again = bring_from("tensorboard", tmp_path / "moved")["elsewhere"]
    assert (again.uuid, again.state, again.is_right) == (report.uuid, "here", True)


def test_what_lies_behind_damage_is_told(home: Path, tensorboard_logs: Path, tmp_path: Path) -> None:
    shutil.copytree(tensorboard_logs / "rate0.1", tmp_path / "logs")
    (file, *_) = sorted((tmp_path / "logs").glob("*tfevents*"))
    data = bytearray(file.read_bytes())
    data[3000] ^= 0xFF
    file.write_bytes(data)
    (report,) = bring_from("tensorboard", tmp_path / "logs").values()
    (damage,) = [each for each in report.left_out.omissions if each.what.startswith("byte of")]
    assert 0 < damage.number < len(data)
    assert (report.is_right, report.tally.count(points=True) < 102) == (True, True)


def test_a_folder_without_event_files_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no event file lies there"):
        bring_from("tensorboard", tmp_path)
