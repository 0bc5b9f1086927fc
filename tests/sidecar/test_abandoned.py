"""Runs of which nobody is left, seen by whoever looks next."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from polyaxon_sdk.client import RunClient
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.runs.writer import Writer, this_process
from polyaxon_sdk.sidecar.abandoned import SILENCE, close_abandoned, note_silence
from tests.polling import eventually
from tests.scripts import Scripts, read_line

Look = Callable[[RunFolder, float], bool]

HERE = this_process()
ELSEWHERE = HERE._replace(host="laptop/0")
GONE = 4194305
"""A process id that no process can have."""

KILLED = """
import time
from polyaxon_sdk import tracking

tracking.init().log_metric("loss", 0.5)
print(1, flush=True)
time.sleep(600)
"""


def joined(folder: RunFolder, writer: Writer) -> RecordWriter:
    record = RecordWriter(folder)
    record.restart(writer)
    record.append("created", name="train")
    record.append("joined")
    record.append("status", status="running")
    return record


def last(folder: RunFolder) -> tuple[str, str]:
    condition = read_run(folder).conditions[-1]
    return condition.status, condition.reason


@pytest.mark.parametrize(
    ("statuses", "told"),
    [
        (["created", "compiled"], "the runner was gone before the run began"),
        (["compiled", "queued"], "the runner was gone before the run began"),
        (["running", "failed", "resuming", "retrying"], "the runner was gone before the next attempt: said"),
        (["running", "failed", "resuming", "queued"], "the runner was gone before the next attempt"),
        (["queued", "running"], "the process ended without a word, and so did what watched it"),
    ],
)
def test_a_run_whose_runner_was_gone_while_it_waited_says_so(
    folder: RunFolder, statuses: list[str], told: str
) -> None:
    record = RecordWriter(folder)
    record.restart(HERE._replace(pid=GONE))
    record.append("created", name="train", is_managed=True)
    for status in statuses:
        record.append("status", status=status, message="said")
    assert close_abandoned(folder, time.time())
    condition = read_run(folder).conditions[-1]
    assert (condition.status, condition.reason, condition.message) == ("failed", "ProcessGone", told)


@pytest.mark.parametrize(
    ("writer", "reason"),
    [(HERE._replace(pid=GONE), "ProcessGone"), (HERE._replace(boot="another"), "BootOver")],
)
def test_a_run_whose_process_is_gone_failed(folder: RunFolder, writer: Writer, reason: str) -> None:
    joined(folder, writer)
    assert close_abandoned(folder, time.time())
    assert last(folder) == ("failed", reason)


def test_a_run_that_was_asked_to_end_is_stopped(folder: RunFolder) -> None:
    joined(folder, HERE._replace(pid=GONE)).append("status", status="stopping")
    close_abandoned(folder, time.time())
    assert last(folder) == ("stopped", "ProcessGone")


def test_a_run_that_is_worked_on_stays(folder: RunFolder) -> None:
    joined(folder, HERE)
    assert not close_abandoned(folder, time.time() + 10 * SILENCE)


@pytest.mark.parametrize("look", [close_abandoned, note_silence])
def test_a_run_elsewhere_that_is_silent_is_unknown(folder: RunFolder, look: Look) -> None:
    joined(folder, ELSEWHERE)
    assert not look(folder, time.time() + SILENCE / 2)
    assert look(folder, time.time() + 2 * SILENCE)
    assert last(folder) == ("unknown", "HeartbeatOld")


@pytest.mark.parametrize("look", [close_abandoned, note_silence])
def test_what_is_unknown_is_said_once(folder: RunFolder, look: Look) -> None:
    joined(folder, ELSEWHERE)
    look(folder, time.time() + 2 * SILENCE)
    assert not look(folder, time.time() + 4 * SILENCE)


def test_what_became_of_a_run_of_a_store_is_said_by_who_ships_it(folder: RunFolder) -> None:
    joined(folder, HERE._replace(pid=GONE))
    assert not note_silence(folder, time.time() + SILENCE / 2)
    note_silence(folder, time.time() + 2 * SILENCE)
    assert last(folder) == ("unknown", "HeartbeatOld")


@pytest.mark.parametrize("look", [close_abandoned, note_silence])
@pytest.mark.parametrize(
    ("kind", "fields", "then"),
    [
        ("heartbeat", {}, ("running", "SignOfLife")),
        ("status", {"status": "succeeded", "reason": "Tracking"}, ("succeeded", "Tracking")),
    ],
)
def test_a_sign_of_life_takes_it_back(
    folder: RunFolder, look: Look, kind: str, fields: dict[str, str], then: tuple[str, str]
) -> None:
    record = joined(folder, ELSEWHERE)
    look(folder, time.time() + 2 * SILENCE)
    record.saw([])
    RecordWriter(folder).append(kind, **fields)
    assert last(folder) == then


@pytest.mark.parametrize("kind", ["created", "imported"])
def test_a_run_that_nobody_ever_worked_on_here_stays(folder: RunFolder, kind: str) -> None:
    record = RecordWriter(folder)
    record.append(kind)
    record.append("status", status="running")
    assert not close_abandoned(folder, time.time() + 2 * SILENCE)


def test_a_run_that_is_over_stays(folder: RunFolder) -> None:
    joined(folder, HERE._replace(pid=GONE)).append("status", status="succeeded")
    assert not close_abandoned(folder, time.time())


@pytest.mark.system
def test_a_run_killed_with_its_sidecar_is_closed_at_the_next_look(scripts: Scripts, home: Path) -> None:
    script = scripts.start(KILLED)
    read_line(script)
    folder = scripts.the_run()
    held = folder.journal / "lease"
    sidecar = int(eventually(lambda: held.read_text().split() if held.exists() else [], 60)[1])
    os.kill(sidecar, signal.SIGKILL)
    script.kill()
    script.communicate(timeout=60)
    [run] = RunClient().list().results
    assert (run.uuid, run.status) == (folder.uuid, "failed")
    eventually(lambda: read_run(folder).outputs == {"loss": 0.5}, 60)
