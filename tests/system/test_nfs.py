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
from typing import TypeAlias, cast

import numpy as np
import pytest

from polyaxon_sdk.runs.events import Event, read
from polyaxon_sdk.runs.fact import Fact
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import RecordWriter, read_facts
from polyaxon_sdk.runs.series import Point, read_series
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.runs.writer import process_start
from polyaxon_sdk.sidecar.launch import launch
from polyaxon_sdk.tracking.beginning import open_run
from polyaxon_sdk.tracking.run import Run
from tests.disks.nfs import NfsServer, nfs_mount, nfs_server
from tests.polling import eventually
from tests.processes import sidecars_of
from tests.scripts import ROOT, Scripts, read_line
from tests.tracking.logged import read_pixels

pytestmark = pytest.mark.timeout(1200)  # with all trials, 64 processes on however few processors
Host: TypeAlias = "subprocess.Popen[str]"
TRIALS = int(os.environ.get("POLYAXON_TEST_TRIALS", "2"))
PROCESSES = 64 if TRIALS >= 10 else 8
COUNTS = Struct("@QQQQ")
MOST = 40_000
"""Points that a process logs: more than one file of its journal holds."""
SIZE = 20_000
"""Bytes of each file that is logged."""
HANGS = "the run's disk does not answer, training goes on: what is logged waits in memory"
UUID = new_uuid()
"""Its own each time, as the spools of a host have it."""

TRAINERS = """
import mmap, os, random, signal, subprocess, sys, time
from pathlib import Path
from polyaxon_sdk import tracking

first, last, counts = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])

def train(number):
    tracking.init()
    with open(counts / f"{number}", "w+b") as file:
        file.truncate(32)
        returned = memoryview(mmap.mmap(file.fileno(), 32)).cast("Q")  # one store each, never half of one
    log_metric, scratch, points, loss = tracking.log_metric, counts / f"{number}.bin", 0, f"loss-{number}"
    log_metric(loss, 0.0, 0)
    returned[0] = points = 1
    while not (counts / "go").exists():
        time.sleep(0.01)
    while points < MOST:
        log_metric(loss, float(points), points)
        returned[0] = points = points + 1
        if points % 500 == 0:
            text = returned[1]
            tracking.log_text(f"note-{number}", f"text {text}", step=text)
            returned[1] = text + 1
            fact = returned[3]
            tracking.log_outputs(**{f"fact-{number}": fact})
            returned[3] = fact + 1
        if points % 8000 == 0:
            files = returned[2]
            scratch.write_bytes(bytes([files % 256]) * SIZE)
            tracking.log_artifact(scratch, f"net-{number}", kind="model", step=files)
            returned[2] = files + 1
    tracking.end()

children = []
for number in range(first, last):
    if (pid := os.fork()) == 0:
        train(number)
        os._exit(0)
    children.append(pid)
for number in map(int, sys.stdin.readline().split()):
    time.sleep(random.Random(number).uniform(0, 0.1))  # what is tried is the moment
    os.kill(children[number], signal.SIGKILL)
for pid in children:
    os.waitpid(pid, 0)
print("over", flush=True)
sys.stdin.readline()
sys.exit(subprocess.call([sys.executable, "-m", "polyaxon_sdk", "sync"], stdout=2))
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[NfsServer]:
    """A server for homes."""
    with nfs_server(tmp_path) as server:
        yield server


def start_host(name: str, home: Path, counts: Path, numbers: range) -> Host:
    """A host with a name of its own, and trainers on it."""
    command = ["unshare", "--uts", "sh", "-c", 'hostname "$0" && exec "$@"', name]
    text = TRAINERS.replace("MOST", str(MOST)).replace("SIZE", str(SIZE))
    words = [sys.executable, "-c", text, str(numbers.start), str(numbers.stop), str(counts)]
    variables = {"POLYAXON_HOME": str(home), "POLYAXON_IS_MANAGED": "true", "POLYAXON_RUN_UUID": UUID}
    kept = {key: value for key, value in os.environ.items() if not key.startswith("POLYAXON_")}
    return subprocess.Popen(
        [*command, *words],
        env={**kept, **variables, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def returned(counts: Path, number: int) -> list[int]:
    """How many points, texts, files and outputs of a trainer returned."""
    return list(COUNTS.unpack((counts / str(number)).read_bytes()))


def history(
    folder: RunFolder, series: dict[str, list[Point]], facts: list[Fact], number: int
) -> list[list[object]]:
    """A trainer's points, the words of its texts, the contents of its files and its outputs, as the run has them."""
    points = [(point.step, point.value) for point in series.get(f"loss-{number}", [])]
    texts, files = _events(folder, "text", f"note-{number}"), _events(folder, "model", f"net-{number}")
    paths = [folder.path / cast(dict[str, str], file.value)["path"] for file in files]
    contents = [(set(path.read_bytes()), path.stat().st_size) for path in paths]
    said = [cast(dict[str, object], fact.fields["values"]) for fact in facts if fact.kind == "outputs"]
    outputs = [values[f"fact-{number}"] for values in said if f"fact-{number}" in values]
    return [[*points], [(text.step, text.value) for text in texts], [*contents], outputs]


def _events(folder: RunFolder, kind: str, name: str) -> list[Event]:
    path = folder.events / kind / f"{name}.plx"
    return read(path, kind) if path.exists() else []


EXPECTED: list[Callable[[int], object]] = [
    lambda point: (point, float(point)),
    lambda text: (text, f"text {text}"),
    lambda file: ({file % 256}, SIZE),
    lambda output: output,
]


def lost(folder: RunFolder, counts: Path) -> list[int]:
    """The trainers of which something that returned is not there once and in order, or more than one thing more."""
    series, facts, found = read_series(folder), read_facts(folder), list[int]()
    for number in range(PROCESSES):
        for count, things, expected in zip(
            returned(counts, number), history(folder, series, facts, number), EXPECTED, strict=True
        ):
            in_order = things == [expected(each) for each in range(len(things))]
            found += [] if in_order and len(things) - count in {0, 1} else [number]
    return found


def tell(host: Host, words: str) -> None:
    """Write a line to a host."""
    assert host.stdin is not None
    host.stdin.write(f"{words}\n")
    host.stdin.flush()


def test_processes_of_two_hosts_that_are_killed_at_full_speed_lose_nothing(
    server: NfsServer, tmp_path: Path
) -> None:
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
        eventually(lambda: len(list(counts.iterdir())) == PROCESSES, 240)
        (counts / "go").touch()
        for number, host in enumerate(hosts):
            tell(host, " ".join(map(str, random.Random(number).sample(range(half), half // 2))))
        for host in hosts:
            assert read_line(host) == "over"
        record.append("status", status="succeeded")
        for host in hosts:
            host.communicate("sync\n", timeout=240)
            assert host.returncode == 0
        runs = [str(home / "runs" / UUID) for home in homes]
        eventually(lambda: not any(map(sidecars_of, runs)), 240)
        state, missing = read_run(folder), lost(folder, counts)
    assert missing == []
    assert state.status == "succeeded"
    assert {*state.problems} <= {HANGS}  # of a server that got no processor for a second
    assert min(returned(counts, number)[0] for number in range(PROCESSES)) < MOST


PIXELS = np.full((3, 256, 256), 7, np.uint8)


def path_of(event: Event) -> str:
    """Where an event says that its image is, in the run."""
    assert isinstance(event.value, dict)
    return str(event.value["path"])


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
        lambda: run.log_image(PIXELS, "img", step=step),
    ]
    time.sleep(0.01)
    return max(map(timed, calls))


def test_a_server_that_hangs_delays_no_call_and_gets_everything_later(
    server: NfsServer, tmp_path: Path
) -> None:
    with nfs_mount(server, tmp_path / "a") as mount:
        run = Run(open_run(folder := RunFolder(mount / "home" / "runs" / UUID)).place)
        before = [train(run, step) for step in range(10)]
        server.hang()
        while_hanging = [train(run, step) for step in range(10, 160)]
        server.go_on()
        run.end()
        launch(folder).wait(120)
        steps = [point.step for point in read_series(folder)["loss"]]
        state = read_run(folder)
        images = read(folder.events / "image" / "img.plx", "image")
        shades = {read_pixels(folder.path / path_of(event)).max() for event in images}
    assert sorted(before + while_hanging)[-8] < 0.05  # of 160: a machine that is busy is no server that hangs
    assert max(while_hanging) < 1
    assert steps == [event.step for event in images] == list(range(160))
    assert shades == {7}
    assert state.outputs["step"] == 159
    assert HANGS in state.problems


WHILE_IT_HANGS = """
import os, sys
from polyaxon_sdk import tracking
tracking.init()
print("begun", flush=True)
sys.stdin.readline()
tracking.log_metric("loss", 0.5, 0)
tracking.log_text("note", "a text", step=0)
tracking.log_image(bytes(range(12)), "img", step=0)
tracking.log_inputs(rate=0.1)
tracking.log_outputs(score=1)
tracking.log_tags("kept")
tracking.log_succeeded()
os.kill(os.getpid(), 9)
"""


def test_what_a_killed_process_logged_while_the_server_hung_is_there_later(
    server: NfsServer, tmp_path: Path
) -> None:
    with nfs_mount(server, tmp_path / "a") as mount:
        process = (scripts := Scripts(mount / "home")).start(WHILE_IT_HANGS)
        assert read_line(process) == "begun"
        server.hang()
        tell(process, "go")
        eventually(
            lambda: process_start(process.pid) is None, 240
        )  # of a thread the kernel waits for the server
        server.go_on()
        process.communicate(timeout=240)
        state, folder = scripts.finished(), scripts.the_run()
        points = read_series(folder)["loss"]
        (note,) = read(folder.events / "text" / "note.plx", "text")
        (image,) = read(folder.events / "image" / "img.plx", "image")
        kept = (folder.path / path_of(image)).read_bytes()
    assert kept == bytes(range(12))
    assert (state.status, state.inputs, state.tags) == ("succeeded", {"rate": 0.1}, ["kept"])
    assert (state.outputs["score"], points[0].value, note.value) == (1, 0.5, "a text")


def test_what_was_logged_while_the_server_hung_is_brought_by_a_sync(
    server: NfsServer, tmp_path: Path
) -> None:
    variables = {"POLYAXON_IS_MANAGED": "true", "POLYAXON_RUN_UUID": new_uuid()}
    with nfs_mount(server, tmp_path / "a") as mount:
        folder = RunFolder(mount / "home" / "runs" / variables["POLYAXON_RUN_UUID"]).create()
        record = RecordWriter(folder)
        record.append("created", is_managed=True, track_code=False, track_env=False, collect_resources=False)
        process = Scripts(mount / "home").start(WHILE_IT_HANGS, **variables)
        assert read_line(process) == "begun"
        server.hang()
        tell(process, "go")
        eventually(
            lambda: process_start(process.pid) is None, 240
        )  # of a thread the kernel waits for the server
        server.go_on()
        process.communicate(timeout=240)
        record.append("status", status="succeeded")
        record.append("left")
        assert launch(folder).wait(240)
        assert (read_run(folder).outputs["score"], read_run(folder).tags) == (1, ["kept"])
