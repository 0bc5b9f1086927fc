"""How a script ends, and what its run says of that."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from time import monotonic

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.series import Point, read_series
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.sidecar.launch import launch
from tests.polling import eventually
from tests.processes import opened_by, sidecars_of
from tests.scripts import Scripts, read_line

BEGIN = "import os, signal, sys\nfrom polyaxon_sdk import tracking\ntracking.init()\n"


@pytest.mark.parametrize(
    ("end", "code", "status", "message"),
    [
        ("", 0, "succeeded", ""),
        ("tracking.end()", 0, "succeeded", ""),
        ("sys.exit()", 0, "succeeded", ""),
        ("sys.exit(0)", 0, "succeeded", ""),
        ("sys.exit(3)", 3, "failed", "exit code 3"),
        ("sys.exit('no data')", 1, "failed", "exit: no data"),
        ("exit(3)", 3, "failed", "exit code 3"),
        ("class Odd(Exception):\n    __str__ = None\nraise Odd", 1, "failed", "Odd: <Odd>"),
        ("raise ValueError('no digits')", 1, "failed", "ValueError: no digits"),
        ("signal.raise_signal(signal.SIGINT)", -2, "stopped", "KeyboardInterrupt"),
        ("tracking.log_failed(message='bad data')", 0, "failed", "bad data"),
        ("tracking.log_stopped(); sys.exit(1)", 1, "stopped", ""),
        ("os._exit(0)", 0, "failed", "the process ended without a word: killed, or out of memory"),
        (
            "os.kill(os.getpid(), 9)",
            -9,
            "failed",
            "the process ended without a word: killed, or out of memory",
        ),
    ],
)
def test_the_run_says_how_its_script_ended(
    scripts: Scripts, end: str, code: int, status: str, message: str
) -> None:
    assert scripts.run(BEGIN + end).code == code
    run = scripts.finished()
    assert (run.status, run.conditions[-1].message) == (status, message)


def test_a_with_block_ends_the_run_as_it_was_left(scripts: Scripts) -> None:
    text = "from polyaxon_sdk import tracking\nwith tracking.init():\n    raise KeyError('label')"
    assert "KeyError: 'label'" in scripts.run(text).err
    assert scripts.finished().conditions[-1].message == "KeyError: 'label'"


def test_output_captured_by_a_shell_ends_when_the_script_does(scripts: Scripts) -> None:
    began = monotonic()
    ended = scripts.run(f"{BEGIN}print('done')")
    assert (ended.out, ended.err) == ("done\n", "")
    assert monotonic() - began < 60
    scripts.finished()


def _is_pipe(target: str) -> bool:
    return target.startswith("pipe:")


def test_a_sidecar_holds_none_of_the_scripts_streams_and_files(scripts: Scripts) -> None:
    process = scripts.start(f"{BEGIN}print('ready', flush=True)\ninput()")
    read_line(process)
    sidecar = eventually(lambda: sidecars_of(str(scripts.the_run().path)))[0]
    inherited = {"/dev/null"}  # and nothing else: what the script prints goes through pipes
    assert eventually(lambda: inherited <= (held := {*opened_by(sidecar)}) and not any(map(_is_pipe, held)))
    process.communicate("\n")
    scripts.finished()


def test_a_sidecar_survives_the_signals_of_its_scripts_terminal(scripts: Scripts) -> None:
    process = scripts.start(f"{BEGIN}print('ready', flush=True)\ninput()")
    read_line(process)
    process.send_signal(signal.SIGINT)
    process.communicate()
    assert scripts.finished().status == "stopped"


def test_no_point_that_a_call_returned_from_is_lost_to_a_kill(scripts: Scripts) -> None:
    process = scripts.start(
        BEGIN
        + """
step = 0
while True:
    for _ in range(1000):
        tracking.log_metric("loss", step * 0.5, step=step)
        step += 1
    os.write(1, b"%d\\n" % step)
"""
    )
    told = [int(read_line(process)) for _ in range(150)][-1]
    process.kill()
    process.communicate()
    assert scripts.finished().status == "failed"
    points = read_series(scripts.the_run())["loss"]
    assert [point.step for point in points] == list(range(len(points)))
    assert all(point.value == point.step * 0.5 for point in points if point.step is not None)
    assert len(points) >= told == 150_000


def readings(folder: RunFolder, process: subprocess.Popen[str]) -> Iterator[list[Point]]:
    """What a reader sees of a series, again and again while a script runs."""
    while process.poll() is None:
        yield read_series(folder).get("loss", [])


def test_a_reader_beside_a_draining_sidecar_sees_each_point_once(scripts: Scripts) -> None:
    process = scripts.start(
        BEGIN
        + """
from time import monotonic, sleep
step, end = 0, monotonic() + 2
print("ready", flush=True)
while monotonic() < end:
    for _ in range(500):
        tracking.log_metric("loss", step * 0.5, step=step)
        step += 1
    sleep(0.005)
print(step)
"""
    )
    read_line(process)
    seen = list(readings(scripts.the_run(), process))
    out, _ = process.communicate()
    scripts.finished()
    seen.append(read_series(scripts.the_run())["loss"])
    assert [[point.step for point in points] for points in seen] == [
        list(range(len(points))) for points in seen
    ]
    assert len(seen[-1]) == int(out)
    assert len(seen) > 5
    assert len(seen[0]) < len(seen[-2])


def test_a_finished_run_that_is_attached_to_is_a_new_attempt(scripts: Scripts) -> None:
    text = "import sys, time\nfrom polyaxon_sdk import tracking\ntracking.init(run_uuid='0f' * 16)\n"
    scripts.run(text + "tracking.log_metric('loss', 1.0, step=1)\nsys.exit(3)")
    scripts.finished()
    scripts.run(text + "time.sleep(3)\ntracking.log_metric('loss', 2.0, step=2)")
    eventually(lambda: scripts.finished().status == "succeeded")
    conditions = [each.status for each in read_run(scripts.the_run()).conditions]
    assert conditions == ["running", "failed", "resuming", "running", "succeeded"]
    assert [point.step for point in read_series(scripts.the_run())["loss"]] == [1, 2]


def test_a_run_that_came_back_from_its_store_keeps_what_it_had(scripts: Scripts) -> None:
    text = "from polyaxon_sdk import tracking\ntracking.init(run_uuid='0f' * 16)\n"
    scripts.run(f"{text}tracking.log_metric('loss', 1.0, step=1)")
    scripts.finished()
    shutil.rmtree(scripts.the_run().journal)
    scripts.run(f"{text}tracking.log_metric('loss', 2.0, step=2)")
    scripts.finished()
    assert [point.step for point in read_series(scripts.the_run())["loss"]] == [1, 2]


def test_a_run_that_is_attached_to_while_its_sidecar_finishes_loses_nothing(scripts: Scripts) -> None:
    text = "import sys\nfrom polyaxon_sdk import tracking\ntracking.init(run_uuid='0f' * 16)\n"
    for step in range(5):
        scripts.run(f"{text}tracking.log_metric('loss', 1.0, step={step})")
    eventually(lambda: not sidecars_of(str(scripts.the_run().path)))
    assert [point.step for point in read_series(scripts.the_run())["loss"]] == list(range(5))
    assert scripts.finished().status == "succeeded"


def test_a_child_that_logs_after_its_parents_end_loses_nothing(scripts: Scripts) -> None:
    text = """
import time
if os.fork() == 0:
    for step in range(8):
        tracking.log_metric("loss", 1.0, step=step)
        time.sleep(0.5)
    os._exit(0)
time.sleep(0.3)
"""
    scripts.run(BEGIN + text)
    assert scripts.finished().status == "succeeded"
    assert [point.step for point in read_series(scripts.the_run())["loss"]] == list(range(8))


def test_a_sidecar_that_is_killed_is_followed_by_another(scripts: Scripts) -> None:
    process = scripts.start(
        f"{BEGIN}tracking.log_metric('loss', 1.0, step=1)\nprint('ready', flush=True)\ninput()"
    )
    read_line(process)
    (pid,) = eventually(lambda: sidecars_of(str(scripts.the_run().path)))
    eventually(lambda: scripts.the_run().drained.exists())
    os.kill(pid, signal.SIGKILL)
    process.communicate("\n")
    launch(scripts.the_run())
    assert scripts.finished().status == "succeeded"
    assert len(read_series(scripts.the_run())["loss"]) == 1
