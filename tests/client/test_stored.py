"""Files that are added to a run keep clear of what the run itself writes."""

from pathlib import Path
from time import time

import pytest

from polyaxon_sdk.client.stored import StoredRun
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.sidecar.ship import Shipper
from polyaxon_sdk.storage.file_store import FileStore
from polyaxon_sdk.storage.store import open_store


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "note.md"
    path.write_text("note")
    return path


@pytest.fixture
def here(tmp_path: Path) -> StoredRun:
    """A run of the home."""
    folder = RunFolder(tmp_path / "home" / "runs" / new_uuid()).create()
    return StoredRun(folder.uuid, folder, None)


@pytest.fixture
def there(tmp_path: Path) -> StoredRun:
    """A run of a store alone."""
    return StoredRun(new_uuid(), None, FileStore(tmp_path / "team"))


@pytest.mark.parametrize("folder", ["record", "journal", "plxlogs", "/etc", "", ".", "../..", "outputs/.."])
def test_a_file_is_added_to_a_person_s_own_folders_alone(here: StoredRun, note: Path, folder: str) -> None:
    with pytest.raises(InputError, match="is no place for files"):
        here.add(note, f"{folder}/note.md")


@pytest.mark.parametrize("place", ["here", "there"])
def test_a_file_is_no_folder_for_others(request: pytest.FixtureRequest, note: Path, place: str) -> None:
    run: StoredRun = request.getfixturevalue(place)
    run.add(note, "outputs/env.json")
    with pytest.raises(InputError, match="a file in the way of the folder"):
        run.add(note, "outputs/env.json/note.md")


def test_a_file_of_the_home_comes_without_the_store(here: StoredRun, note: Path, tmp_path: Path) -> None:
    here.add(note, "outputs/note.md")
    away = StoredRun(here.uuid, here.folder, open_store("s3://team/runs?endpoint_url=http://127.0.0.1:9"))
    [got] = away.download(["outputs/note.md"], tmp_path / "copies")
    assert got.get.target.read_text() == "note"


def test_a_file_put_into_a_run_that_another_home_still_ships_is_verified_with_it(
    note: Path, tmp_path: Path
) -> None:
    folder = RunFolder(tmp_path / "home" / "runs" / new_uuid()).create()
    team = FileStore(tmp_path / "team")
    ship(folder, "first.bin", tmp_path / "team")
    StoredRun(folder.uuid, None, team).add(note, "uploads/note.md")
    ship(folder, "second.bin", tmp_path / "team")
    found = {each.expected.key.partition("/")[2] for each in StoredRun(folder.uuid, None, team).verify()}
    assert found == {"outputs/first.bin", "outputs/second.bin", "uploads/note.md"}


def ship(folder: RunFolder, name: str, store: Path) -> None:
    """Write an output, and ship the run."""
    (folder.path / "outputs").mkdir(exist_ok=True)
    (folder.path / "outputs" / name).write_bytes(b"data")
    Shipper(folder.path, str(store)).finish({}, time(), within=60)
