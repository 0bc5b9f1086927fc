"""Space that is set aside is there for whoever has something to say on a full disk."""

import os
from pathlib import Path

import pytest

from polyaxon_sdk.runs.reserve import SharedReserve


def free_on(folder: Path) -> int:
    status = os.statvfs(folder)
    return status.f_bfree * status.f_frsize


@pytest.fixture
def reserve(small_disk: Path) -> SharedReserve:
    found = SharedReserve.within(small_disk)
    assert found is not None
    return found


def test_it_takes_space_and_has_no_name(small_disk: Path) -> None:
    before = free_on(small_disk)
    reserve = SharedReserve.within(small_disk)
    assert reserve is not None
    assert (before - free_on(small_disk), os.listdir(small_disk)) == (64 * 1024, [])
    reserve.close()
    assert free_on(small_disk) == before


def test_it_is_given_back_at_once_and_set_aside_again(small_disk: Path, reserve: SharedReserve) -> None:
    before = free_on(small_disk)
    reserve.free()
    assert free_on(small_disk) == before + 64 * 1024
    reserve.renew()
    assert free_on(small_disk) == before
    reserve.close()


def test_a_file_that_has_its_number_by_now_is_left_as_it_is(tmp_path: Path) -> None:
    number = os.open(tmp_path, os.O_WRONLY | os.O_TMPFILE)
    reserve = SharedReserve(number)
    with open(tmp_path / "own.txt", "w") as own:
        own.write("whole")
        os.dup2(own.fileno(), number)
    reserve.free()
    reserve.close()
    assert (tmp_path / "own.txt").read_text() == "whole"


def test_there_is_none_where_there_is_no_folder(tmp_path: Path) -> None:
    assert SharedReserve.within(tmp_path / "none") is None
