"""Trainers and sidecars killed while images are logged: each image of before is there, once and whole."""

import os
import random
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from polyaxon_sdk.runs.events import read
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.snapshots import pending
from polyaxon_sdk.sidecar.launch import launch
from tests.polling import eventually
from tests.processes import sidecars_of
from tests.scripts import Scripts
from tests.tracking.logged import read_pixels

Trainer: TypeAlias = "subprocess.Popen[str]"
TRIALS = int(os.environ.get("POLYAXON_TEST_TRIALS", "2"))
TRAINER = """
import os, sys
import numpy as np
from polyaxon_sdk import tracking

tracking.init()
pixels = np.zeros((3, 96, 96), np.uint8)
for step in range(400):
    pixels[:] = step % 256
    tracking.log_image(pixels, "img", step=step)
    os.write(1, b".")
sys.stdin.read()
"""


def kill_trainer(trainer: Trainer, _folder: RunFolder) -> None:
    """Kill the script."""
    trainer.kill()


def kill_sidecar(_trainer: Trainer, folder: RunFolder) -> None:
    """Kill the sidecar of the script's run."""
    for pid in sidecars_of(str(folder.path)):
        os.kill(pid, 9)


@pytest.mark.parametrize("trial", range(TRIALS))
@pytest.mark.parametrize(
    "kills",
    [[kill_trainer], [kill_sidecar], [kill_trainer, kill_sidecar]],
    ids=["trainer", "sidecar", "both"],
)
def test_no_image_that_a_call_returned_from_is_lost_to_a_kill(
    scripts: Scripts, kills: list[Callable[[Trainer, RunFolder], None]], trial: int
) -> None:
    trainer = scripts.start(TRAINER)
    folder = eventually(lambda: _started(scripts.home))[0]
    time.sleep(random.Random(trial).uniform(0.2, 1.5))  # what is tried is the moment
    for kill in kills:
        kill(trainer, folder)
    returned = len(trainer.communicate()[0])
    launch(folder)
    scripts.finished()
    events = read(folder.events / "image" / "img.plx", "image")
    assert [event.step for event in events] == list(range(len(events)))
    assert len(events) - returned in {0, 1}  # one more where the kill came between call and count
    assert [_shade(folder, event.value) for event in events] == [step % 256 for step in range(len(events))]
    assert list(pending(folder)) == []


def _started(home: Path) -> list[RunFolder]:
    """The run, once an image of it is logged."""
    journals = home.glob("runs/*/journal/*.jsonl")
    return [RunFolder(path.parents[1]) for path in journals if b'"img"' in path.read_bytes()]


def _shade(folder: RunFolder, value: object) -> int:
    """The only shade in the image that an event tells of."""
    assert isinstance(value, dict)
    pixels = read_pixels(folder.path / str(value["path"]))
    assert pixels.shape == (96, 96, 3)
    (shade,) = set(pixels.ravel().tolist())
    return int(shade)
