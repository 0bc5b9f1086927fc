from pathlib import Path

import pytest

from polyaxon_sdk.client.deletion import delete, doom
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.projects.shelf import Shelf
from polyaxon_sdk.projects.version import Version
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.settings import Settings, load


@pytest.fixture
def done(folder: RunFolder) -> RunFolder:
    """A run that is over, with a file of a thousand bytes."""
    writer = RecordWriter(folder)
    writer.append("created", name="old")
    writer.append("status", status="succeeded")
    writer.close()
    (folder.outputs / "net").write_bytes(b"x" * 1000)
    return folder


@pytest.fixture
def stored(done: RunFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The place in a store that the run was shipped to."""
    monkeypatch.setenv("POLYAXON_ARTIFACTS_STORE", f"file://{tmp_path}/store")
    place = tmp_path / "store" / done.uuid
    place.mkdir(parents=True)
    (place / "run.plx.json").write_bytes(b"{}")
    return place


def test_what_goes_is_told_first(done: RunFolder) -> None:
    [doomed] = doom(load(), [done])
    assert (doomed.name, doomed.status, doomed.here > 1000, doomed.shipped) == ("old", "succeeded", True, 0)
    assert done.path.is_dir()


def test_a_deleted_run_leaves_nothing(done: RunFolder) -> None:
    delete(load(), *doom(load(), [done]))
    assert list(load().runs.iterdir()) == []


def test_a_shipped_run_is_deleted_in_the_store_too(done: RunFolder, stored: Path) -> None:
    [doomed] = doom(load(), [done])
    assert doomed.shipped == 2
    delete(load(), doomed)
    assert (stored.exists(), stored.parent.is_dir(), done.path.exists()) == (False, True, False)


@pytest.mark.parametrize("status", ["running", "created", "stopping"])
def test_a_run_that_goes_on_is_not_deleted(folder: RunFolder, status: str) -> None:
    RecordWriter(folder).append("status", status=status)
    with pytest.raises(InputError, match=f"is {status}, expected polyaxon ops stop -uid"):
        doom(load(), [folder])


def test_versions_of_a_run_are_told(done: RunFolder) -> None:
    settings: Settings = load()
    Shelf(settings.home / "hub", "default", "digits").put(
        Version(name="v1", kind="model", project="digits", run=done.uuid)
    )
    [doomed] = doom(settings, [done])
    assert doomed.versions == ("model digits:v1",)


def test_a_run_without_a_record_can_be_deleted(folder: RunFolder) -> None:
    delete(load(), *doom(load(), [folder]))
    assert not folder.path.exists()


def test_a_run_whose_record_is_no_folder_can_be_deleted(folder: RunFolder) -> None:
    folder.record.rmdir()
    folder.record.write_text("a file")
    [doomed] = doom(load(), [folder])
    delete(load(), doomed)
    assert (doomed.status, folder.path.exists()) == ("unknown", False)
