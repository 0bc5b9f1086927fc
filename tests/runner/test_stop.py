"""Stopping runs whose processes are real."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runner.stop import stop
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.runs.status import DONE, Condition, asked_end
from polyaxon_sdk.runs.writer import process_start, this_process
from tests.polling import eventually
from tests.scripts import Scripts, read_line
from tests.terminal import PROGRAMS

pytestmark = pytest.mark.system

BY_HAND = """
import signal, time
from polyaxon_sdk import tracking
{handler}
tracking.init()
print("ready", flush=True)
time.sleep(600)
"""
DEAF = "signal.signal(signal.SIGTERM, signal.SIG_IGN)"
JOB = """
kind: component
run: {kind: job, container: {command: [sh, -c], args: ["sleep 600 & echo $! > pid; wait"]}}
"""


@pytest.mark.parametrize("handler", ["", DEAF], ids=["asked", "killed"])
def test_a_script_run_by_hand_is_stopped(scripts: Scripts, handler: str) -> None:
    script = scripts.start(BY_HAND.format(handler=handler))
    read_line(script)
    ended = stop(scripts.the_run(), grace=1.0)
    script.communicate(timeout=120)
    assert (ended.status, [each.status for each in ended.conditions]) == (
        "stopped",
        ["running", "stopping", "stopped"],
    )


class Job(NamedTuple):
    """A run that `polyaxon run` carries out; its task began a process that has no end of its own."""

    folder: RunFolder
    runner: subprocess.Popen[bytes]
    child: int


@pytest.fixture
def job(home: Path, tmp_path: Path) -> Iterator[Job]:
    """A job that runs."""
    (tmp_path / "job.yaml").write_text(JOB)
    command = [str(PROGRAMS / "polyaxon"), "run", "-f", "job.yaml"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL) as runner:
        child = int(eventually(lambda: _text(tmp_path / "pid"), 60))
        folder = Scripts(home).the_run()
        eventually(lambda: read_run(folder).status == "running", 60)
        yield Job(folder, runner, child)
        runner.kill()


def _text(path: Path) -> str:
    return path.read_text().strip() if path.exists() else ""


@pytest.mark.parametrize("status", ["stopped", "skipped"])
def test_a_job_is_ended_with_all_that_it_started(job: Job, status: Literal["stopped", "skipped"]) -> None:
    ended = stop(job.folder, status=status)
    assert (ended.status, job.runner.wait(60) != 0) == (status, True)
    eventually(lambda: process_start(job.child) is None)


def test_a_job_whose_runner_was_killed_is_stopped_too(job: Job) -> None:
    job.runner.kill()
    job.runner.wait(60)
    assert stop(job.folder).status == "stopped"


def test_a_run_that_nobody_works_on_is_closed(folder: RunFolder) -> None:
    RecordWriter(folder).append("status", status="created")
    assert stop(folder).status == "stopped"


def test_a_run_that_is_over_stays_as_it_is(folder: RunFolder) -> None:
    RecordWriter(folder).append("status", status="succeeded")
    with pytest.raises(InputError, match="is over: it is succeeded"):
        stop(folder)


def test_processes_of_another_machine_are_told(folder: RunFolder) -> None:
    writer = RecordWriter(folder)
    writer.restart(this_process()._replace(host="far/0"))
    writer.append("joined")
    writer.append("status", status="running")
    with pytest.raises(InputError, match=r"can't be seen from here, expected .*: far"):
        stop(folder)


@pytest.mark.parametrize("status", sorted(DONE))
def test_a_run_that_is_done_is_not_asked_to_end(status: str) -> None:
    assert asked_end([Condition(status, "Skipped", "", 1.0)]) is None
