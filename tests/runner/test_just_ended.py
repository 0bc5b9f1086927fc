from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from time import monotonic

import pytest

from polyaxon_sdk.runner.just_ended import await_summaries
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.lease import Lease, take_lease
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import RecordWriter

MOMENT = 0.3
"""Seconds in which who doesn't wait is done."""

Begin = Callable[..., RecordWriter]


@pytest.fixture
def begin(tmp_path: Path) -> Iterator[Begin]:
    """Begin a run with these statuses, with this process as its sidecar; what writes its record."""
    leases: list[Lease | None] = []

    def begun(*statuses: str, is_looked_after: bool = True) -> RecordWriter:
        folder = RunFolder(tmp_path / "runs" / new_uuid()).create()
        writer = RecordWriter(folder)
        writer.append("created", name="train")
        for each in statuses:
            writer.append("status", status=each)
        if is_looked_after:
            leases.append(take_lease(folder))
        return writer

    yield begun
    for lease in leases:
        assert lease is not None
        lease.release()


def seconds(home: Path, patience: float = 60.0) -> float:
    """How long one waits."""
    began = monotonic()
    await_summaries(home, patience=patience)
    return monotonic() - began


def test_what_a_run_logged_that_has_just_ended_is_waited_for(tmp_path: Path, begin: Begin) -> None:
    writer = begin("running", "succeeded")
    waiting = Thread(target=await_summaries, args=(tmp_path,), kwargs={"patience": 60.0})
    waiting.start()
    waiting.join(MOMENT)
    assert waiting.is_alive()
    writer.append("series", summaries={"loss": {"name": "loss", "last": 0.5}})
    waiting.join(30)
    assert not waiting.is_alive()


def test_a_sidecar_that_tells_nothing_is_not_waited_for_longer_than_that(
    tmp_path: Path, begin: Begin
) -> None:
    begin("running", "failed")
    assert MOMENT <= seconds(tmp_path, patience=MOMENT) < 30


@pytest.mark.parametrize("statuses", [(), ("running",), ("running", "failed", "resuming")])
def test_a_run_that_goes_on_is_not_waited_for(
    tmp_path: Path, begin: Begin, statuses: tuple[str, ...]
) -> None:
    begin(*statuses)
    assert seconds(tmp_path) < 30


def test_a_run_without_a_sidecar_is_not_waited_for(tmp_path: Path, begin: Begin) -> None:
    begin("running", "succeeded", is_looked_after=False)
    assert seconds(tmp_path) < 30


def test_a_home_without_runs_is_not_waited_for(tmp_path: Path) -> None:
    assert seconds(tmp_path) < 30
