"""What a person takes away while a sidecar ships the run."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from polyaxon_sdk.client.stored import StoredRun
from polyaxon_sdk.exceptions import StoreError
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.lease import take_lease
from polyaxon_sdk.sidecar.removals import asked_removals, forget_shipped
from polyaxon_sdk.sidecar.ship import Shipper
from polyaxon_sdk.storage.catalog import read_catalog
from polyaxon_sdk.storage.file_store import FileStore
from tests.disks.tmpfs import mounted, remount

MODEL = "outputs/model.bin"


@pytest.fixture
def team(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "team")


@pytest.fixture
def shipper(folder: RunFolder, team: FileStore) -> Shipper:
    """One that has shipped a model."""
    return shipped_by(folder, team)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk that can be locked."""
    with mounted(tmp_path / "disk", "size=1m") as point:
        yield point


def shipped_by(folder: RunFolder, team: FileStore) -> Shipper:
    """The one that has shipped a model there."""
    folder.outputs.mkdir(exist_ok=True)
    (folder.outputs / "model.bin").write_text("model")
    shipper = Shipper(folder.path, team.url)
    shipper.finish({}, time.time(), within=60)
    return shipper


def remove(folder: RunFolder, team: FileStore) -> None:
    StoredRun(folder.uuid, folder, team).remove([MODEL])


def test_nobody_is_asked_where_nobody_ships(folder: RunFolder, team: FileStore, shipper: Shipper) -> None:
    remove(folder, team)
    assert list(asked_removals(folder)) == []
    assert MODEL not in json.loads((folder.journal / "shipped.json").read_bytes())["files"]


def test_a_shipper_at_work_forgets_what_was_taken_away(
    folder: RunFolder, team: FileStore, shipper: Shipper
) -> None:
    lease = take_lease(folder)
    assert lease is not None
    removing = Thread(target=remove, args=(folder, team))
    removing.start()
    while removing.is_alive():
        shipper.finish({}, time.time(), within=60)
    lease.release()
    assert MODEL not in read_catalog(team, folder.uuid)
    (folder.outputs / "model.bin").write_text("model")
    shipper.finish({}, time.time(), within=60)
    assert team.local(f"{folder.uuid}/{MODEL}").read_text() == "model"


def test_what_was_asked_of_one_that_died_is_done_by_the_next(
    folder: RunFolder, team: FileStore, shipper: Shipper
) -> None:
    (folder.outputs / "model.bin").unlink()
    (folder.journal / "removed-0f.json").write_text(json.dumps([MODEL]))
    Shipper(folder.path, team.url).finish({}, time.time(), within=60)
    assert (team.local(f"{folder.uuid}/{MODEL}").exists(), list(asked_removals(folder))) == (False, [])


def test_a_run_that_came_from_a_store_has_nothing_to_forget(folder: RunFolder, team: FileStore) -> None:
    forget_shipped(folder, team.url, [MODEL])
    assert not (folder.journal / "shipped.json").exists()


@pytest.mark.system
def test_a_store_that_refuses_loses_nothing_and_nothing_is_lost_here(folder: RunFolder, disk: Path) -> None:
    team = FileStore(disk / "team")
    shipped_by(folder, team)
    remount(disk, "ro")
    with pytest.raises(StoreError, match="Read-only file system"):
        remove(folder, team)
    assert (folder.outputs / "model.bin").exists()
    remount(disk, "rw")
    remove(folder, team)
    assert not (folder.outputs / "model.bin").exists()
    assert not team.local(f"{folder.uuid}/{MODEL}").exists()
