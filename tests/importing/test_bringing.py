"""A run of another tracker becomes one of the home: with its times, whole or not at all, once."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from polyaxon_sdk.client import RunClient
from polyaxon_sdk.importing.item import Bins, Dataset, Event, File, Media, Point
from polyaxon_sdk.importing.source_run import About
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from tests.house import ROOT
from tests.importing.conftest import POINTS, UUID, MadeRun, bring
from tests.polling import eventually

ABOUT = About(
    name="first",
    project="digits",
    description="a parabola",
    user="me",
    tags=["cnn"],
    status="failed",
    message="exit code 3",
    created_at=1_600_000_000.0,
    started_at=1_600_000_001.0,
    finished_at=1_600_000_061.0,
    inputs={"rate": 0.1, "reset": [1, 2]},
    outputs={"best": 0.5},
    meta={"group": "a"},
)


@pytest.fixture
def client(home: Path) -> RunClient:
    """A client of the run once it is brought in."""
    return RunClient(run_uuid=UUID)


def test_points_keep_steps_times_and_values(client: RunClient) -> None:
    bring(MadeRun())
    found = client.get_metrics("loss")["loss"]
    assert found["step"] == list(range(10))
    assert found["metric"] == [point.value for point in POINTS]
    assert found["timestamp"][1] == "2020-09-13 12:26:41.500000+00:00"


def test_what_is_known_of_a_run_comes_with_its_times(client: RunClient) -> None:
    bring(MadeRun(known=ABOUT))
    run = client.run_data
    assert (run.name, run.project, run.description, run.user) == ("first", "digits", "a parabola", "me")
    assert (run.tags, run.inputs, run.outputs["best"]) == (["cnn"], {"rate": 0.1, "reset": [1, 2]}, 0.5)
    assert (run.created_at, run.started_at, run.finished_at) == (1.6e9, 1.6e9 + 1, 1.6e9 + 61)
    assert (run.status, run.conditions[-1].message) == ("failed", "exit code 3")
    assert run.meta["group"] == "a"


def test_a_run_says_where_it_came_from(client: RunClient) -> None:
    bring(MadeRun())
    origin = client.run_data.meta["imported"]
    assert isinstance(origin, dict)
    assert (origin["source"], origin["place"], origin["run"]) == ("made", "a list", "made")


def test_nothing_of_this_machine_is_captured_for_a_run_that_ran_elsewhere(client: RunClient) -> None:
    bring(MadeRun())
    assert client.get_artifacts_tree().dirs == ["events"]


def test_an_imported_run_is_finished(client: RunClient) -> None:
    bring(MadeRun())
    loss = client.run_data.summaries["loss"]
    assert (loss["count"], loss["last"]) == (10, 0.1)


def test_every_kind_of_event_is_the_same_afterwards(client: RunClient, tmp_path: Path) -> None:
    (tmp_path / "sound.wav").write_bytes(b"RIFF")
    found = [
        Event("text", "note", 1, 1.6e9, "hello | world"),
        Event("html", "page", 1, 1.6e9, "<b>hello</b>"),
        Event("histogram", "weights", 1, 1.6e9, Bins([0.0, 0.5, 1.0], [1.0, 2.0])),
        Event("image", "picture", 1, 1.6e9, Media(b"\x89PNG picture", ".png")),
        Event("audio", "sound", 1, 1.6e9, Media(b"RIFF of its own", ".wav")),
        Event("audio", "sound", 2, 1.6e9, Media(tmp_path / "sound.wav", ".wav")),
    ]
    (report,) = bring(MadeRun(found=list(found)))
    assert (report.is_right, report.tally.count(points=False)) == (True, 6)
    assert client.get_events("text")["note"]["text"] == ["hello | world"]


def test_files_keep_their_places_and_hashes(client: RunClient, tmp_path: Path) -> None:
    (tmp_path / "net.bin").write_bytes(b"weights")
    (report,) = bring(MadeRun(found=[File(tmp_path / "net.bin", "model/deep/net.v1.bin")]))
    assert report.is_right
    assert client.get_artifact("outputs/model/deep/net.v1.bin") == b"weights"


def test_a_data_set_is_an_input_of_the_run(client: RunClient) -> None:
    (report,) = bring(MadeRun(found=[Dataset("digits", "0f5a", {"source": "s3://digits"})]))
    (artifact,) = client.get_artifacts_lineage()
    assert (report.is_right, artifact["name"], artifact["is_input"]) == (True, "digits", True)


def test_a_file_never_leads_out_of_the_run(home: Path, tmp_path: Path) -> None:
    (tmp_path / "net.bin").write_bytes(b"weights")
    (report,) = bring(MadeRun(found=[File(tmp_path / "net.bin", "../../net.bin")]))
    assert (report.state, "leads out of the run" in str(report.error)) == ("failed", True)


def test_a_parent_is_found_by_its_child(client: RunClient) -> None:
    parent = new_uuid()
    bring(MadeRun(known=About(created_at=1.6e9, upstream=parent)))
    assert [edge.uuid for edge in client.run_data.upstream] == [parent]


def test_the_project_is_that_of_the_source_or_the_one_that_is_given(home: Path) -> None:
    other = new_uuid()
    bring(MadeRun(known=ABOUT))
    bring(MadeRun(known=ABOUT, uuid=other), project="team/vision")
    assert RunClient(run_uuid=UUID).project == "digits"
    assert (RunClient(run_uuid=other).owner, RunClient(run_uuid=other).project) == ("team", "vision")


def test_a_slash_in_the_project_of_a_source_tells_of_no_owner(client: RunClient) -> None:
    bring(MadeRun(known=About(created_at=1.6e9, project="/Users/me/digits")))
    assert (client.owner, client.project) == ("default", "Users-me-digits")


def test_a_secret_among_the_params_is_masked_and_named(client: RunClient) -> None:
    (report,) = bring(
        MadeRun(known=About(created_at=1.6e9, inputs={"api_key": "hunter2hunter2", "rate": 0.1}))
    )
    assert client.get_inputs() == {"api_key": "[masked]", "rate": 0.1}
    assert report.is_right
    assert ("input api_key", 1) in [(each.what, each.number) for each in report.left_out.omissions]


def test_a_second_import_changes_nothing(client: RunClient) -> None:
    bring(MadeRun())
    (report,) = bring(MadeRun())
    assert (report.state, report.is_right) == ("here", True)
    assert len(client.get_metrics("loss")["loss"]["step"]) == 10


def test_a_dry_run_tells_a_source_that_grew_since(home: Path) -> None:
    bring(MadeRun())
    (report,) = bring(MadeRun(found=[*POINTS, Point("loss", 10, 1.6e9, 0.0)]), dry_run=True)
    assert report.parity is not None
    assert report.parity.differences == ["metric loss: 11 at the source, 10 here"]


def test_a_dry_run_only_tells(home: Path) -> None:
    (report,) = bring(MadeRun(), dry_run=True)
    assert (report.state, report.tally.count(points=True), home.exists()) == ("new", 10, False)


def test_what_is_not_carried_is_in_the_report(home: Path) -> None:
    (report,) = bring(MadeRun())
    assert [tuple(each) for each in report.left_out.omissions] == [("graph", "there is none here", 1)]


def test_a_run_that_breaks_off_leaves_nothing_and_the_others_come(home: Path) -> None:
    other = new_uuid()
    broken, whole = bring(MadeRun(ends_with=OSError(5, "the disk is gone", "/data")), MadeRun(uuid=other))
    assert (broken.state, broken.error) == ("failed", "/data: the disk is gone")
    assert ([path.name for path in (home / "runs").iterdir()], whole.state) == ([other], "imported")


def test_an_interrupt_leaves_nothing_of_the_run(home: Path) -> None:
    with pytest.raises(KeyboardInterrupt, match="now"):
        bring(MadeRun(ends_with=KeyboardInterrupt("now")))
    assert list((home / "importing").iterdir()) == []
    assert not (home / "runs").exists()


@pytest.mark.system
def test_a_kill_leaves_no_run_and_the_next_import_sweeps(home: Path, tmp_path: Path) -> None:
    script = f"""
import time
from tests.importing.conftest import MadeRun, POINTS, bring
from attrs import define
class Endless(MadeRun):
    def items(self, left_out):
        yield from POINTS
        open({str(tmp_path / "begun")!r}, "w").close()
        time.sleep(60)
bring(Endless())
"""
    process = subprocess.Popen([sys.executable, "-c", script], env={**os.environ, "PYTHONPATH": str(ROOT)})
    eventually((tmp_path / "begun").exists)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert (len(list((home / "importing").iterdir())), (home / "runs").exists()) == (1, False)
    (report,) = bring(MadeRun())
    assert (report.state, list((home / "importing").iterdir())) == ("imported", [])


def test_a_full_disk_lets_no_half_run_arrive(small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLYAXON_HOME", str(small_disk / "home"))
    (report,) = bring(MadeRun())
    assert (report.state, (small_disk / "home" / "runs").exists()) == ("failed", False)


def test_an_altered_file_is_a_difference(home: Path, tmp_path: Path) -> None:
    (tmp_path / "net.bin").write_bytes(b"weights")
    run = MadeRun(found=[File(tmp_path / "net.bin", "net.bin")])
    bring(run)
    RunFolder(home / "runs" / UUID).inside("outputs/net.bin").write_bytes(b"others")
    (report,) = bring(run)
    assert report.parity is not None
    assert [line.partition(":")[0] for line in report.parity.differences] == ["file net.bin"]
