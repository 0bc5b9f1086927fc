"""Runs read by processes beside this one."""

from itertools import chain
from pathlib import Path

import pytest

from polyaxon_sdk.index.reading import Readers, read_rows
from tests.index.conftest import AddRun

pytestmark = pytest.mark.system


@pytest.fixture
def uuids(add_run: AddRun) -> list[str]:
    """Some hundred runs, and one that is not there."""
    made = [add_run(f"run {number}", outputs={"loss": number / 7}).uuid for number in range(250)]
    return [*made, "0" * 32]


def test_they_read_what_this_process_would(home: Path, uuids: list[str]) -> None:
    with Readers(home) as readers:
        assert list(chain.from_iterable(readers.read(uuids))) == read_rows(home, uuids)


def test_where_they_are_killed_this_process_reads(home: Path, uuids: list[str]) -> None:
    with Readers(home) as readers:
        parts = readers.read(uuids)
        found = next(parts)
        for process in readers.processes:
            process.kill()
        assert [*found, *chain.from_iterable(parts)] == read_rows(home, uuids)


def test_they_are_gone_afterwards(home: Path, uuids: list[str]) -> None:
    with Readers(home) as readers:
        next(readers.read(uuids))
    assert [process.poll() is None for process in readers.processes] == [False] * len(readers.processes)


def test_without_processes_this_one_reads(home: Path, uuids: list[str]) -> None:
    assert list(chain.from_iterable(Readers(home).read(uuids))) == read_rows(home, uuids)
