"""Folders in Polyaxon's own form, brought in."""

import json
from pathlib import Path

import pytest

from polyaxon_sdk.client import RunClient
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.offline import persist
from polyaxon_sdk.tracking.place import Recorded
from tests.importing.conftest import bring_from

METRICS = "step|timestamp|metric\n0|2026-11-21 19:38:30.394173+00:00|1.0\n1|2026-11-21T19:38:31+00:00|nan"
VIEW = {
    "name": "first",
    "project": "digits",
    "created_at": "2026-11-21T19:38:30+00:00",
    "status": "succeeded",
    "inputs": {"rate": 0.1},
}


@pytest.fixture
def offline(tmp_path: Path) -> Path:
    """A run such as Polyaxon's offline mode leaves."""
    path = tmp_path / "offline" / "runs" / new_uuid()
    (path / "events" / "metric").mkdir(parents=True)
    (path / "events" / "metric" / "val__loss.plx").write_text(METRICS)
    (path / "outputs").mkdir()
    (path / "outputs" / "net.bin").write_bytes(b"weights")
    (path / "run.plx.json").write_text(json.dumps({"uuid": path.name, **VIEW}))
    return path


def test_a_run_is_copied_and_is_the_same(home: Path, offline: Path) -> None:
    (report,) = bring_from("polyaxon-offline", offline.parents[1]).values()
    client = RunClient(run_uuid=offline.name)
    assert (report.state, report.is_right, report.tally.count(points=True)) == ("imported", True, 2)
    assert (client.run_data.name, client.get_inputs()) == ("first", {"rate": 0.1})
    assert client.get_artifact("outputs/net.bin") == b"weights"


def test_a_second_import_compares_it_again(home: Path, offline: Path) -> None:
    bring_from("polyaxon-offline", offline)
    RunFolder(home / "runs" / offline.name).inside("outputs/net.bin").write_bytes(b"others")
    (report,) = bring_from("polyaxon-offline", offline).values()
    assert (report.state, report.is_right, len(report.tally.files)) == ("here", False, 2)


def test_a_run_that_goes_on_in_the_home_is_not_waited_for(home: Path, folder: RunFolder) -> None:
    place = Recorded(folder)
    place.fact("created", name="live")
    place.fact("joined")
    place.fact("status", status="running", reason="", message="")
    persist(folder, folder.path)
    (report,) = bring_from("polyaxon-offline", folder.path).values()
    place.close()
    assert report.state == "here"


def test_a_folder_whose_view_is_damaged_does_not_hide_the_others(home: Path, offline: Path) -> None:
    (offline.parent / "torn").mkdir()
    (offline.parent / "torn" / "run.plx.json").write_text("{")
    reports = bring_from("polyaxon-offline", offline.parent)
    assert {label: each.state for label, each in reports.items()} == {
        offline.name: "imported",
        "torn": "failed",
    }
    assert "it is no JSON" in str(reports["torn"].error)


def test_a_folder_without_runs_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no run lies there, expected a folder with run\.plx\.json"):
        bring_from("polyaxon-offline", tmp_path)
