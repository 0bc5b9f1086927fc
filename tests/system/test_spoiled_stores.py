"""Stores that take nothing: training goes on, a person hears of it once, and a sync finishes once it is mended."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import TypeAlias

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.storage.store import open_store
from tests.clouds.fixtures import IS_FULL, cloud_of
from tests.clouds.kinds import Cloud
from tests.clouds.tokens import with_token
from tests.disks.nfs import nfs_mount, nfs_server
from tests.disks.tmpfs import mounted, remount
from tests.polling import eventually
from tests.processes import sidecars_of
from tests.scripts import Scripts
from tests.system.shipping_places import CloudPlace, cloud_place
from tests.system.sides import finish, here, there

__all__ = ["cloud_of"]

Spoil: TypeAlias = Callable[[CloudPlace], Mapping[str, str]]
"""Spoils a place; the variables that differ for who is to meet that."""

LOGGING = """
import time
from polyaxon_sdk import tracking

tracking.init(track_code=False, track_env=False, collect_resources=False)
for step in range(3):
    tracking.log_metric("loss", 1 / (1 + step), step=step)
    time.sleep(0.4)
tracking.end()
"""
ROOM = 256 << 10
"""Bytes of a disk that is full soon."""


def missing_bucket(place: CloudPlace) -> Mapping[str, str]:
    """A bucket that is not there."""
    url = place.environ["POLYAXON_ARTIFACTS_STORE"]
    return {"POLYAXON_ARTIFACTS_STORE": url.replace("://polyaxon", "://nowhere")}


def wrong_secret(_place: CloudPlace) -> Mapping[str, str]:
    """A secret key of AWS that is not the one."""
    return {"AWS_SECRET_ACCESS_KEY": "wrong"}


def reader(_place: CloudPlace) -> Mapping[str, str]:
    """Credentials of AWS that may read only."""
    return {"AWS_ACCESS_KEY_ID": "polyaxonreader"}


def wrong_account_key(place: CloudPlace) -> Mapping[str, str]:
    """A key of Azure that is not the one."""
    connection = place.environ["AZURE_STORAGE_CONNECTION_STRING"]
    return {"AZURE_STORAGE_CONNECTION_STRING": connection.replace("AccountKey=E", "AccountKey=A")}


def reading_token(place: CloudPlace) -> Mapping[str, str]:
    """A token of Azure that lets one read only."""
    return {"AZURE_STORAGE_CONNECTION_STRING": with_token(place.environ, write=False)}


def refusing(status: int) -> Spoil:
    """A service that answers what would write with a status."""

    def refuse(place: CloudPlace) -> Mapping[str, str]:
        place.proxy.refuses = status
        return {}

    return refuse


DENIED = "access denied: these credentials may not do that"
FULL = "the store is full"
TROUBLES: list[tuple[str, Spoil, str]] = [
    ("seaweedfs", refusing(507), FULL),
    ("fake-gcs", refusing(507), FULL),
    ("azurite", reading_token, DENIED),
    ("azurite", refusing(507), FULL),
]
FURTHER: list[tuple[str, Spoil, str]] = [
    ("seaweedfs", missing_bucket, "no such bucket"),
    ("seaweedfs", wrong_secret, "the secret key is wrong"),
    ("seaweedfs", reader, DENIED),
    ("fake-gcs", missing_bucket, "no such bucket"),
    ("fake-gcs", refusing(401), "the credentials are not valid there"),
    ("fake-gcs", refusing(403), DENIED),
    ("azurite", missing_bucket, "no such container"),
    ("azurite", wrong_account_key, DENIED),
]
"""With the long tests."""


@pytest.fixture
def place(
    server: str, cloud_of: Callable[[str], Cloud], monkeypatch: pytest.MonkeyPatch
) -> Iterator[CloudPlace]:
    """A place in the cloud of that name."""
    with cloud_place(cloud_of(server), monkeypatch) as reached:
        yield reached


def told(folder: RunFolder, why: str) -> int:
    """How often the run tells of it, once its sidecar has given up."""
    eventually(lambda: not sidecars_of(str(folder.path)))
    return len([problem for problem in read_run(folder).problems if why in problem])


@pytest.mark.parametrize(("server", "spoil", "why"), [*TROUBLES, *(FURTHER if IS_FULL else [])])
def test_what_keeps_a_cloud_from_taking_is_told_once_and_mended_by_sync(
    scripts: Scripts, place: CloudPlace, spoil: Spoil, why: str
) -> None:
    ended = scripts.run(LOGGING, **{**place.environ, **spoil(place)})
    folder = scripts.the_run()
    assert ended.code == 0, ended.err
    assert told(folder, why) == 1
    place.proxy.refuses = 0
    finish(folder)
    assert read_run(folder).problems == []
    assert there(place.store, folder) == here(folder)


@pytest.mark.skipif(not IS_FULL, reason="it pauses as long as a store in trouble is left alone")
@pytest.mark.parametrize("server", ["seaweedfs"])
def test_a_service_that_fails_as_a_full_one_may_is_told_and_asked_again(
    scripts: Scripts, place: CloudPlace
) -> None:
    place.proxy.refuses = 500
    assert scripts.run(LOGGING, **place.environ).code == 0
    folder, why = scripts.the_run(), "the service failed (InternalError), as some do that are full"
    eventually(lambda: any(why in problem for problem in read_run(folder).problems), timeout=120)
    place.proxy.refuses = 0
    finish(folder)
    assert there(place.store, folder) == here(folder)
    assert sum(why in problem for problem in read_run(folder).problems) == 1


def make_read_only(point: Path) -> Callable[[], None]:
    """A folder that can't be written to, until it is mended."""
    remount(point, "ro")
    return lambda: remount(point, "rw")


def fill(point: Path) -> Callable[[], None]:
    """A folder on a disk without room, until it is mended."""
    filler = point / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    return filler.unlink


@contextmanager
def on_nfs(disk: Path) -> Iterator[Path]:
    """What a host sees of a disk that a server exports."""
    with nfs_server(disk.parent) as server, nfs_mount(server, disk.with_name("mount")) as point:
        yield point


@contextmanager
def on_itself(disk: Path) -> Iterator[Path]:
    """A disk of this host."""
    yield disk


@pytest.mark.parametrize(
    ("spoil", "why"), [(make_read_only, "Read-only file system"), (fill, "No space left on device")]
)
@pytest.mark.parametrize("seen", [on_itself, on_nfs])
def test_what_keeps_a_folder_from_taking_is_told_once_and_mended_by_sync(
    scripts: Scripts,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    seen: Callable[[Path], AbstractContextManager[Path]],
    spoil: Callable[[Path], Callable[[], None]],
    why: str,
) -> None:
    with mounted(tmp_path / "exported", f"size={ROOM}") as disk, seen(disk) as point:
        mend = spoil(disk)
        monkeypatch.setenv("POLYAXON_ARTIFACTS_STORE", str(point / "team"))
        ended = scripts.run(
            LOGGING, POLYAXON_ARTIFACTS_STORE=str(point / "team"), POLYAXON_SHIP_INTERVAL="0.5"
        )
        folder = scripts.the_run()
        assert ended.code == 0, ended.err
        assert told(folder, why) == 1
        mend()
        finish(folder)
        assert there(open_store(str(point / "team")), folder) == here(folder)
