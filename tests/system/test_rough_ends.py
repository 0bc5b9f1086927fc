"""Scripts that end, fork or are interrupted in the middle of what they log, and log what is hard to take."""

from typing import cast

import pytest

from polyaxon_sdk.client.events import EventColumns
from polyaxon_sdk.client.run_client import RunClient
from polyaxon_sdk.runs.events import read
from polyaxon_sdk.runs.series import read_series
from polyaxon_sdk.runs.state import read_run
from tests.scripts import Scripts

QUIET = ["POLYAXON_TRACK_CODE", "POLYAXON_TRACK_ENV", "POLYAXON_COLLECT_RESOURCES"]
BEGIN = "import atexit, os, random, signal, sys, threading, time\nfrom polyaxon_sdk import tracking\n"


def steps_of(columns: EventColumns) -> list[int]:
    return cast(list[int], columns["step"])


def track(scripts: Scripts, text: str) -> list[str]:
    """Run a script that ends well and says nothing on stderr; the lines that it prints."""
    ended = scripts.run(BEGIN + text, PYTHONWARNINGS="ignore", **dict.fromkeys(QUIET, "false"))
    assert (ended.code, ended.err) == (0, "")
    return ended.out.splitlines()


INTERRUPTED = """
def interrupt(*_):
    raise KeyboardInterrupt

run = tracking.init()
signal.signal(signal.SIGALRM, interrupt)
returned = {"loss": [], "count": [], "note": []}
step, end = 0, time.monotonic() + 1
while time.monotonic() < end:
    try:
        signal.setitimer(signal.ITIMER_REAL, random.uniform(1e-5, 2e-3))
        while True:
            step += 1
            tracking.log_metric("loss", step * 0.5, step=step)
            returned["loss"].append(step)
            tracking.log_metric("count", step, step=step)
            returned["count"].append(step)
            if step % 10 == 0:
                tracking.log_text("note", str(step), step=step)
                returned["note"].append(step)
            if step % 50 == 0:
                tracking.log_inputs(step=step)
                tracking.log_metric(f"new-{step}", 1.0)
    except KeyboardInterrupt:
        pass
signal.setitimer(signal.ITIMER_REAL, 0)
tracking.end()
for name, steps in returned.items():
    print(name, *steps)
"""


def test_interrupts_in_the_middle_of_calls_lose_double_and_reorder_nothing(
    scripts: Scripts, home: object
) -> None:
    returned = {
        line.split()[0]: [int(step) for step in line.split()[1:]] for line in track(scripts, INTERRUPTED)
    }
    assert scripts.finished().status == "succeeded"
    client = RunClient(run_uuid=scripts.the_run().uuid)
    columns = {**client.get_metrics(["loss", "count"]), **client.get_events("text")}
    for name, steps in returned.items():
        kept = steps_of(columns[name])
        assert kept == sorted(set(kept)), (
            name
        )  # each once, in order, those of calls that were interrupted too
        assert set(steps) <= set(kept), name


FORKING = """
run, stop, counts = tracking.init(), threading.Event(), [0] * 4

def work(number):
    while not stop.is_set():
        step = counts[number]
        tracking.log_metric(f"thread-{number}", step if number % 2 else float(step), step=step)
        if step % 20 == 0:
            tracking.log_text(f"note-{number}", "x" * 100, step=step)
            tracking.log_inputs(**{f"k{number}": step})
        counts[number] += 1

def be_child(number):
    signal.alarm(20)
    for step in range(20):
        tracking.log_metric("child", float(step), step=number * 100 + step)
        tracking.log_metric("child-count", step, step=number * 100 + step)
    tracking.log_text("child-note", "text", step=number)
    if number % 2:
        tracking.end()
    os._exit(0)

threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
for thread in threads: thread.start()
for number in range(30):
    if (pid := os.fork()) == 0:
        be_child(number)
    assert os.waitpid(pid, 0)[1] == 0, number
stop.set()
for thread in threads: thread.join()
print(*counts)
"""


def test_forks_in_the_middle_of_what_threads_log_lose_double_and_reorder_nothing(
    scripts: Scripts, home: object
) -> None:
    counts = list(map(int, track(scripts, FORKING)[0].split()))
    assert scripts.finished().status == "succeeded"
    client = RunClient(run_uuid=scripts.the_run().uuid)
    metrics, texts = client.get_metrics(), client.get_events("text")
    for number, count in enumerate(counts):
        assert metrics[f"thread-{number}"]["step"] == list(range(count))
        assert texts[f"note-{number}"]["step"] == list(range(0, count, 20))
    of_children = sorted(number * 100 + step for number in range(30) for step in range(20))
    assert sorted(steps_of(metrics["child"])) == sorted(steps_of(metrics["child-count"])) == of_children
    assert sorted(steps_of(texts["child-note"])) == list(range(30))


@pytest.mark.parametrize(
    ("end", "kept"),
    [
        ("threading.Thread(target=sys.exit, args=(3,)).start()", 1),
        ("threading.Thread(target=lambda: (time.sleep(0.3), log())).start()", 2),
        ("atexit.register(log)", 2),
        ("class Odd:\n    def __del__(self): log()\nodd = Odd()\nodd.self = odd", 1),
        ("threading.Thread(target=lambda: [log() for _ in iter(int, 1)], daemon=True).start()", None),
    ],
    ids=["exit-in-thread", "thread-outlives-main", "atexit", "del", "daemon"],
)
def test_an_interpreter_that_shuts_down_ends_the_run_well(
    scripts: Scripts, end: str, kept: int | None
) -> None:
    log = "tracking.init()\ndef log(): tracking.log_metric('loss', 0.5)\nlog()\n"
    ended = scripts.run(BEGIN + log + end, **dict.fromkeys(QUIET, "false"))
    assert (ended.code, "Traceback" in ended.err) == (0, False), ended.err
    assert scripts.finished().status == "succeeded"
    assert kept in {None, len(read_series(scripts.the_run())["loss"])}


HARD = """
import numpy as np
tracking.init(name=NAME, description=NAME, tags=[NAME])
for step in range(2):
    tracking.log_metric(NAME, 0.5, step=step)
    tracking.log_text(NAME, NAME, step=step)
    tracking.log_image(np.zeros((3, 4, 4), np.uint8), NAME, step=step)
tracking.log_inputs(**{NAME: NAME})
tracking.log_outputs(**{NAME: NAME})
tracking.log_meta(**{NAME: NAME})
tracking.set_readme(NAME)
tracking.log_status("warning", NAME, NAME)
tracking.log_data_ref("data " + NAME, NAME)
"""


@pytest.mark.parametrize(
    ("text", "times"),
    [("n", 1 << 20), ("a\ud800b", 1), ("../../\0", 1), ("\n", 1), ("", 1), ("|", 1), ("é", 300)],
    ids=["megabyte", "surrogate", "path", "newline", "empty", "bar", "wide"],
)
def test_names_that_are_hard_to_take_are_kept(scripts: Scripts, home: object, text: str, times: int) -> None:
    track(scripts, f"NAME = {text!a} * {times}\n{HARD}")
    run = scripts.finished()
    client = RunClient(run_uuid=run.uuid)
    assert (run.status, run.problems) == ("succeeded", [])
    assert [columns["step"] for columns in client.get_metrics().values()] == [[0, 1]]
    assert [columns["step"] for columns in client.get_events("text").values()] == [[0, 1]]
    assert [columns["step"] for columns in client.get_events("image").values()] == [[0, 1]]
    assert (run.name or "") == text * times


def test_a_clock_that_goes_back_keeps_order_and_statuses(scripts: Scripts) -> None:
    text = """
tracking.init()
for step in range(3):
    tracking.log_metric("loss", 0.5, step=step, timestamp=1e9 - step)
tracking.log_status("warning")
"""
    track(scripts, text)
    run = scripts.finished()
    assert [point.step for point in read_series(scripts.the_run())["loss"]] == [0, 1, 2]
    assert [each.status for each in read_run(scripts.the_run()).conditions] == [
        "running",
        "warning",
        "succeeded",
    ]
    assert run.duration is not None
    assert run.duration >= 0


CLOCK = """
import time
now, now_ns, behind = time.time, time.time_ns, 0
time.time = lambda: now() - behind
time.time_ns = lambda: now_ns() - behind * 10**9
from polyaxon_sdk import tracking

tracking.init()
for step in range(5):
    behind = 3600 * step
    tracking.log_metric("loss", 0.5, step=step)
    tracking.log_text("note", "text", step=step)
    tracking.log_inputs(step=step)
    tracking.log_status("warning", message=str(step))
"""


def test_a_machine_whose_clock_goes_back_by_hours_keeps_order_and_the_last_word(scripts: Scripts) -> None:
    assert scripts.run(CLOCK).err == ""
    run = scripts.finished()
    folder = scripts.the_run()
    assert [point.step for point in read_series(folder)["loss"]] == list(range(5))
    assert [text.step for text in read(folder.events / "text" / "note.plx", "text")] == list(range(5))
    warned = [each.message for each in run.conditions if each.status == "warning"]
    assert (run.inputs, warned, run.status) == ({"step": 4}, list("01234"), "succeeded")
