"""Fixtures of real stores: each server is started by the first test that needs it, once for a whole session."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.clouds.kinds import CLOUDS, Cloud, running
from tests.disks.nfs import nfs_mount, nfs_server

__all__ = ["IS_FULL", "SERVED", "cloud_of", "mounted_nfs"]

IS_FULL = "POLYAXON_TEST_TRIALS" in os.environ
SERVED = [pytest.param(name, marks=pytest.mark.system) for name in CLOUDS if IS_FULL or name != "moto"]
"""The clouds as parameters of a fixture; moto, the second of S3, with the long tests only."""


@pytest.fixture(scope="session")
def cloud_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Cloud]]:
    """Gives the running cloud of a name."""
    with ExitStack() as stack:
        started = dict[str, Cloud]()

        def start(name: str) -> Cloud:
            if name not in started:
                started[name] = stack.enter_context(running(name, tmp_path_factory.mktemp(name)))
            return started[name]

        yield start


@pytest.fixture(scope="module")
def mounted_nfs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder on a real NFS server."""
    place = tmp_path_factory.mktemp("nfs")
    with nfs_server(place) as server, nfs_mount(server, place / "mount") as point:
        yield point
