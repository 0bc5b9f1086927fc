import json
import os
import shutil
import time
from pathlib import Path
from threading import Thread

import pytest

from polyaxon_sdk.exceptions import InputError, StoreError
from polyaxon_sdk.index.mirror import Mirror
from polyaxon_sdk.index.mirrored import bring_events, mirrored
from polyaxon_sdk.index.page import list_page
from polyaxon_sdk.index.place import STORE
from polyaxon_sdk.index.question import Question
from polyaxon_sdk.index.selector import resolve
from polyaxon_sdk.runs.drained import write_whole
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.logs import read_logs
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.runs.series import read_series
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.runs.views import run_view
from polyaxon_sdk.settings import Settings, load
from polyaxon_sdk.sidecar.mark import StoreMark, mark_deleted
from polyaxon_sdk.sidecar.ship import Shipper
from polyaxon_sdk.storage.file_store import FileStore

MOMENT = "2026-01-01T00:00:00+00:00"


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """The store of a team."""
    folder = tmp_path / "team"
    folder.mkdir()
    return folder


@pytest.fixture
def settings(tmp_path: Path, team: Path) -> Settings:
    """Settings of somebody whose home is empty."""
    return load({"POLYAXON_HOME": str(tmp_path / "home"), "POLYAXON_CACHE": str(tmp_path / "cache")})


def ship(team: Path, name: str, *, uuid: str = "", marked: bool = True, **outputs: float) -> RunFolder:
    """Put a run into the store, or change it, as those do who ship."""
    folder = RunFolder(team / (uuid or new_uuid()))
    folder.record.mkdir(parents=True, exist_ok=True)
    writer = RecordWriter(folder)
    writer.append("created", name=name, project="default")
    writer.append("outputs", values=dict(outputs))
    writer.append("status", status="running")
    writer.close()
    (folder.path / "events" / "metric").mkdir(parents=True, exist_ok=True)
    (folder.path / "events" / "metric" / "loss.plx").write_text(f"step|timestamp|metric\n1|{MOMENT}|0.5\n")
    (folder.path / "plxlogs").mkdir(exist_ok=True)
    line = {"timestamp": MOMENT, "container": "main", "value": "hello"}
    (folder.path / "plxlogs" / "main.jsonl").write_text(json.dumps(line) + "\n")
    if marked:
        mark(team, folder)
    return folder


def ship_as_sidecars_do(home: Path, team: Path, name: str) -> RunFolder:
    """Ship a run that is over."""
    folder = RunFolder(home / "runs" / new_uuid()).create()
    log(folder, name=name)
    Shipper(folder.path, str(team)).finish({}, time.time(), within=60)
    return folder


def log(folder: RunFolder, **told: str) -> None:
    """Write down that a run was created, and is over."""
    writer = RecordWriter(folder)
    writer.append("created", project="default", **told)
    writer.append("status", status="succeeded")
    writer.close()


def mark(team: Path, folder: RunFolder) -> None:
    """Say that a run changed."""
    told = StoreMark(FileStore(team), folder.uuid)
    told.owe()
    told.settle(time.time())


def names(settings: Settings, team: Path, query: str = "") -> list[str]:
    """What is found in the store."""
    return sorted(str(row.name) for row in list_page(mirrored(settings, str(team)), Question(query)).rows)


def test_runs_that_others_shipped_are_found(settings: Settings, team: Path) -> None:
    ship(team, "a")
    ship(team, "b")
    assert names(settings, team) == ["a", "b"]


def test_a_query_is_put_to_the_store(settings: Settings, team: Path) -> None:
    ship(team, "good", loss=0.1)
    ship(team, "bad", loss=0.9)
    assert names(settings, team, "metrics.loss:<0.5") == ["good"]


def test_runs_that_came_since_are_found(settings: Settings, team: Path) -> None:
    ship(team, "a")
    names(settings, team)
    ship(team, "b")
    assert names(settings, team) == ["a", "b"]


def test_only_what_is_marked_is_looked_at_again(settings: Settings, team: Path) -> None:
    ship(team, "a")
    names(settings, team)
    ship(team, "b", marked=False)
    assert names(settings, team) == ["a"]


def test_a_run_that_changed_is_read_again(settings: Settings, team: Path) -> None:
    folder = ship(team, "a", loss=0.9)
    names(settings, team)
    ship(team, "a", uuid=folder.uuid, loss=0.1)
    assert names(settings, team, "metrics.loss:<0.5") == ["a"]


def test_a_mark_of_a_clock_that_is_behind_counts(settings: Settings, team: Path) -> None:
    ship(team, "a")
    names(settings, team)
    folder = ship(team, "b", marked=False)
    (team / "changes" / f"{time.time_ns() - 600 * 10**9:020d}-{folder.uuid}-0f").touch()
    assert names(settings, team) == ["a", "b"]


def test_a_run_that_was_deleted_goes(settings: Settings, team: Path) -> None:
    ship(team, "a")
    folder = ship(team, "b")
    names(settings, team)
    shutil.rmtree(folder.path)
    mark(team, folder)
    assert names(settings, team) == ["a"]


def test_a_run_that_vanished_with_its_mark_goes(settings: Settings, team: Path) -> None:
    gone = ship(team, "gone")
    ship(team, "stays")
    assert names(settings, team) == ["gone", "stays"]
    shutil.rmtree(gone.path)
    for mark in (team / "changes").glob(f"*{gone.uuid}*"):
        mark.unlink()
    assert names(settings, team) == ["stays"]


@pytest.mark.parametrize("earlier", [0, 10 * 3600], ids=["newer", "restored from a backup"])
def test_a_store_that_was_begun_anew_is_read_anew(settings: Settings, team: Path, earlier: int) -> None:
    ship(team, "a")
    ship(team, "unmarked", marked=False)
    assert names(settings, team) == ["a", "unmarked"]
    shutil.rmtree(team)
    team.mkdir()
    other = ship(team, "b", marked=False)
    (team / "changes").mkdir()
    clock = time.time_ns() - earlier * 10**9
    (team / "changes" / f"{clock:020d}-{other.uuid}-x").touch()
    assert names(settings, team) == ["b"]
    other = ship(team, "c", marked=False)
    (team / "changes" / f"{clock + 1:020d}-{other.uuid}-x").touch()
    assert names(settings, team) == ["b", "c"]


def test_a_half_shipped_run_is_found(settings: Settings, team: Path) -> None:
    folder = ship(team, "a")
    shutil.rmtree(folder.events)
    assert names(settings, team) == ["a"]


def test_a_run_that_is_over_is_found_by_its_mark_alone(home: Path, settings: Settings, team: Path) -> None:
    folder = ship_as_sidecars_do(home, team, "a")
    shutil.rmtree(team / folder.uuid / "record")
    assert names(settings, team, "status:succeeded") == ["a"]


def test_a_mark_that_is_damaged_is_not_believed(home: Path, settings: Settings, team: Path) -> None:
    ship_as_sidecars_do(home, team, "a")
    for told in (team / "changes").iterdir():
        told.write_bytes(told.read_bytes()[:-9])
    assert names(settings, team) == ["a"]


def test_a_run_that_goes_on_is_read_from_its_record(home: Path, settings: Settings, team: Path) -> None:
    folder = ship_as_sidecars_do(home, team, "a")
    ship(team, "b", uuid=folder.uuid)
    assert names(settings, team) == ["b"]


def test_a_run_that_was_shipped_again_is_found_as_it_is(home: Path, settings: Settings, team: Path) -> None:
    folder = ship_as_sidecars_do(home, team, "a")
    assert names(settings, team) == ["a"]
    log(folder, name="b")
    Shipper(folder.path, str(team)).finish({}, time.time(), within=60)
    shutil.rmtree(team / folder.uuid / "record")
    assert (names(settings, team), len(list((team / "changes").iterdir()))) == (["b"], 1)


def test_nothing_of_a_run_that_was_deleted_is_left_in_marks(
    home: Path, settings: Settings, team: Path
) -> None:
    folder = ship_as_sidecars_do(home, team, "a")
    shutil.rmtree(team / folder.uuid)
    mark_deleted(FileStore(team), folder.uuid, time.time())
    assert [told.stat().st_size for told in (team / "changes").iterdir()] == [0]
    assert names(settings, team) == []


def test_files_that_are_no_runs_are_left_alone(settings: Settings, team: Path) -> None:
    ship(team, "a")
    (team / "data").mkdir()
    (team / "data" / "x.csv").write_text("1")
    assert names(settings, team) == ["a"]


def test_who_reads_which_store_it_is_never_finds_an_unfinished_name(settings: Settings, team: Path) -> None:
    named = mirrored(settings, str(team)).home / STORE
    with named.open() as reading:
        before = os.fstat(reading.fileno()).st_ino
        mirrored(settings, str(team))
        assert (named.stat().st_ino != before, reading.read()) == (True, str(team))
    assert named.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in named.parent.glob(".store-*")] == []


def test_what_an_unfinished_run_shows_is_found(settings: Settings, team: Path) -> None:
    folder = ship(team, "a")
    state = read_run(folder)
    state.summaries["loss"] = {"last": 0.25}
    write_whole(folder.run_view, json.dumps(run_view(state)).encode())
    assert names(settings, team, "metrics.loss:0.25") == ["a"]


def test_events_are_read_when_they_are_asked_for(settings: Settings, team: Path) -> None:
    folder = ship(team, "a")
    found = resolve(mirrored(settings, str(team)), folder.uuid)
    assert [point.value for point in read_series(found)["loss"]] == [0.5]


def test_logs_are_read_when_they_are_asked_for(settings: Settings, team: Path) -> None:
    folder = ship(team, "a")
    found = resolve(mirrored(settings, str(team)), folder.uuid)
    assert [line.text for line in read_logs(found)] == ["hello"]


def test_events_are_not_brought_before(settings: Settings, team: Path) -> None:
    folder = ship(team, "a")
    assert not (mirrored(settings, str(team)).runs / folder.uuid / "events").exists()


def test_events_that_grew_are_brought_again(settings: Settings, team: Path) -> None:
    folder = ship(team, "a")
    found = resolve(mirrored(settings, str(team)), folder.uuid)
    with (folder.events / "metric" / "loss.plx").open("a") as file:
        file.write("2|2026-01-01T00:00:01+00:00|0.25\n")
    bring_events(found)
    assert [point.value for point in read_series(found)["loss"]] == [0.5, 0.25]


def test_a_run_of_the_home_is_left_as_it_is(folder: RunFolder) -> None:
    bring_events(folder)
    assert not (folder.journal / "mirrored.json").exists()


def test_a_store_that_is_gone_is_shown_as_it_was(settings: Settings, team: Path) -> None:
    ship(team, "a")
    names(settings, team)
    team.rename(team.with_name("away"))
    team.symlink_to(team)
    with pytest.warns(UserWarning, match="shown is what was read before"):
        assert names(settings, team) == ["a"]


def test_a_store_that_never_answered_is_an_error(settings: Settings, team: Path) -> None:
    team.rmdir()
    team.symlink_to(team)
    with pytest.raises(StoreError, match="team"):
        mirrored(settings, str(team))


def test_a_folder_that_is_not_there_is_told_from_an_empty_store(settings: Settings, team: Path) -> None:
    assert names(settings, team) == []
    with pytest.raises(StoreError, match=r"there is no store .*typo: nothing was shipped there"):
        mirrored(settings, team.with_name("typo").as_uri())
    assert len(list((settings.cache / "stores").iterdir())) == 1


def test_without_a_store_there_is_nothing_to_read(settings: Settings) -> None:
    with pytest.raises(InputError, match="--store: no store is configured, expected a URL"):
        mirrored(settings)


def test_a_mirror_that_was_deleted_is_made_again(settings: Settings, team: Path) -> None:
    ship(team, "a")
    names(settings, team)
    shutil.rmtree(settings.cache)
    assert names(settings, team) == ["a"]


def test_rebuilding_finds_what_has_no_mark(settings: Settings, team: Path) -> None:
    ship(team, "a")
    home = mirrored(settings, str(team)).home
    ship(team, "b", marked=False)
    Mirror(FileStore(team), home).rebuild()
    assert names(settings, team) == ["a", "b"]


def test_several_readers_refresh_at_once(settings: Settings, team: Path) -> None:
    folders = [ship(team, f"run-{number}") for number in range(20)]
    readers = [Thread(target=mirrored, args=(settings, str(team))) for _ in range(4)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert len(names(settings, team)) == len(folders)
