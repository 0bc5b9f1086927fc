"""Reading a run while a process writes it and its sidecar drains."""

from collections.abc import Iterator
from subprocess import Popen

import pytest

from polyaxon_sdk.client import RunClient
from polyaxon_sdk.client.events import EventColumns
from polyaxon_sdk.runs.scalars import RECORD, SEGMENT_SIZE
from tests.polling import eventually
from tests.scripts import Scripts, read_line

pytestmark = pytest.mark.system

LOG = """
import sys, threading
from polyaxon_sdk import tracking

run = tracking.init()
print(run.uuid, flush=True)
stopped = threading.Event()
threading.Thread(target=lambda: (sys.stdin.readline(), stopped.set())).start()
step = 0
while not stopped.is_set():
    run.log_metric("loss", float(step), step=step)
    if step % 100 == 0:
        run.log_text("note", str(step), step=step)
        stopped.wait(0.002)
    step += 1
print(step, flush=True)
run.end()
"""
SEGMENT = SEGMENT_SIZE // RECORD.size
SERIES = [("metric", "loss"), ("text", "note")]


@pytest.fixture
def training(scripts: Scripts) -> Iterator[Popen[str]]:
    """A script that logs a point after another until a line comes in."""
    process = scripts.start(LOG)
    yield process
    process.kill()
    process.communicate()


def steps_of(columns: EventColumns) -> list[object]:
    """The steps, which are the values too."""
    assert [float(str(value)) for value in columns[next(reversed(columns))]] == columns["step"]
    return list(columns["step"])


def test_each_event_is_there_once_and_in_order_while_a_sidecar_drains(training: Popen[str]) -> None:
    client = RunClient(run_uuid=read_line(training))
    eventually(lambda: client.get_events("text"))
    counts = []

    def has_grown() -> bool:
        loss, notes = (steps_of(client.get_events(kind)[name]) for kind, name in SERIES)
        assert (loss, notes) == (list(range(len(loss))), list(range(0, 100 * len(notes), 100)))
        counts.append(len(loss))
        return len(set(counts)) >= 8 and counts[-1] > 3 * SEGMENT

    eventually(has_grown, timeout=60)
    assert counts == sorted(counts)


def test_what_was_logged_before_a_look_is_seen(training: Popen[str]) -> None:
    client = RunClient(run_uuid=read_line(training))
    eventually(lambda: client.get_metrics())
    assert training.stdin is not None
    training.stdin.write("\n")
    training.stdin.flush()
    logged = int(read_line(training))
    assert steps_of(client.get_metrics("loss")["loss"]) == list(range(logged))


def test_a_killed_run_has_each_point_that_a_call_returned_from(
    training: Popen[str], scripts: Scripts
) -> None:
    client = RunClient(run_uuid=read_line(training))
    eventually(lambda: client.get_metrics())
    training.kill()
    training.wait()
    seen = steps_of(client.get_metrics("loss")["loss"])
    scripts.finished()
    assert steps_of(client.get_metrics("loss")["loss"]) == seen == list(range(len(seen)))
