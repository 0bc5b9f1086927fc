"""Runs that wait for a person."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runner.approval import approve
from polyaxon_sdk.runner.stop import stop
from polyaxon_sdk.runner.superseded import supersede
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.state import RunState, read_run
from polyaxon_sdk.settings import Settings
from tests.polling import eventually

pytestmark = pytest.mark.system

JOB = """
kind: operation
isApproved: false
component: {name: waiting, run: {kind: job, container: {command: ["true"]}}}
"""
DAG = """
kind: component
name: around
run:
  kind: dag
  operations:
  - name: waiting
    isApproved: false
    component: {run: {kind: job, container: {command: ["true"]}}}
"""


def state_of(settings: Settings, name: str = "waiting") -> RunState | None:
    folders = settings.runs.iterdir() if settings.runs.is_dir() else iter(())
    return next((state for path in folders if (state := read_run(RunFolder(path))).name == name), None)


def waits(settings: Settings) -> bool:
    state = state_of(settings)
    return state is not None and any(condition.reason == "Approval" for condition in state.conditions)


def folder_of(settings: Settings) -> RunFolder:
    state = state_of(settings)
    assert state is not None
    return RunFolder(settings.runs / state.uuid)


@pytest.fixture(params=[JOB, DAG], ids=["job", "dag"])
def waiting(
    settings: Settings, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[subprocess.Popen[bytes]]:
    """`polyaxon run` of what waits."""
    (tmp_path / "file.yml").write_text(request.param)
    words = [sys.executable, "-m", "polyaxon_sdk", "run", "-f", "file.yml"]
    with subprocess.Popen(words, cwd=tmp_path, stdout=subprocess.DEVNULL, start_new_session=True) as process:
        try:
            eventually(lambda: waits(settings), timeout=120)
            yield process
        finally:
            process.kill()


def test_it_begins_once_it_is_approved(waiting: subprocess.Popen[bytes], settings: Settings) -> None:
    approve(folder_of(settings))
    assert waiting.wait(120) == 0
    with pytest.raises(InputError, match="is succeeded and doesn't wait"):
        approve(folder_of(settings))


def test_who_approves_a_run_that_was_run_again_hears_of_the_other(
    folder: RunFolder, settings: Settings
) -> None:
    other = RunFolder(settings.runs / new_uuid())
    supersede(folder.create(), by=other)
    with pytest.raises(InputError, match=f"doesn't wait.*; run {other.uuid[:12]} is in its place"):
        approve(folder)


def test_it_is_stopped_while_it_waits(waiting: subprocess.Popen[bytes], settings: Settings) -> None:
    assert stop(folder_of(settings)).status == "stopped"
    assert waiting.wait(120) == 130


def test_ctrl_c_stops_what_waits(waiting: subprocess.Popen[bytes], settings: Settings) -> None:
    waiting.send_signal(signal.SIGINT)
    assert waiting.wait(120) == 130
    state = state_of(settings)
    assert state is not None
    assert state.status == "stopped"
