"""`polyaxon artifacts`, on a run that a real script logged and a real sidecar shipped."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.sidecar.launch import launch
from tests.cli.conftest import Polyaxon

pytestmark = pytest.mark.system


@pytest.fixture
def team(tmp_path: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Path:
    """The configured store."""
    environment["POLYAXON_ARTIFACTS_STORE"] = str(tmp_path / "team")
    environment["POLYAXON_CACHE"] = str(tmp_path / "cache")
    monkeypatch.setenv("POLYAXON_ARTIFACTS_STORE", str(tmp_path / "team"))
    return tmp_path / "team"


@pytest.fixture
def shipped(home: Path, team: Path, monkeypatch: pytest.MonkeyPatch) -> RunFolder:
    """A run that is over and shipped."""
    monkeypatch.setenv("POLYAXON_HOME", str(home))
    folder = RunFolder(home / "runs" / new_uuid()).create()
    (folder.outputs / "model.txt").write_text("model")
    (folder.outputs / "data").mkdir()
    (folder.outputs / "data" / "x.csv").write_text("1,2")
    writer = RecordWriter(folder)
    writer.append("created", name="train", project="default", track_code=False, track_env=False)
    writer.append("status", status="succeeded")
    writer.close()
    assert launch(folder).wait(120)
    return folder


@pytest.fixture
def elsewhere(
    environment: dict[str, str], tmp_path: Path, shipped: RunFolder, polyaxon: Polyaxon
) -> Polyaxon:
    """`polyaxon` on a machine that has nothing but the store."""
    environment["POLYAXON_HOME"] = str(tmp_path / "elsewhere")
    return polyaxon


def test_files_are_listed_with_the_places_that_have_them(polyaxon: Polyaxon, shipped: RunFolder) -> None:
    (shipped.outputs / "late.txt").write_text("late")
    listed = json.loads(polyaxon("artifacts", "ls", "-o", "json").out)
    found = {file["path"]: (file["is_here"], file["is_stored"]) for file in listed}
    assert (found["outputs/model.txt"], found["outputs/late.txt"]) == ((True, True), (True, False))


def test_the_files_of_a_folder_are_listed(polyaxon: Polyaxon, shipped: RunFolder) -> None:
    listed = json.loads(polyaxon("artifacts", "ls", "outputs/data", "-o", "json").out)
    assert [file["path"] for file in listed] == ["outputs/data/x.csv"]


@pytest.mark.parametrize("command", ["ls", "verify", "upload", "download"])
def test_all_runs_and_one_contradict_each_other(polyaxon: Polyaxon, home: Path, command: str) -> None:
    told = polyaxon("artifacts", command, "--all", "-uid", "0f")
    assert (told.code, "--all and --uid each name runs" in told.err) == (2, True)


def test_a_home_without_runs_names_the_store(polyaxon: Polyaxon, home: Path, team: Path) -> None:
    told = polyaxon("artifacts", "verify", "--all")
    assert (told.code, told.err) == (0, f"no runs in {home}; --store URL names those of a store\n")


def test_a_run_of_the_store_is_listed(elsewhere: Polyaxon, shipped: RunFolder) -> None:
    listed = json.loads(elsewhere("artifacts", "ls", "-uid", shipped.uuid[:8], "-o", "json").out)
    assert {"outputs/data/x.csv", "run.plx.json"} <= {file["path"] for file in listed}


def test_all_files_come_into_a_folder(elsewhere: Polyaxon, shipped: RunFolder, folder: Path) -> None:
    told = elsewhere("artifacts", "download", "-uid", shipped.uuid, "--to", "here")
    assert (told.code, (folder / "here" / "outputs" / "data" / "x.csv").read_text()) == (0, "1,2")


def test_some_files_come_into_a_folder(polyaxon: Polyaxon, shipped: RunFolder, folder: Path) -> None:
    polyaxon("artifacts", "download", "outputs/data", "--to", "here")
    assert [path.name for path in (folder / "here" / "outputs").iterdir()] == ["data"]


def test_what_the_home_lacks_of_a_run_comes_from_the_store(
    polyaxon: Polyaxon, shipped: RunFolder, folder: Path
) -> None:
    (shipped.outputs / "model.txt").unlink()
    told = polyaxon("artifacts", "download", "outputs", "--to", "here")
    found = sorted(path.name for path in (folder / "here" / "outputs").rglob("*.*"))
    assert (told.code, found) == (0, ["model.txt", "x.csv"])


def test_a_download_is_repeated_for_what_is_missing_alone(
    elsewhere: Polyaxon, shipped: RunFolder, folder: Path
) -> None:
    words = ("artifacts", "download", "outputs", "-uid", shipped.uuid, "--to", "here")
    elsewhere(*words)
    (folder / "here" / "outputs" / "model.txt").unlink()
    assert "2 files in here, 1 of them there already" in elsewhere(*words).out


def test_every_run_comes_into_a_folder_of_its_own(
    elsewhere: Polyaxon, shipped: RunFolder, team: Path, folder: Path
) -> None:
    elsewhere("artifacts", "download", "--all", "--store", str(team), "--to", "here")
    assert (folder / "here" / shipped.uuid / "outputs" / "model.txt").read_text() == "model"


def test_an_unknown_file_names_the_nearest(polyaxon: Polyaxon, shipped: RunFolder) -> None:
    told = polyaxon("artifacts", "download", "outputs/modle.txt")
    assert (told.code, told.err) == (
        2,
        "Error: the run has no 'outputs/modle.txt', did you mean 'outputs/model.txt'?\n",
    )


def test_a_store_that_is_right_is_told(elsewhere: Polyaxon, shipped: RunFolder) -> None:
    told = elsewhere("artifacts", "verify", "-uid", shipped.uuid)
    assert (told.code, told.out.endswith(" files, all right\n")) == (0, True)


def test_one_damaged_byte_in_the_store_is_found(elsewhere: Polyaxon, shipped: RunFolder, team: Path) -> None:
    (team / shipped.uuid / "outputs" / "model.txt").write_text("modem")
    told = elsewhere("artifacts", "verify", "-uid", shipped.uuid)
    damaged = f"{shipped.uuid}/outputs/model.txt: damaged: other bytes than were stored"
    assert (told.code, told.err.splitlines()[0]) == (1, damaged)


def test_a_damaged_file_is_not_brought(
    elsewhere: Polyaxon, shipped: RunFolder, team: Path, folder: Path
) -> None:
    (team / shipped.uuid / "outputs" / "model.txt").write_text("modem")
    told = elsewhere("artifacts", "download", "-uid", shipped.uuid, "--to", "here")
    assert (told.code, (folder / "here" / "outputs" / "model.txt").exists()) == (1, False)


def test_a_sample_is_read_alone(polyaxon: Polyaxon, shipped: RunFolder) -> None:
    assert " in 1 file, all right" in polyaxon("artifacts", "verify", "--sample", "1").out


def test_a_run_that_no_place_has_is_told_with_the_store(
    polyaxon: Polyaxon, shipped: RunFolder, team: Path
) -> None:
    told = f"no run 'zzz' in {team}; `polyaxon ops ls --store {team}` lists them"
    assert told in polyaxon("artifacts", "ls", "-uid", "zzz").err


def test_what_the_store_lacks_is_shipped(polyaxon: Polyaxon, shipped: RunFolder, team: Path) -> None:
    (shipped.outputs / "late.txt").write_text("late")
    told = polyaxon("artifacts", "upload")
    assert (told.code, (team / shipped.uuid / "outputs" / "late.txt").read_text()) == (0, "late")


def test_files_are_added_to_a_run(polyaxon: Polyaxon, shipped: RunFolder, team: Path, folder: Path) -> None:
    (folder / "notes").mkdir()
    (folder / "notes" / "a.txt").write_text("note")
    polyaxon("artifacts", "upload", "notes", "--to", "outputs/more")
    assert (team / shipped.uuid / "outputs" / "more" / "notes" / "a.txt").read_text() == "note"


def test_what_is_no_file_is_left_out_of_a_folder(
    polyaxon: Polyaxon, shipped: RunFolder, team: Path, folder: Path
) -> None:
    (folder / "notes").mkdir()
    os.mkfifo(folder / "notes" / "a-pipe")
    (folder / "notes" / "link.txt").symlink_to(shipped.outputs / "model.txt")
    (folder / "notes" / "z.txt").write_text("note")
    told = polyaxon("artifacts", "upload", "notes", "-o", "json")
    left_out = f"{folder}/notes/a-pipe: neither a file nor a folder"
    assert (told.code, told.err) == (0, f"{left_out}, left out\n")
    there = team / shipped.uuid / "outputs" / "notes"
    assert [path.name for path in sorted(there.iterdir())] == ["link.txt", "z.txt"]
    answer = json.loads(told.out)
    files = [("outputs/notes/link.txt", 5), ("outputs/notes/z.txt", 4)]
    [run] = answer["runs"]
    assert (answer["left_out"], run["bytes"], run["store"], run["is_complete"]) == (
        [left_out],
        9,
        str(team),
        True,
    )
    assert [(file["path"], file["size"]) for file in run["files"]] == files


def test_programs_are_told_what_was_brought(polyaxon: Polyaxon, shipped: RunFolder, folder: Path) -> None:
    told = json.loads(polyaxon("artifacts", "download", "outputs/data", "--to", "here", "-o", "json").out)
    file = {"path": "outputs/data/x.csv", "to": "here/outputs/data/x.csv", "size": 3, "state": "copied"}
    assert told["runs"] == [
        {"run": shipped.uuid, "to": "here", "bytes": 3, "files": [{**file, "error": None}]}
    ]


def test_programs_are_told_what_is_damaged(polyaxon: Polyaxon, shipped: RunFolder, team: Path) -> None:
    (team / shipped.uuid / "outputs" / "model.txt").write_text("modem")
    [run] = json.loads(polyaxon("artifacts", "verify", "-o", "json").out)["runs"]
    wrong = [(file["path"], file["error"]) for file in run["files"] if file["state"] == "damaged"]
    assert wrong == [("outputs/model.txt", "other bytes than were stored")]


def test_files_are_added_to_a_run_of_the_store(
    elsewhere: Polyaxon, shipped: RunFolder, team: Path, folder: Path
) -> None:
    (folder / "a.txt").write_text("note")
    elsewhere("artifacts", "upload", "a.txt", "-uid", shipped.uuid)
    assert (team / shipped.uuid / "outputs" / "a.txt").read_text() == "note"
    assert elsewhere("artifacts", "verify", "-uid", shipped.uuid).code == 0


def test_files_are_added_to_a_run_of_a_store_that_is_named(
    elsewhere: Polyaxon, shipped: RunFolder, environment: dict[str, str], team: Path, folder: Path
) -> None:
    del environment["POLYAXON_ARTIFACTS_STORE"]
    (folder / "a.txt").write_text("note")
    told = elsewhere("artifacts", "upload", "a.txt", "-uid", shipped.uuid, "--store", str(team))
    assert (told.code, (team / shipped.uuid / "outputs" / "a.txt").read_text()) == (0, "note")


def test_what_is_the_run_s_own_stays(polyaxon: Polyaxon, shipped: RunFolder, team: Path) -> None:
    told = polyaxon("artifacts", "rm", "outputs/data", "run.plx.json", "--yes")
    assert (told.code, "'run.plx.json' stays with the run, expected a path in outputs" in told.err) == (
        2,
        True,
    )
    assert (shipped.outputs / "data" / "x.csv").exists()


def test_files_are_taken_away_here_and_there(polyaxon: Polyaxon, shipped: RunFolder, team: Path) -> None:
    told = polyaxon("artifacts", "rm", "outputs/data", "--yes", "-o", "json")
    [run] = json.loads(told.out)["runs"]
    assert (run["bytes"], [file["path"] for file in run["files"]]) == (3, ["outputs/data/x.csv"])
    places = (shipped.path, team / shipped.uuid)
    assert (told.code, [(place / "outputs/data/x.csv").exists() for place in places]) == (0, [False, False])
    assert polyaxon("artifacts", "verify").code == 0


def test_a_file_that_was_taken_away_can_be_added_again(
    polyaxon: Polyaxon, shipped: RunFolder, team: Path, folder: Path
) -> None:
    (folder / "model.txt").write_text("model")
    polyaxon("artifacts", "rm", "outputs/model.txt", "--yes")
    told = polyaxon("artifacts", "upload", "model.txt")
    assert (told.code, (team / shipped.uuid / "outputs" / "model.txt").read_text()) == (0, "model")


@pytest.mark.parametrize("words", [("artifacts", "upload"), ("sync", "--all")])
def test_what_the_store_lost_is_shipped_again(
    polyaxon: Polyaxon, shipped: RunFolder, team: Path, words: tuple[str, ...]
) -> None:
    (team / shipped.uuid / "outputs" / "model.txt").unlink()
    assert polyaxon(*words).code == 0
    assert (team / shipped.uuid / "outputs" / "model.txt").read_text() == "model"


def test_what_was_damaged_in_the_store_is_shipped_again(
    polyaxon: Polyaxon, shipped: RunFolder, team: Path
) -> None:
    (team / shipped.uuid / "outputs" / "model.txt").write_text("modem")
    assert polyaxon("artifacts", "upload").code == 0
    assert (team / shipped.uuid / "outputs" / "model.txt").read_text() == "model"


def test_nothing_is_taken_away_without_consent(polyaxon: Polyaxon, shipped: RunFolder) -> None:
    told = polyaxon("artifacts", "rm", "outputs/data")
    assert (told.code, (shipped.outputs / "data" / "x.csv").exists()) == (130, True)


def test_ops_reads_the_runs_of_a_store(elsewhere: Polyaxon, shipped: RunFolder, team: Path) -> None:
    words = ("ops", "ls", "--store", str(team), "-q", "status:succeeded", "-o", "json")
    assert [row["uuid"] for row in json.loads(elsewhere(*words).out)["results"]] == [shipped.uuid]


def test_ops_takes_the_store_before_its_command(elsewhere: Polyaxon, shipped: RunFolder, team: Path) -> None:
    told = elsewhere("ops", "--store", str(team), "get", "-uid", shipped.uuid, "-o", "json")
    assert json.loads(told.out)["name"] == "train"


def test_what_changes_runs_takes_no_store(polyaxon: Polyaxon, team: Path) -> None:
    told = polyaxon("ops", "--store", str(team), "stop", "-uid", "0f")
    assert told.code == 2
    assert "--store goes with compare, events, export, get" in told.err
