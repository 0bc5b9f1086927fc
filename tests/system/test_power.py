"""Losses of power: what was synced is there afterwards, whatever the disk did with the rest."""

import os
from collections.abc import Iterator
from itertools import count, islice, takewhile
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from polyaxon_sdk.runs.drained import read_drained
from polyaxon_sdk.runs.events import read
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.owed import owed_in
from polyaxon_sdk.runs.series import read_series
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.runs.sync import sync_tree
from polyaxon_sdk.runs.unrecorded import record_told
from polyaxon_sdk.sidecar.launch import launch
from polyaxon_sdk.sidecar.syncing import sync_logged
from polyaxon_sdk.tracking.place import Recorded
from polyaxon_sdk.tracking.run import Run
from tests.disks.faulty import FaultyDisk, faulty_disk
from tests.processes import killed_behind
from tests.sidecar.draining import Logger, drain
from tests.tracking.logged import read_pixels

TRIALS = int(os.environ.get("POLYAXON_TEST_TRIALS", "2"))
POINTS = 500
"""How many are synced, and how many are not."""
STEPS = 6
SIZE = 300_000
"""Bytes of each file that is logged."""
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
    sync_logged(folder, {})
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
    sync_logged(folder, {})
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


def log_steps(run: Run, steps: range, place: Path) -> None:
    """Log something of every kind at each step; what is in it tells the step."""
    for step in steps:
        (source := place / f"net-{step}").write_bytes(bytes([step]) * SIZE)
        run.log_metric("loss", float(step), step)
        run.log_text("note", f"text {step}", step=step)
        run.log_image(np.full((3, 8, 8), step, np.uint8), "img", step=step)
        run.log_artifact(source, "net", kind="model", step=step)
        run.log_artifact(source)
        run.log_inputs(**cast("dict[str, Any]", {f"input-{step}": step}))
        run.log_outputs(**cast("dict[str, Any]", {f"output-{step}": step}))
        run.log_status("warning", message=str(step))


def synced(folder: RunFolder) -> RunFolder:
    """The same run, with all of it on the disk itself, as a sidecar has it every two seconds."""
    for owed in owed_in(read_run(folder)):
        sync_tree(folder.inside(owed.path))
    sync_logged(folder, {})
    return folder


def values_of(folder: RunFolder, kind: str, name: str) -> dict[int | None, Any]:
    """The drained values of a series by step."""
    return {event.step: event.value for event in read(folder.events / kind / f"{name}.plx", kind)}


@pytest.mark.parametrize("mapped", [True, False], ids=["mapped", "written"])
@pytest.mark.parametrize("seed", range(4 * TRIALS))
def test_of_every_kind_what_was_synced_is_there_and_whole(
    disk: FaultyDisk, tmp_path: Path, seed: int, mapped: bool
) -> None:
    folder = RunFolder(disk.path / "runs" / new_uuid()).create()

    def work() -> None:
        run = Run(Recorded(folder, patience=60.0, mapped=mapped))
        log_steps(run, range(STEPS), tmp_path)
        synced(folder)
        log_steps(run, range(STEPS, 2 * STEPS), tmp_path)

    killed_behind(work)
    survived = after_power(disk, folder, tmp_path / "survived", seed)
    record_told(survived)
    drain(survived)
    state, texts = read_run(survived), values_of(survived, "text", "note")
    images, files = values_of(survived, "image", "img"), values_of(survived, "model", "net")
    for step in range(STEPS):
        assert set(read_pixels(survived.path / images[step]["path"]).ravel().tolist()) == {step}
        assert (survived.path / files[step]["path"]).read_bytes() == bytes([step]) * SIZE
        assert (survived.outputs / f"net-{step}").read_bytes() == bytes([step]) * SIZE
        assert ("net-" + str(step), "file") in state.artifacts
        assert (state.inputs[f"input-{step}"], state.outputs[f"output-{step}"]) == (step, step)
    assert list(texts.items()) == [(step, f"text {step}") for step in texts]
    assert set(texts) >= set(range(STEPS))
    assert all(name.endswith(f"-{value}") for name, value in state.inputs.items())
    told = [int(each.message) for each in state.conditions]
    assert (told[:STEPS], told) == ([*range(STEPS)], sorted(set(told)))


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
