"""Where tests ship runs to: each kind of store, and what goes wrong on the way to it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import pytest

from polyaxon_sdk.storage.store import Store, open_store
from polyaxon_sdk.storage.transfer import wait
from tests.clouds.kinds import Cloud
from tests.clouds.proxy import Faults, FaultyProxy, faulty_proxy
from tests.disks.nfs import NfsServer, nfs_mount, nfs_server

__all__ = ["CLOUDS", "CloudPlace", "NfsPlace", "Place", "cloud_place", "nfs_place"]

CLOUDS = ("seaweedfs", "fake-gcs", "azurite")
"""The servers that stand for S3, GCS and Azure; they keep what they took when they are killed."""
_QUICK = {"POLYAXON_SHIP_INTERVAL": "0.5"}


class Place(Protocol):
    """A place that runs are shipped to, with the faults that its kind has.

    Attributes:
        environ: what leads a run there.
        store: the same place as the test looks into it, past all faults.
    """

    environ: Mapping[str, str]
    store: Store

    def spoil(self) -> None:
        """From now on, let a share of what is asked go wrong."""
        ...

    def restart(self) -> None:
        """Kill the server, and start it again."""
        ...

    def freeze(self) -> None:
        """Let the server take what it is asked, and answer nothing."""
        ...

    def thaw(self) -> None:
        """Let it answer again."""
        ...


class CloudPlace:
    """A new place in a cloud, behind a proxy."""

    def __init__(self, cloud: Cloud, proxy: FaultyProxy, monkeypatch: pytest.MonkeyPatch) -> None:
        self.cloud = cloud
        self.proxy = proxy
        url = cloud.place()
        self.store = cloud.open(monkeypatch, url)
        wait(self.store.list("nothing"))  # it keeps the way that it took first
        self.environ: Mapping[str, str] = {
            "POLYAXON_ARTIFACTS_STORE": url,
            **_QUICK,
            **cloud.variables(proxy.port),
        }

    def spoil(self) -> None:
        """10 % of requests are refused as by a busy service, 5 % reset, 2 % of answers cut off."""
        self.proxy.faults = Faults(busy=0.1, resets=0.05, cuts=0.02)

    def restart(self) -> None:
        """Kill the server, and start it again."""
        self.cloud.restart()

    def freeze(self) -> None:
        """Take requests, and answer none."""
        self.proxy.is_frozen = True

    def thaw(self) -> None:
        """Answer again."""
        self.proxy.is_frozen = False


class NfsPlace:
    """A folder of a mounted export."""

    def __init__(self, server: NfsServer, mount: Path) -> None:
        self._server = server
        self.store = open_store(str(server.path / "team"))
        self.environ: Mapping[str, str] = {"POLYAXON_ARTIFACTS_STORE": str(mount / "team"), **_QUICK}

    def spoil(self) -> None:
        """Nothing: a mount hands no single fault on; its client asks again."""

    def restart(self) -> None:
        """Kill the server, and start it again."""
        self._server.restart()

    def freeze(self) -> None:
        """Take requests, and answer none."""
        self._server.hang()

    def thaw(self) -> None:
        """Answer again."""
        self._server.go_on()


@contextmanager
def cloud_place(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> Iterator[CloudPlace]:
    """A place in a cloud; this process, and those that it starts, reach it through a proxy."""
    with faulty_proxy(cloud.server.port, seed=7) as proxy:
        place = CloudPlace(cloud, proxy, monkeypatch)
        for name, value in place.environ.items():
            monkeypatch.setenv(name, value)
        yield place


@contextmanager
def nfs_place(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[NfsPlace]:
    """A place on NFS, with a server of its own in `folder`."""
    folder.mkdir()
    with nfs_server(folder) as server, nfs_mount(server, folder / "mount") as mount:
        place = NfsPlace(server, mount)
        for name, value in place.environ.items():
            monkeypatch.setenv(name, value)
        yield place
