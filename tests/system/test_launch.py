"""Starting sidecars beside a run that has nothing left to wait for."""

import os
from pathlib import Path
from time import monotonic

import pytest

from polyaxon_sdk.runs.drained import read_drained
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.lease import FileLease
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.sidecar.launch import Sidecar, launch
from tests.polling import eventually
from tests.processes import sidecars_of


@pytest.fixture
def done(folder: RunFolder) -> RunFolder:
    """A run that is done."""
    record = RecordWriter(folder)
    record.append("created", track_code=False, track_env=False, collect_resources=False)
    record.append("status", status="succeeded")
    record.close()
    return folder


def test_a_sidecar_finishes_a_run_that_is_done(done: RunFolder) -> None:
    assert launch(done).wait(120)
    assert done.run_view.exists()


def test_of_many_sidecars_one_works_and_the_others_end(done: RunFolder) -> None:
    sidecars = [launch(done) for _ in range(4)]
    assert all(sidecar.wait(120) for sidecar in sidecars)
    eventually(lambda: FileLease.take(done))
    assert read_drained(done).is_finished


def test_a_run_may_be_named_from_where_one_stands(done: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(done.home)
    relative = RunFolder(Path(os.path.relpath(done.path)))
    assert launch(relative).wait(120)


def test_a_home_may_be_named_from_where_one_stands(done: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    store = done.home.parent / "store"
    (done.home / "config.yaml").write_text(f"artifacts_store: file://{store}\n")
    monkeypatch.chdir(done.home.parent)
    monkeypatch.setenv("POLYAXON_HOME", "home")
    assert launch(done).wait(120)
    assert (store / done.uuid / "run.plx.json").exists()


def test_waiting_has_an_end(folder: RunFolder) -> None:
    assert not Sidecar(folder).wait(0.05)


def test_a_sidecar_that_is_killed_is_not_waited_for(folder: RunFolder) -> None:
    RecordWriter(folder).append("created", track_code=False, track_env=False, collect_resources=False)
    sidecar, began = launch(folder), monotonic()
    (pid,) = eventually(lambda: sidecars_of(str(folder.path)))
    os.kill(pid, 9)
    assert not sidecar.wait(120)
    assert monotonic() - began < 100


def test_a_sidecar_that_breaks_says_why_in_the_run(
    folder: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    RecordWriter(folder).append("created")
    monkeypatch.setenv("POLYAXON_COLLECT_RESOURCES", "perhaps")
    launch(folder)
    log = folder.journal / "sidecar.log"
    assert eventually(lambda: log.exists() and "expected true or false" in log.read_text())
