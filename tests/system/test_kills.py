"""Trainers killed at full speed, at random moments: every point and file of before is there, here and in the store."""

import os
import random
import time
from mmap import ACCESS_READ, mmap
from pathlib import Path
from struct import Struct

import pytest

from polyaxon_sdk.runs.events import read
from polyaxon_sdk.runs.series import read_series
from tests.polling import eventually
from tests.scripts import Scripts

TRIALS = int(os.environ.get("POLYAXON_TEST_TRIALS", "2"))
COUNT = Struct("@Q")

TRAINER = """
import mmap, struct
from pathlib import Path
from polyaxon_sdk import tracking

tracking.init()
Path(tracking.get_outputs_path("weights.bin")).write_bytes(b"w" * 100_000)
with open({count!r}, "r+b") as file:
    memory = mmap.mmap(file.fileno(), 8)
count = struct.Struct("@Q").pack_into
log_metric = tracking.log_metric
number = 0
while True:
    log_metric("loss", float(number), number)
    number += 1
    count(memory, 0, number)
"""


@pytest.fixture
def counter(tmp_path: Path) -> Path:
    """A file in which the trainer counts the calls that returned, by memory that outlives it."""
    path = tmp_path / "count"
    path.write_bytes(bytes(COUNT.size))
    return path


def returned(counter: Path) -> int:
    """How many calls have returned."""
    with counter.open("rb") as file, mmap(file.fileno(), COUNT.size, access=ACCESS_READ) as memory:
        number: int = COUNT.unpack(memory[:])[0]
    return number


@pytest.mark.parametrize("trial", range(TRIALS))
def test_a_trainer_that_is_killed_at_full_speed_loses_nothing(
    scripts: Scripts, counter: Path, tmp_path: Path, trial: int
) -> None:
    store = tmp_path / "store"
    store.mkdir()
    trainer = scripts.start(TRAINER.format(count=str(counter)), POLYAXON_ARTIFACTS_STORE=store.as_uri())
    eventually(lambda: returned(counter) > 0)
    time.sleep(random.Random(trial).uniform(0.0, 0.4))  # what is tried is the moment
    trainer.kill()
    trainer.communicate()
    count, state = returned(counter), scripts.finished()
    points = read_series(scripts.the_run())["loss"]
    assert [point.step for point in points] == list(range(len(points)))
    assert all(point.value == point.step for point in points)
    assert len(points) - count in {0, 1}  # one more where the kill came between call and count
    assert state.status == "failed"
    shipped = store / state.uuid
    assert len(read(shipped / "events/metric/loss.plx", "metric")) == len(points)
    assert (shipped / "outputs/weights.bin").read_bytes() == b"w" * 100_000
