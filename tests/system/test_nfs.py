"""A home on NFS: many processes of two hosts write to one run, some are killed, and the server hangs."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from struct import Struct
from typing import TypeAlias

import pytest

from polyaxon_sdk.runs.events import read
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.runs.series import read_series
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.sidecar.launch import launch
from polyaxon_sdk.tracking.place import Recorded
from polyaxon_sdk.tracking.run import Run
from tests.disks.nfs import NfsServer, nfs_mount, nfs_server
from tests.polling import eventually
from tests.scripts import ROOT

Host: TypeAlias = "subprocess.Popen[str]"
TRIALS = int(os.environ.get("POLYAXON_TEST_TRIALS", "2"))
PROCESSES = 64 if TRIALS >= 10 else 8
COUNTS = Struct("@QQ")
UUID = "0f" * 16

TRAINERS = """
import mmap, os, signal, sys, time
from polyaxon_sdk import tracking

first, last, counts = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]

def train(number):
    tracking.init()
    with open(f"{counts}/{number}", "w+b") as file:
        file.truncate(16)
        returned = memoryview(mmap.mmap(file.fileno(), 16)).cast("Q")  # one store each, never half of one
    for step in range(100_000):
        tracking.log_metric(f"loss-{number}", float(step), step)
        returned[0] = step + 1
        if step % 10 == 0:
            tracking.log_text(f"note-{number}", f"text {step // 10}", step=step // 10)
            returned[1] = step // 10 + 1
        time.sleep(0.05)  # a step of training
        if os.path.exists(f"{counts}/stop"):
            break
    tracking.end()

children = []
for number in range(first, last):
    if (pid := os.fork()) == 0:
        train(number)
        os._exit(0)
    children.append(pid)
print("ready", flush=True)
for number in map(int, sys.stdin.readline().split()):
    os.kill(children[number], signal.SIGKILL)
for pid in children:
    os.waitpid(pid, 0)
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[NfsServer]:
    """A server for homes."""
    with nfs_server(tmp_path) as server:
        yield server


def start_host(name: str, home: Path, counts: Path, numbers: range) -> Host:
    """A host with a name of its own, and trainers on it."""
    command = ["unshare", "--uts", "sh", "-c", 'hostname "$0" && exec "$@"', name]
    words = [sys.executable, "-c", TRAINERS, str(numbers.start), str(numbers.stop), str(counts)]
    variables = {"POLYAXON_HOME": str(home), "POLYAXON_IS_MANAGED": "true", "POLYAXON_RUN_UUID": UUID}
    kept = {key: value for key, value in os.environ.items() if not key.startswith("POLYAXON_")}
    return subprocess.Popen(
        [*command, *words],
        env={**kept, **variables, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def returned(counts: Path, number: int) -> tuple[int, int]:
    """How many points and texts of a trainer returned; none where it was killed before it began."""
    path = counts / str(number)
    points, texts = COUNTS.unpack(path.read_bytes()) if path.exists() else (0, 0)
    return points, texts


def history(folder: RunFolder, number: int) -> tuple[list[object], list[object]]:
    """The steps of a trainer's points and the words of its texts, as the run has them."""
    points = read_series(folder).get(f"loss-{number}", [])
    path = folder.events / "text" / f"note-{number}.plx"
    texts = read(path, "text") if path.exists() else []
    return [(point.step, point.value) for point in points], [text.value for text in texts]


def is_kept(folder: RunFolder, counts: Path, number: int) -> bool:
    """Whether what returned is there once and in order, and no more than one that had not returned."""
    (points, texts), (seen, words) = returned(counts, number), history(folder, number)
    return (
        len(seen) - points in {0, 1}
        and len(words) - texts in {0, 1}
        and seen == [(step, float(step)) for step in range(len(seen))]
        and words == [f"text {text}" for text in range(len(words))]
    )


def test_processes_of_two_hosts_write_to_one_run(server: NfsServer, tmp_path: Path) -> None:
    (counts := tmp_path / "counts").mkdir()
    with ExitStack() as mounts:
        homes = [mounts.enter_context(nfs_mount(server, tmp_path / name)) / "home" for name in ("a", "b")]
        folder = RunFolder(homes[0] / "runs" / UUID).create()
        record = RecordWriter(folder)
        record.append("created", is_managed=True, track_code=False, track_env=False, collect_resources=False)
        launch(folder)
        half = PROCESSES // 2
        halves = [range(half), range(half, PROCESSES)]
        hosts = [
            start_host(f"host-{home.parent.name}", home, counts, half)
            for home, half in zip(homes, halves, strict=True)
        ]
        eventually(lambda: len(list(counts.iterdir())) == PROCESSES, 120)
        time.sleep(1.0)  # what is tried is the moment
        killed = [random.Random(host).sample(range(half), half // 2) for host in (0, 1)]
        for host, numbers in zip(hosts, killed, strict=True):
            assert host.stdin is not None
            host.stdin.write(f"{' '.join(map(str, numbers))}\n")
            host.stdin.flush()
        (counts / "stop").touch()
        for host in hosts:
            host.communicate()
        record.append("status", status="succeeded")
        assert launch(folder).wait(120)
        kept = [is_kept(folder, counts, number) for number in range(PROCESSES)]
        state = read_run(folder)
    assert kept == [True] * PROCESSES
    assert (state.status, state.problems) == ("succeeded", [])


def timed(call: Callable[[], object]) -> float:
    """How long a call takes."""
    began = time.monotonic()
    call()
    return time.monotonic() - began


def train(run: Run, step: int) -> float:
    """Log a step; how long its longest call takes."""
    calls: list[Callable[[], object]] = [
        lambda: run.log_metric("loss", 0.5, step),
        lambda: run.log_text("note", f"text {step}", step=step),
        lambda: run.log_outputs(step=step),
    ]
    time.sleep(0.01)
    return max(map(timed, calls))


def test_a_server_that_hangs_delays_no_call_and_gets_everything_later(
    server: NfsServer, tmp_path: Path
) -> None:
    with nfs_mount(server, tmp_path / "a") as mount:
        run = Run(Recorded(folder := RunFolder(mount / "home" / "runs" / UUID).create()))
        before = [train(run, step) for step in range(10)]
        server.hang()
        while_hanging = [train(run, step) for step in range(10, 160)]
        server.go_on()
        run.end()
        launch(folder).wait(120)
        steps = [point.step for point in read_series(folder)["loss"]]
        state = read_run(folder)
    assert max(before + while_hanging) < 0.05
    assert steps == list(range(160))
    assert state.outputs["step"] == 159
    assert (
        "the run's disk does not answer, training goes on: what is logged waits in memory" in state.problems
    )
