"""Mapping a part of a file that holds zeros."""

import os
from pathlib import Path

import pytest

from polyaxon_sdk.runs.mapping import map_zeros


def test_what_is_mapped_is_the_file(tmp_path: Path) -> None:
    descriptor = os.open(tmp_path / "file", os.O_RDWR | os.O_CREAT)
    os.posix_fallocate(descriptor, 0, 4096)
    memory = map_zeros(descriptor, 4096)
    memory[:2] = b"ab"
    os.close(descriptor)
    assert (tmp_path / "file").read_bytes() == b"ab".ljust(4096, b"\0")


def test_a_file_that_somebody_cut_is_a_disk_that_fails(tmp_path: Path) -> None:
    descriptor = os.open(tmp_path / "file", os.O_RDWR | os.O_CREAT)
    with pytest.raises(OSError, match="mmap length is greater than file size"):
        map_zeros(descriptor, 4096)
    os.close(descriptor)
