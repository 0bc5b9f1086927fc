import json
import shutil
import time
from pathlib import Path

import pytest

from polyaxon_sdk.client import RunClient
from polyaxon_sdk.exceptions import InputError, RunNotFoundError
from polyaxon_sdk.runs.drained import read_drained
from polyaxon_sdk.runs.event_series import read_event_series
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.offline import Arrival, bring_in, persist, read_offline, take_out
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.runs.writer import Writer, this_process
from polyaxon_sdk.sidecar.abandoned import SILENCE, close_abandoned, note_silence
from polyaxon_sdk.sidecar.arrival import push_offline
from polyaxon_sdk.sidecar.launch import Sidecar
from polyaxon_sdk.sidecar.rounds import work_beside
from polyaxon_sdk.tracking.place import Recorded
from polyaxon_sdk.tracking.run import Run
from tests.sidecar.draining import Logger

HERE = this_process()
ELSEWHERE = HERE._replace(host="laptop/0")
GONE = HERE._replace(pid=4194305)
"""A process id that no process can have."""

UUID = "0f5a8b1c2d3e4f5061728394a5b6c7d8"
MOMENT = "2024-03-02T00:00:0{}+00:00"
VIEW = {
    "uuid": UUID,
    "name": "theirs",
    "tags": ["cnn"],
    "project": "digits",
    "created_at": MOMENT.format(1),
    "finished_at": MOMENT.format(5),
    "inputs": {"rate": 0.1},
    "outputs": {"best": 2, "loss": 0.5},
    "meta_info": {"has_metrics": True},
    "status_conditions": [
        {"type": "created", "reason": "Offline", "last_transition_time": MOMENT.format(1)},
        {"type": "running", "last_transition_time": MOMENT.format(2)},
        {"type": "failed", "message": "why", "last_transition_time": MOMENT.format(5)},
    ],
}
LINEAGES = [
    {"name": "net", "kind": "model", "path": "outputs/net.bin", "summary": {"hash": "a"}},
    {"name": "loss", "kind": "metric", "path": "events/metric/loss.plx", "summary": {"is_event": True}},
]
ROWS = "step|timestamp|metric\n0|2024-03-02 00:00:03.000000+00:00|1.0\n1|2024-03-02 00:00:04.000000+00:00|0.5"


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """A run as Polyaxon's offline mode leaves it."""
    path = tmp_path / "offline" / UUID
    for folder in ("events/metric", "outputs", "plxlogs"):
        (path / folder).mkdir(parents=True)
    (path / "run.plx.json").write_text(json.dumps(VIEW))
    (path / "lineages.plx.json").write_text(json.dumps(LINEAGES))
    (path / "events" / "metric" / "loss.plx").write_text(ROWS)
    (path / "outputs" / "net.bin").write_text("weights")
    log = {"timestamp": MOMENT.format(3), "node": "n", "pod": "p", "container": "c", "value": "hello"}
    (path / "plxlogs" / "logs.jsonl").write_text(f"\n{json.dumps(log)}")
    return path


@pytest.fixture
def ours(folder: RunFolder, tmp_path: Path) -> RunFolder:
    """A run of this package's, not drained, with a metric, a text and a file."""
    run = Run(Recorded(folder))
    run.log_inputs(rate=0.1)
    run.log_metric("train/loss", 0.5, step=3)
    run.log_text("note", "hello")
    Path(run.get_outputs_path("net.bin")).write_text("weights")
    run.end()
    return folder


def test_a_folder_of_polyaxons_tells_its_run(theirs: Path) -> None:
    state = read_offline(theirs)
    assert (state.uuid, state.name, state.tags, state.project) == (UUID, "theirs", ["cnn"], "digits")
    assert (state.inputs, state.outputs) == (VIEW["inputs"], VIEW["outputs"])
    assert (state.status, state.duration, state.conditions[-1].message) == ("failed", 3.0, "why")


def test_what_is_none_of_it_is_left_out(theirs: Path) -> None:
    broken = {"uuid": 3, "tags": "a", "inputs": 1, "created_at": "yesterday", "status_conditions": [3]}
    (theirs / "run.plx.json").write_text(json.dumps(broken))
    state = read_offline(theirs)
    assert (state.uuid, state.tags, state.inputs, state.status) == (state.uuid, [], {}, "unknown")


def test_a_run_of_polyaxons_comes_into_the_home_with_its_times(theirs: Path, home: Path) -> None:
    folder = bring_in(theirs, home)
    state = read_run(folder)
    assert (folder.path, state.created_at) == (home / "runs" / UUID, 1709337601.0)
    assert [each.time - 1709337600 for each in state.conditions] == [1.0, 2.0, 5.0]


def test_its_artifacts_come_too(theirs: Path, home: Path) -> None:
    state = read_run(bring_in(theirs, home))
    assert list(state.artifacts) == [("net", "model")]
    assert (home / "runs" / UUID / "outputs" / "net.bin").read_text() == "weights"


@pytest.mark.system
def test_all_that_it_logged_is_read(theirs: Path, home: Path) -> None:
    folder = push_offline(theirs, home, Arrival(), clean=True)
    assert Sidecar(folder).wait(120)
    client = RunClient(run_uuid=UUID)
    assert client.get_metrics("loss")["loss"]["metric"] == [1.0, 0.5]
    assert [line.text for line in client.get_logs()] == ["hello"]
    assert client.run_data.summaries["loss"]["mean"] == 0.75
    assert not theirs.exists()


@pytest.mark.system
def test_it_is_shipped(theirs: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLYAXON_ARTIFACTS_STORE", (tmp_path / "store").as_uri())
    assert Sidecar(push_offline(theirs, home, Arrival(), clean=False)).wait(120)
    shutil.rmtree(home)
    pulled = RunClient(run_uuid=UUID).pull_remote_run(tmp_path / "pulled")
    assert (pulled / "outputs" / "net.bin").read_text() == "weights"
    assert read_offline(pulled).conditions[-1].message == "why"


def test_a_run_comes_in_once(theirs: Path, home: Path) -> None:
    bring_in(theirs, home)
    with pytest.raises(InputError, match=f"run {UUID} is in the home already"):
        bring_in(theirs, home)


def test_under_a_uuid_of_its_own_it_comes_again(theirs: Path, home: Path) -> None:
    client = RunClient()
    first = client.push_offline_run(theirs)
    second = client.push_offline_run(theirs, reset_uuid=True, reset_project=True, name="again")
    state = RunClient(run_uuid=second).run_data
    assert (first == second, state.name, state.project) == (False, "again", "default")


def test_what_is_known_comes_alone_where_the_files_are_not_wanted(theirs: Path, home: Path) -> None:
    folder = bring_in(theirs, home, Arrival(takes_files=False))
    assert (read_run(folder).inputs, list(folder.outputs.iterdir())) == ({"rate": 0.1}, [])


def test_nothing_is_left_behind_by_one_that_fails(theirs: Path, home: Path) -> None:
    (theirs / "lineages.plx.json").write_text("{")
    with pytest.raises(InputError, match=r"lineages.plx.json: it is no JSON"):
        bring_in(theirs, home)
    assert list((home / "runs").glob("*")) + list((home / "runs").glob(".*")) == []


@pytest.mark.parametrize(("text", "said"), [("[]", "it is a list, expected a dict"), ("{", "no JSON")])
def test_a_view_that_is_none_is_refused(text: str, said: str, theirs: Path) -> None:
    (theirs / "run.plx.json").write_text(text)
    with pytest.raises(InputError, match=said):
        read_offline(theirs)


def test_a_folder_without_a_run_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no run lies there, expected a folder with run\.plx\.json"):
        read_offline(tmp_path / "nowhere")


def test_a_run_is_taken_out_with_all_that_it_logged(ours: RunFolder, tmp_path: Path) -> None:
    path = take_out(ours, tmp_path)
    assert (path / "events" / "metric" / "train__loss.plx").read_text().endswith("|0.5")
    assert (path / "outputs" / "net.bin").read_text() == "weights"
    assert not (path / "record").exists()


def test_what_was_taken_out_can_be_brought_in(ours: RunFolder, tmp_path: Path) -> None:
    folder = bring_in(take_out(ours, tmp_path), tmp_path / "other")
    assert read_run(folder).inputs == {"rate": 0.1}
    assert [(each.kind, each.name) for each in read_event_series(folder)] == [
        ("metric", "train/loss"),
        ("text", "note"),
    ]


def test_a_series_that_no_lineage_names_is_called_as_its_file_is(theirs: Path, home: Path) -> None:
    (theirs / "lineages.plx.json").unlink()
    assert [each.name for each in read_event_series(bring_in(theirs, home))] == ["loss"]


def test_a_run_of_ours_is_copied_whole(ours: RunFolder, tmp_path: Path) -> None:
    folder = bring_in(ours.path, tmp_path / "other")
    before, after = (read_event_series(each) for each in (ours, folder))
    assert [series.read() for series in after] == [series.read() for series in before]


def test_what_is_known_of_a_run_is_persisted(ours: RunFolder, tmp_path: Path) -> None:
    persist(ours, tmp_path / "kept")
    assert sorted(file.name for file in (tmp_path / "kept").iterdir()) == [
        "lineages.plx.json",
        "run.plx.json",
    ]
    assert json.loads((tmp_path / "kept" / "run.plx.json").read_text())["inputs"] == {"rate": 0.1}


def test_the_verbs_do_the_same(theirs: Path, home: Path, tmp_path: Path) -> None:
    run = Run(Recorded(RunFolder(home / "runs" / UUID[::-1]).create()))
    assert run.push_offline_run(str(theirs)) == UUID
    assert Path(run.pull_remote_run(tmp_path / "out")).name == UUID[::-1]
    assert Run.load_offline_run(tmp_path / "nowhere", raise_if_not_found=False) is None


def test_a_run_that_is_nowhere_is_told(home: Path) -> None:
    with pytest.raises(RunNotFoundError, match="no run '0f5a8b1c2d3e4f5061728394a5b6c7d8'"):
        RunClient(run_uuid=UUID).pull_remote_run()


def begun(folder: RunFolder, writer: Writer) -> RunFolder:
    """The run, which goes on as far as its record tells."""
    record = RecordWriter(folder)
    record.restart(writer)
    record.append("created", name="train", track_code=False, track_env=False)
    record.append("joined")
    record.append("status", status="running", reason="Tracking")
    record.close()
    return folder


@pytest.mark.parametrize("writer", [HERE, ELSEWHERE])
def test_a_copy_of_a_run_that_goes_on_is_unknown(folder: RunFolder, tmp_path: Path, writer: Writer) -> None:
    copy = bring_in(take_out(begun(folder, writer), tmp_path), tmp_path / "other")
    work_beside(copy)
    assert [each.status for each in read_run(copy).conditions] == ["running", "unknown"]
    assert read_drained(copy).is_finished


@pytest.mark.parametrize("writer", [HERE, ELSEWHERE])
def test_so_is_one_that_came_with_its_record(folder: RunFolder, tmp_path: Path, writer: Writer) -> None:
    Logger(begun(folder, writer)).log("loss")
    copy = bring_in(folder.path, tmp_path / "other")
    work_beside(copy)
    assert not close_abandoned(copy, time.time() + 10 * SILENCE)
    assert (read_run(copy).status, read_drained(copy).is_finished) == ("unknown", True)
    assert [series.name for series in read_event_series(copy)] == ["loss"]


def test_so_is_one_that_was_being_stopped(folder: RunFolder, tmp_path: Path) -> None:
    record = RecordWriter(begun(folder, HERE))
    record.append("status", status="stopping", reason="Stopped", message="")
    record.close()
    copy = bring_in(folder.path, tmp_path / "other")
    work_beside(copy)
    assert [each.status for each in read_run(copy).conditions] == ["running", "stopping", "unknown"]


def test_a_copy_of_a_run_whose_processes_are_gone_failed(folder: RunFolder, tmp_path: Path) -> None:
    copy = bring_in(begun(folder, GONE).path, tmp_path / "other")
    work_beside(copy)
    assert (read_run(copy).status, read_run(copy).conditions[-1].reason) == ("failed", "ProcessGone")


def test_how_a_copy_ends_is_said_of_who_went_on_with_it(folder: RunFolder, tmp_path: Path) -> None:
    copy = bring_in(take_out(begun(folder, HERE), tmp_path), tmp_path / "other")
    work_beside(begun(copy, GONE))
    assert (read_run(copy).status, read_run(copy).conditions[-1].reason) == ("failed", "ProcessGone")


def test_what_a_reader_of_a_store_found_by_itself_is_not_taken_out(folder: RunFolder, tmp_path: Path) -> None:
    assert note_silence(begun(folder, ELSEWHERE), time.time() + 2 * SILENCE)
    assert read_run(folder).status == "unknown"
    assert [each.status for each in read_offline(take_out(folder, tmp_path)).conditions] == ["running"]


def test_a_folder_of_which_nothing_tells_is_refused(folder: RunFolder, tmp_path: Path) -> None:
    begun(folder, HERE)
    next(folder.record.iterdir()).write_bytes(b"\x00\xff garbage\n")
    with pytest.raises(InputError, match="record: nothing of it can be read"):
        bring_in(folder.path, tmp_path / "other")
