"""Logging to a run through a spool of this host."""

import shutil
from pathlib import Path
from threading import Event

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.series import read_series
from polyaxon_sdk.runs.spool import Relay
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.tracking.run import Run
from polyaxon_sdk.tracking.spooled import Spooled
from tests.disks.tmpfs import mounted
from tests.polling import eventually

SECOND = 1.0
"""The patience of these calls: who has the processors meanwhile is not what they try."""


@pytest.fixture
def spool(tmp_path: Path) -> RunFolder:
    """A spool that is not there yet."""
    return RunFolder(tmp_path / "spool" / "0")


def test_facts_are_in_the_run_when_the_call_returns(spool: RunFolder, folder: RunFolder) -> None:
    run = Run(Spooled(folder, spool, patience=SECOND))
    run.log_outputs(loss=0.5)
    assert run.outputs == {"loss": 0.5}
    run.end()


def test_the_end_of_the_only_process_takes_the_spool_away(spool: RunFolder, folder: RunFolder) -> None:
    run = Run(Spooled(folder, spool))
    run.log_metric("loss", 0.5)
    run.log_text("note", "a")
    run.end()
    assert [point.value for point in read_series(folder)["loss"]] == [0.5]
    assert read_run(folder).status == "succeeded"
    assert not spool.path.exists()


def test_the_end_of_one_process_leaves_the_spool_to_the_others(spool: RunFolder, folder: RunFolder) -> None:
    first, second = Run(Spooled(folder, spool)), Run(Spooled(folder, spool))
    second.log_tags("a")
    first.end()
    assert spool.journal.is_dir()
    second.end()
    assert (spool.path.exists(), read_run(folder).problems) == (False, [])


def test_a_call_waits_for_a_server_that_takes_its_time_over_a_file(
    spool: RunFolder, folder: RunFolder
) -> None:
    def write() -> None:
        Event().wait(0.3)

    place = Spooled(folder, spool)
    assert place.keep("image", write)
    place.close()


def test_a_spool_that_was_taken_away_is_made_again(spool: RunFolder, folder: RunFolder) -> None:
    run = Run(Spooled(folder, spool, patience=SECOND))
    shutil.rmtree(spool.path)
    run.log_text("note", "a")
    run.log_outputs(loss=0.5)
    assert (run.outputs, read_run(folder).problems) == ({"loss": 0.5}, [])
    run.end()


def test_facts_that_the_run_did_not_take_follow_once_it_does(spool: RunFolder, folder: RunFolder) -> None:
    run = Run(Spooled(folder, spool))
    aside = folder.record.rename(folder.path / "aside")
    run.log_outputs(loss=0.5)
    aside.rename(folder.record)
    assert eventually(lambda: run.outputs == {"loss": 0.5}, 60)
    run.end()


def test_what_the_run_does_not_take_stays_in_the_spool(spool: RunFolder, folder: RunFolder) -> None:
    run = Run(place := Spooled(folder, spool))
    aside = folder.record.rename(folder.path / "aside")
    run.end()
    aside.rename(folder.record)
    Relay(spool, folder, next(spool.record.iterdir()).stem).step()
    assert (place.has_failed, read_run(folder).status) == (True, "succeeded")


def test_facts_go_to_the_run_at_the_end_where_the_spool_is_full(folder: RunFolder, tmp_path: Path) -> None:
    with mounted(tmp_path / "small", "size=1m") as disk:
        run = Run(Spooled(folder, RunFolder(disk / "0")))
        with pytest.raises(OSError, match="No space left"):
            (disk / "other").write_bytes(b"x" * (1 << 21))
        run.log_outputs(text="x" * 10_000)
        run.end()
    state = read_run(folder)
    assert (state.outputs, state.status) == ({"text": "x" * 10_000}, "succeeded")


def test_what_is_told_behind_the_end_is_in_the_run_with_all_before(
    spool: RunFolder, folder: RunFolder
) -> None:
    run = Run(place := Spooled(folder, spool, patience=SECOND))
    run.log_outputs(loss=0.5)
    run.end()
    place.trouble("what was printed last is not shown")
    state = read_run(folder)
    assert (state.problems, state.outputs) == (["what was printed last is not shown"], {"loss": 0.5})
    assert not spool.path.exists()
