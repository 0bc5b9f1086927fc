"""Trainers and sidecars killed at full speed, at random moments: what a call returned from is there, once."""

import os
import random
import subprocess
import time
from collections.abc import Callable
from mmap import ACCESS_READ, mmap
from pathlib import Path
from struct import Struct
from typing import NamedTuple, TypeAlias, cast

import pytest

from polyaxon_sdk.runs.events import read
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import read_facts
from polyaxon_sdk.runs.series import read_series
from polyaxon_sdk.sidecar.launch import launch
from tests.polling import eventually
from tests.processes import sidecars_of
from tests.scripts import Scripts

Trainer: TypeAlias = "subprocess.Popen[str]"
Kill: TypeAlias = Callable[[Trainer, RunFolder], None]
TRIALS = int(os.environ.get("POLYAXON_TEST_TRIALS", "2"))
COUNTS = Struct("@QQQQ")
SIZE = 20_000
"""Bytes of each file that is logged."""

TRAINER = """
import mmap
from pathlib import Path
from polyaxon_sdk import tracking

tracking.init(track_code=False, track_env=False)
Path(tracking.get_outputs_path("weights.bin")).write_bytes(b"w" * 100_000)
with open({counts!r}, "r+b") as file:
    counts = memoryview(mmap.mmap(file.fileno(), {room})).cast("Q")  # one store each, never half of one
log_metric, scratch = tracking.log_metric, Path({counts!r}).with_name("scratch.bin")
texts = files = number = 0
while True:
    log_metric("loss", float(number), number)
    number += 1
    counts[0] = number
    if number % 500 == 0:
        tracking.log_text("note", f"text {{texts}}", step=texts)
        texts += 1
        counts[1] = texts
        tracking.log_outputs(texts=texts)
        counts[3] = texts
    if number % 5000 == 0:
        scratch.write_bytes(bytes([files % 256]) * {size})
        tracking.log_artifact(scratch, "net", kind="model", step=files)
        files += 1
        counts[2] = files
"""


class Counts(NamedTuple):
    """How many calls of each kind have returned, as the trainer counts them in memory that outlives it."""

    points: int
    texts: int
    files: int
    facts: int


@pytest.fixture
def counts(tmp_path: Path) -> Path:
    """The file of that memory."""
    path = tmp_path / "counts"
    path.write_bytes(bytes(COUNTS.size))
    return path


def returned(counts: Path) -> Counts:
    """How many calls have returned."""
    with counts.open("rb") as file, mmap(file.fileno(), COUNTS.size, access=ACCESS_READ) as memory:
        return Counts(*COUNTS.unpack(memory[:]))


def kill_trainer(trainer: Trainer, _folder: RunFolder) -> None:
    """Kill the script."""
    trainer.kill()


def kill_sidecar(_trainer: Trainer, folder: RunFolder) -> None:
    """Kill the sidecar of the script's run."""
    for pid in sidecars_of(str(folder.path)):
        os.kill(pid, 9)


def one_more(found: list[object], expected: Callable[[int], object], count: int) -> bool:
    """Whether each thing is there once and in order, and one more at most: the kill came between call and count."""
    return len(found) - count in {0, 1} and found == [expected(number) for number in range(len(found))]


def logged_facts(folder: RunFolder) -> list[object]:
    """The outputs, each as it was told."""
    told = (
        cast(dict[str, object], fact.fields["values"])
        for fact in read_facts(folder)
        if fact.kind == "outputs"
    )
    return [values["texts"] for values in told if "texts" in values]


def logged_files(folder: RunFolder) -> list[object]:
    """The contents of each logged file: their only byte, and how often it is there."""
    events = read(folder.events / "model/net.plx", "model")
    paths = [folder.path / str(cast(dict[str, object], event.value)["path"]) for event in events]
    return [(set(path.read_bytes()), path.stat().st_size) for path in paths]


@pytest.mark.parametrize("trial", range(TRIALS))
@pytest.mark.parametrize(
    "kills",
    [[kill_trainer], [kill_sidecar], [kill_trainer, kill_sidecar]],
    ids=["trainer", "sidecar", "both"],
)
def test_no_kill_at_full_speed_loses_doubles_reorders_or_invents_anything(
    scripts: Scripts,
    counts: Path,
    tmp_path: Path,
    kills: list[Kill],
    trial: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store = tmp_path / "store"
    store.mkdir()
    monkeypatch.setenv("POLYAXON_ARTIFACTS_STORE", store.as_uri())  # of the sidecar that takes over
    text = TRAINER.format(counts=str(counts), room=COUNTS.size, size=SIZE)
    trainer = scripts.start(text, POLYAXON_ARTIFACTS_STORE=store.as_uri())
    eventually(lambda: returned(counts).files > 0)
    time.sleep(random.Random(trial).uniform(0.0, 0.15))  # what is tried is the moment
    folder = scripts.the_run()
    for kill in kills:
        kill(trainer, folder)
    time.sleep(0.05)  # a trainer whose sidecar was killed goes on for a while
    trainer.kill()
    trainer.communicate()
    launch(folder)
    state, count = scripts.finished(), returned(counts)
    points = [(point.step, point.value) for point in read_series(folder)["loss"]]
    texts = [event.value for event in read(folder.events / "text/note.plx", "text")]
    assert one_more(list(points), lambda number: (number, float(number)), count.points)
    assert one_more(list(texts), lambda number: f"text {number}", count.texts)
    assert one_more(logged_facts(folder), lambda number: number + 1, count.facts)
    assert one_more(logged_files(folder), lambda number: ({number % 256}, SIZE), count.files)
    assert state.status == "failed"
    shipped = RunFolder(store / state.uuid)
    assert len(read(shipped.events / "metric/loss.plx", "metric")) == len(points)
    assert logged_files(shipped) == logged_files(folder)
    assert (shipped.outputs / "weights.bin").read_bytes() == b"w" * 100_000
