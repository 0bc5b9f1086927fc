"""Losses of power: what was synced is there afterwards, whatever the disk did with the rest."""

import os
from collections.abc import Iterator
from itertools import count, islice, takewhile
from pathlib import Path

import pytest

from polyaxon_sdk.runs.drained import read_drained
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.series import read_series
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.sidecar.launch import launch
from polyaxon_sdk.sidecar.syncing import sync_logged
from polyaxon_sdk.tracking.place import Recorded
from polyaxon_sdk.tracking.run import Run
from tests.disks.faulty import FaultyDisk, faulty_disk
from tests.sidecar.draining import Logger, drain

TRIALS = int(os.environ.get("POLYAXON_TEST_TRIALS", "2"))
POINTS = 500
"""How many are synced, and how many are not."""
MOST = 40
"""How many losses are looked at while one sidecar works."""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[FaultyDisk]:
    """A disk whose power fails when a test wants it to."""
    with faulty_disk(tmp_path / "powered") as disk:
        yield disk


def logged(disk: FaultyDisk, *, mapped: bool) -> tuple[RunFolder, Logger]:
    """A run with points that are synced."""
    folder = RunFolder(disk.path / "runs" / new_uuid()).create()
    logger = Logger(folder, mapped=mapped)
    for _ in range(POINTS):
        logger.log("loss")
    sync_logged(folder)
    return folder, logger


def ended(disk: FaultyDisk) -> RunFolder:
    """A run that ended, with points that are synced."""
    folder = RunFolder(disk.path / "runs" / new_uuid()).create()
    place = Recorded(folder)
    place.fact("created", track_code=False, track_env=False, collect_resources=False)
    run = Run(place)
    for step in range(POINTS):
        run.log_metric("loss", float(step), step)
    run.end()
    sync_logged(folder)
    return folder


def after_power(disk: FaultyDisk, folder: RunFolder, place: Path, seed: int) -> RunFolder:
    """The run as the disk has it when the power is back."""
    disk.lose_power(place, seed)
    return RunFolder(place / "runs" / folder.uuid)


@pytest.mark.parametrize("mapped", [True, False], ids=["mapped", "written"])
@pytest.mark.parametrize("seed", range(4 * TRIALS))
def test_no_point_that_was_synced_is_lost_and_none_is_invented(
    disk: FaultyDisk, tmp_path: Path, seed: int, mapped: bool
) -> None:
    folder, logger = logged(disk, mapped=mapped)
    for _ in range(POINTS):
        logger.log("loss")
    survived = after_power(disk, folder, tmp_path / "survived", seed)
    drain(survived)
    points = read_series(survived)["loss"]
    steps = [point.step or 0 for point in points]
    assert steps[:POINTS] == list(range(POINTS))
    assert steps == sorted(set(steps))
    assert all(point.value == point.step for point in points)


@pytest.mark.parametrize("seed", range(2 * TRIALS))
def test_a_sidecar_that_loses_its_power_is_followed_by_one_that_finishes(
    disk: FaultyDisk, tmp_path: Path, seed: int
) -> None:
    folder = ended(disk)
    launch(folder)
    working = islice(takewhile(lambda _: not read_drained(folder).is_finished, count(seed, 3)), MOST)
    found = [after_power(disk, folder, tmp_path / str(number), seed) for number in working]
    found.append(after_power(disk, folder, tmp_path / "last", seed))
    assert len(found) > 2
    for survived in found:
        drain(survived)
    steps = [[point.step for point in read_series(survived)["loss"]] for survived in found]
    assert steps == [list(range(POINTS))] * len(found)
    assert {read_run(survived).status for survived in found} == {"succeeded"}
