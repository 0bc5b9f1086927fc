"""Disks of tmpfs: a small one that fills up, and one that can't be written."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def mounted(point: Path, options: str) -> Iterator[Path]:
    """A tmpfs at `point`; where mounting is not permitted, the test is skipped, unless none may be."""
    point.mkdir()
    mount = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", point], capture_output=True, text=True, check=False
    )
    if mount.returncode:
        assert os.environ.get("POLYAXON_TEST_REQUIRE") != "all", mount.stderr
        pytest.skip(f"mounting is not permitted: {mount.stderr.strip()}")
    try:
        yield point
    finally:
        subprocess.run(["umount", "--lazy", point], check=True)


def remount(point: Path, option: str) -> None:
    """Let a mounted disk be written to (`rw`), or read only (`ro`)."""
    subprocess.run(["mount", "-o", f"remount,{option}", point], check=True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one MiB."""
    with mounted(tmp_path / "small", "size=1m") as point:
        yield point


@pytest.fixture
def locked_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk that can only be read."""
    with mounted(tmp_path / "locked", "size=1m,ro") as point:
        yield point
