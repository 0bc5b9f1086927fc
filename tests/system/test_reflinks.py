"""A file that is logged is one copy, whose blocks are the original's where the disk can share them."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.tracking.place import Recorded
from polyaxon_sdk.tracking.run import Run

SIZE = 16 << 20
ROOM = 320 << 20
"""Bytes of the disk; XFS is no smaller. Its file holds what was written of it only."""


@pytest.fixture
def sharing_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk that shares blocks; many a machine that tests lets nobody make one."""
    if shutil.which("mkfs.xfs") is None:
        pytest.skip("not here: mkfs.xfs")
    image, point = tmp_path / "image", tmp_path / "disk"
    point.mkdir()
    with image.open("wb") as file:
        file.truncate(ROOM)
    subprocess.run(["mkfs.xfs", "-q", "-m", "reflink=1", image], check=True)
    mounted = subprocess.run(["mount", "-o", "loop", image, point], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip(f"no disk of one's own here: {mounted.stderr.decode().strip()}")
    yield point
    subprocess.run(["umount", "--lazy", point], check=True)


def free(disk: Path) -> int:
    """Bytes that nothing takes, once all is on the disk."""
    os.sync()
    room = os.statvfs(disk)
    return room.f_bfree * room.f_frsize


def test_a_copy_shares_its_blocks_and_is_no_link(sharing_disk: Path) -> None:
    file = sharing_disk / "weights.bin"
    file.write_bytes(os.urandom(SIZE))
    folder = RunFolder(sharing_disk / "home" / "runs" / new_uuid()).create()
    run = Run(Recorded(folder))
    before = free(sharing_disk)
    run.log_artifact(file)
    run.log_model(file, "net", step=1)
    run.end()
    copies = [folder.outputs / "weights.bin", folder.path / "assets" / "model" / "net_1.bin"]
    assert before - free(sharing_disk) < SIZE
    assert [copy.stat().st_size for copy in copies] == [SIZE, SIZE]
    assert {file.stat().st_nlink, *(copy.stat().st_nlink for copy in copies)} == {1}
    with file.open("r+b") as opened:
        opened.write(bytes(4096))
    assert copies[0].read_bytes() == copies[1].read_bytes() != file.read_bytes()
