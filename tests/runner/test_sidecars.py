"""One sidecar for all the runs of the pipelines of a process."""

import os
import signal
from pathlib import Path

import pytest

from polyaxon_sdk.runner.sidecars import look_after, share
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import RecordWriter
from tests.polling import eventually
from tests.processes import words_of

pytestmark = pytest.mark.system


def begun(home: Path) -> RunFolder:
    folder = RunFolder(home / "runs" / new_uuid()).create()
    record = RecordWriter(folder)
    record.append("created", name="run", kind="job", is_managed=True)
    record.append("status", status="running")
    record.close()
    return folder


def end(folder: RunFolder) -> None:
    record = RecordWriter(folder)
    record.append("status", status="succeeded")
    record.close()


def sidecars(home: Path) -> list[int]:
    """The pids of those that work beside the runs of a home."""
    pids = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    return [pid for pid in pids if {"polyaxon_sdk.sidecar.many", str(home / "runs")} <= set(words_of(pid))]


def test_runs_of_one_home_share_a_sidecar(home: Path) -> None:
    runs = [begun(home), begun(home)]
    beside = [share(folder) for folder in runs]
    for folder in runs:
        end(folder)
    assert [each.wait(60) for each in beside] == [True, True]
    assert len(sidecars(home)) == 1


def test_a_sidecar_that_is_killed_is_started_anew_for_what_it_has_not_finished(home: Path) -> None:
    run = begun(home)
    beside = share(run)
    [killed] = sidecars(home)
    os.kill(killed, signal.SIGKILL)
    eventually(lambda: not sidecars(home), timeout=60)
    look_after()
    end(run)
    assert beside.wait(60)
