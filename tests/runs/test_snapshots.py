import os
from pathlib import Path

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.snapshots import Snapshot, pending, read_snapshot, snapshot_path, write_snapshot

SNAPSHOT = Snapshot("assets/image/a.png", {"shape": [1, 3]}, b"r\ng")


def written(folder: RunFolder, snapshot: Snapshot = SNAPSHOT) -> Path:
    """The file of a snapshot."""
    path = snapshot_path(folder, snapshot.target)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT)
    write_snapshot(descriptor, snapshot)
    os.close(descriptor)
    return path


def test_a_snapshot_comes_back(folder: RunFolder) -> None:
    assert read_snapshot(written(folder)) == SNAPSHOT


@pytest.mark.parametrize("lost", range(1, 60, 7))
def test_a_torn_snapshot_is_none(folder: RunFolder, lost: int) -> None:
    path = written(folder)
    path.write_bytes(path.read_bytes()[:-lost])
    assert read_snapshot(path) is None


@pytest.mark.parametrize("data", [b"", b"\n", b"[]\nx", b"{}\nx", b'{"size": 1}\nx', b"\xff\n"])
def test_what_is_no_snapshot_is_none(folder: RunFolder, data: bytes) -> None:
    path = snapshot_path(folder, "a.png")
    path.write_bytes(data)
    assert read_snapshot(path) is None


def test_any_buffer_is_taken_in_its_order(folder: RunFolder) -> None:
    shaped = memoryview(b"abcdef").cast("B", (2, 3))
    found = read_snapshot(written(folder, SNAPSHOT._replace(data=shaped)))
    assert found is not None
    assert found.data == b"abcdef"


def test_snapshots_are_told_oldest_first(folder: RunFolder) -> None:
    paths = [written(folder, SNAPSHOT._replace(target=f"assets/image/{name}.png")) for name in "bac"]
    for second, path in enumerate(paths):
        os.utime(path, (second, second))
    assert list(pending(folder)) == paths


def test_a_run_that_is_gone_has_no_snapshots(tmp_path: Path) -> None:
    assert list(pending(RunFolder(tmp_path / "gone"))) == []
