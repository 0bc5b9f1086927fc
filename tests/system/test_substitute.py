"""Scripts that may start no process: a thread of theirs does the sidecar's work."""

import pytest

from polyaxon_sdk.runs.drained import read_drained
from polyaxon_sdk.runs.series import read_series
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.sidecar.launch import launch
from tests.polling import eventually
from tests.processes import sidecars_of
from tests.scripts import Scripts, read_line
from tests.system.no_processes import FORBID

TRAIN = f"""
import os, sys, threading, time
{FORBID}
forbid("execve")
from polyaxon_sdk import tracking
run = tracking.init(name="alone")
for step in range(1000):
    tracking.log_metric("loss", step + 0.5, step=step)
tracking.log_text("note", "kept")
"""
SAID = (
    "polyaxon: no sidecar can be started, a thread does its work and what is printed is not kept: "
    "Resource temporarily unavailable\n"
)


@pytest.mark.parametrize(
    ("end", "status"),
    [("", "succeeded"), ("tracking.end()", "succeeded"), ("raise ValueError('no digits')", "failed")],
)
def test_a_thread_finishes_the_run_and_says_so_once(scripts: Scripts, end: str, status: str) -> None:
    ended = scripts.run(TRAIN + end)
    folder = scripts.the_run()
    assert ended.err.startswith(SAID)
    assert ended.err.count("polyaxon:") == 1
    assert read_drained(folder).is_finished
    assert (read_run(folder).status, len(read_series(folder)["loss"])) == (status, 1000)
    assert [path.name for path in folder.journal.iterdir() if path.suffix in {".plxj", ".jsonl"}] == []


def test_each_run_of_a_process_has_its_thread(scripts: Scripts) -> None:
    scripts.run(TRAIN + "with run.child('fold') as child: child.log_metric('loss', 1.0)")
    assert all(path.joinpath("run.plx.json").exists() for path in (scripts.home / "runs").iterdir())


def test_a_run_is_resumed_from_a_step_by_a_thread_too(scripts: Scripts) -> None:
    scripts.run(TRAIN)
    folder = scripts.the_run()
    again = TRAIN.replace('name="alone"', f'run_uuid="{folder.uuid}", resume_from_step=900')
    assert scripts.run(again).code == 0
    assert [point.step for point in read_series(folder)["loss"]] == [*range(900), *range(1000)]


def test_a_sidecar_that_comes_later_leaves_the_run_to_the_thread(scripts: Scripts) -> None:
    process = scripts.start(f"{TRAIN}print('ready', flush=True)\ninput()")
    read_line(process)
    folder = scripts.the_run()
    eventually(lambda: (folder.journal / "lease").exists())
    launch(folder)
    eventually(lambda: not sidecars_of(str(folder.path)))
    process.communicate("\n")
    assert (process.returncode, read_drained(folder).lease, read_run(folder).status) == (0, 1, "succeeded")


def test_what_a_killed_script_left_is_finished_by_the_next_sidecar(scripts: Scripts) -> None:
    process = scripts.start(f"{TRAIN}print('ready', flush=True)\ninput()")
    read_line(process)
    process.kill()
    process.communicate()
    launch(scripts.the_run())
    assert (scripts.finished().status, len(read_series(scripts.the_run())["loss"])) == ("failed", 1000)


def test_a_forked_child_that_lives_on_does_not_keep_the_run(scripts: Scripts) -> None:
    text = """
while not (run.folder / "journal" / "lease").exists():
    time.sleep(0.01)
if (pid := os.fork()) == 0:
    input()
    os._exit(0)
print("ready", flush=True)
os._exit(1)
"""
    process = scripts.start(TRAIN + text)
    read_line(process)
    process.wait(60)
    launch(scripts.the_run())
    folder = scripts.the_run()
    assert eventually(lambda: read_drained(folder).lease) == 2
    process.communicate("\n")
    assert scripts.finished().status == "failed"


def test_a_script_that_may_start_no_thread_either_goes_on(scripts: Scripts) -> None:
    ended = scripts.run(TRAIN.replace('forbid("execve")', 'forbid("execve", "clone", "vfork", "clone3")'))
    assert ended.code == 0
    assert ended.err.splitlines() == [
        "polyaxon: neither a sidecar nor a thread can be started, `polyaxon sync` finishes the run: "
        "Resource temporarily unavailable"
    ]
    launch(scripts.the_run())
    assert len(read_series(scripts.the_run())["loss"]) == 1000
    assert scripts.finished().status == "succeeded"
