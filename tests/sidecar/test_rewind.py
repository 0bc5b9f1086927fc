"""Taking what a later attempt superseded out of the event files, and keeping it."""

from contextlib import suppress
from pathlib import Path
from typing import Literal

import pytest

from polyaxon_sdk.client.events import columns_of
from polyaxon_sdk.exceptions import LeaseLostError
from polyaxon_sdk.runs.drained import read_drained
from polyaxon_sdk.runs.events import parse
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.series import last_values, read_series
from polyaxon_sdk.runs.superseded import read_superseded
from polyaxon_sdk.sidecar import rewind
from polyaxon_sdk.sidecar.drain import Drain
from tests.sidecar.draining import HeldLease, Logger, drain


class LeaseLostAt(HeldLease):
    """A lease that is lost at the commit of this number."""

    def __init__(self, number: int) -> None:
        self._left = number

    def renew(self) -> None:
        """Held until then."""
        self._left -= 1
        if self._left <= 0:
            raise LeaseLostError("lost")


def log(folder: RunFolder, name: str, points: int) -> Logger:
    logger = Logger(folder)
    for _ in range(points):
        logger.log(name)
    return logger


def steps(folder: RunFolder) -> dict[str, list[int | None]]:
    return {name: [point.step for point in points] for name, points in read_series(folder).items()}


def superseded(folder: RunFolder, number: int) -> dict[str, list[int | None]]:
    return {
        series.name: [event.step for event in parse(series.read().decode(), series.kind)]
        for series in read_superseded(folder, number)
    }


def test_what_was_logged_from_a_step_on_is_taken_out_and_kept(folder: RunFolder) -> None:
    log(folder, "loss", 5)
    Drain(folder, HeldLease()).rewind([3])
    assert (steps(folder), superseded(folder, 1)) == ({"loss": [0, 1, 2]}, {"loss": [3, 4]})


def test_what_was_not_drained_yet_is_taken_out_too(folder: RunFolder) -> None:
    logger = log(folder, "loss", 2)
    drain(folder)
    logger.log("loss")
    logger.events.append("text", "note", "late", step=2, time=1.0)
    Drain(folder, HeldLease()).rewind([2])
    assert (steps(folder), superseded(folder, 1)) == ({"loss": [0, 1]}, {"loss": [2], "note": [2]})


def test_points_without_a_step_stay(folder: RunFolder) -> None:
    logger = log(folder, "loss", 1)
    logger.scalars.append(0, None, 1.0, 7.0)
    Drain(folder, HeldLease()).rewind([0])
    assert steps(folder) == {"loss": [None]}


def test_a_series_of_which_nothing_is_left_is_gone_until_it_is_logged_again(folder: RunFolder) -> None:
    log(folder, "loss", 2)
    draining = Drain(folder, HeldLease())
    draining.rewind([0])
    assert (steps(folder), last_values(folder), draining.series.summaries()) == ({}, {}, {})
    log(folder, "loss", 1)
    draining.step(gone=True)
    assert steps(folder) == {"loss": [0]}


def test_summaries_are_those_of_what_is_left(folder: RunFolder) -> None:
    log(folder, "loss", 5)
    draining = Drain(folder, HeldLease())
    draining.rewind([3])
    assert draining.series.summaries()["loss"]["max"] == 2.0


def test_each_attempt_keeps_what_it_superseded(folder: RunFolder) -> None:
    log(folder, "loss", 5)
    draining = Drain(folder, HeldLease())
    draining.rewind([3])
    log(folder, "loss", 2)
    draining.rewind([3, 1])
    assert steps(folder) == {"loss": [0, 0]}
    assert (superseded(folder, 1), superseded(folder, 2)) == ({"loss": [3, 4]}, {"loss": [1, 2, 1]})


def test_what_is_done_is_not_done_again(folder: RunFolder) -> None:
    log(folder, "loss", 5)
    Drain(folder, HeldLease()).rewind([3])
    log(folder, "loss", 5)
    assert not Drain(folder, HeldLease()).rewind([3])
    assert steps(folder) == {"loss": [0, 1, 2, 0, 1, 2, 3, 4]}


@pytest.mark.parametrize("commit", range(1, 5))
def test_whoever_comes_next_finishes_what_a_death_broke_off(folder: RunFolder, commit: int) -> None:
    log(folder, "loss", 5)
    with suppress(LeaseLostError):
        Drain(folder, LeaseLostAt(commit)).rewind([3])
    Drain(folder, HeldLease()).rewind([3])
    assert (steps(folder), superseded(folder, 1)) == ({"loss": [0, 1, 2]}, {"loss": [3, 4]})
    assert (read_drained(folder).rewinds, read_drained(folder).cut) == (1, {})
    assert not (folder.journal / "rewind-1").exists()


def test_a_death_between_two_files_is_finished_too(folder: RunFolder) -> None:
    logger = log(folder, "loss", 5)
    for _ in range(5):
        logger.log("accuracy")
    drain(folder)
    state = read_drained(folder)
    state.cut = rewind.prepare(folder, state, 3)
    state.write(folder)
    (folder.journal / "rewind-1/events/metric/loss.plx").replace(folder.events / "metric/loss.plx")
    Drain(folder, HeldLease()).rewind([3])
    assert steps(folder) == {"loss": [0, 1, 2], "accuracy": [0, 1, 2]}


@pytest.mark.parametrize("kind", ["metric", "text"])
def test_a_client_reads_what_an_attempt_superseded(
    folder: RunFolder, kind: Literal["metric", "text"]
) -> None:
    logger = log(folder, "loss", 3)
    for step in range(3):
        logger.events.append("text", "loss", "late", step=step, time=1.0)
    Drain(folder, HeldLease()).rewind([1])
    now, before = columns_of(folder, kind), columns_of(folder, kind, superseded=1)
    assert (now["loss"]["step"], before["loss"]["step"]) == ([0], [1, 2])


def test_nothing_was_superseded_by_an_attempt_that_there_was_not(folder: RunFolder) -> None:
    assert read_superseded(folder, 1) == []
    assert not Path(folder.path, "superseded").exists()
