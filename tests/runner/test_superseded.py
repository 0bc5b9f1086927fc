from pathlib import Path

import pytest

from polyaxon_sdk.runner.superseded import successor_of, supersede
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.runs.state import read_run


@pytest.fixture
def run(folder: RunFolder) -> RunFolder:
    """A run that failed."""
    writer = RecordWriter(folder)
    writer.append("status", status="failed")
    writer.close()
    return folder


def test_a_run_names_the_one_in_its_place(run: RunFolder, home: Path) -> None:
    other = RunFolder(home / "runs" / new_uuid())
    supersede(run, by=other)
    assert successor_of(read_run(run)) == other.uuid


def test_a_further_attempt_is_in_no_other_place(run: RunFolder) -> None:
    supersede(run, by=RunFolder(run.path))
    assert successor_of(read_run(run)) == ""


def test_nothing_is_noted_with_a_run_that_is_gone(folder: RunFolder, home: Path) -> None:
    gone = RunFolder(home / "runs" / new_uuid())
    supersede(gone, by=folder)
    assert not gone.path.exists()
