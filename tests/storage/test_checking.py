"""Trying a store out leaves nothing behind, and makes no mount that is missing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from polyaxon_sdk.exceptions import StoreError
from polyaxon_sdk.polyflow import V1ClaimConnection, V1Connection, V1HostPathConnection
from polyaxon_sdk.storage.checking import check_store


def claim(mount: Path) -> V1Connection:
    schema = V1ClaimConnection(volume_claim="models", mount_path=str(mount))
    return V1Connection(name="models", kind="volume_claim", schema=schema)


def host_path(folder: Path) -> V1Connection:
    schema = V1HostPathConnection(host_path=str(folder), mount_path="/mnt")
    return V1Connection(name="models", kind="host_path", schema=schema)


@pytest.mark.parametrize("connection", [claim, host_path])
def test_a_mount_that_is_missing_is_told_and_not_made(
    tmp_path: Path, connection: Callable[[Path], V1Connection]
) -> None:
    with pytest.raises(StoreError, match="is it mounted"):
        check_store(connection(tmp_path / "mount"))
    assert not (tmp_path / "mount").exists()


def test_a_mount_that_works_is_left_as_it_was(tmp_path: Path) -> None:
    check_store(claim(tmp_path))
    assert list(tmp_path.iterdir()) == []
