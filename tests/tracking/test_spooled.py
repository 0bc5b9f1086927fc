"""Logging to a run through a spool of this host."""

import os
import shutil
from pathlib import Path
from threading import Event

import numpy as np
import pytest

from polyaxon_sdk.runs.events import read
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.series import read_series
from polyaxon_sdk.runs.snapshots import pending
from polyaxon_sdk.runs.spool import Relay, rescue
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.tracking.run import Run
from polyaxon_sdk.tracking.spooled import Spooled
from tests.disks.tmpfs import mounted
from tests.polling import eventually
from tests.sidecar.draining import drain
from tests.tracking.logged import read_pixels

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


def shown(folder: RunFolder) -> list[float]:
    """The shades of the images of a run, once all is drained."""
    drain(folder)
    events = read(folder.events / "image" / "img.plx", "image")
    paths = [event.value["path"] for event in events if isinstance(event.value, dict)]
    return [read_pixels(folder.path / str(path)).mean() for path in paths]


def test_media_wait_for_no_server(spool: RunFolder, folder: RunFolder) -> None:
    run = Run(Spooled(folder, spool, patience=SECOND))
    aside = folder.journal.rename(folder.path / "aside")
    for step in range(2):
        run.log_image(np.full((3, 2, 2), 7, np.uint8), "img", step=step)
    run.log_audio(np.zeros(8), "tone", sample_rate=8000)
    waiting = [path.name.partition("-")[0] for path in pending(spool)]
    aside.rename(folder.journal)
    run.end()
    assert waiting == ["image__img_0", "image__img_1", "audio__tone"]
    assert (shown(folder), len(list(folder.path.glob("assets/audio/tone*.wav")))) == ([7.0, 7.0], 1)
    assert not spool.path.exists()


def test_an_image_of_a_killed_process_is_brought_into_the_run(spool: RunFolder, folder: RunFolder) -> None:
    aside = folder.journal.rename(folder.path / "aside")
    if (pid := os.fork()) == 0:
        Run(Spooled(folder, spool, patience=60.0)).log_image(np.full((3, 2, 2), 7, np.uint8), "img")
        os.kill(os.getpid(), 9)
    os.waitpid(pid, 0)
    (spool.journal / "of a call that did not return.snapshot").touch()
    aside.rename(folder.journal)
    rescue(spool, folder)
    assert (shown(folder), spool.path.exists()) == ([7.0], False)


def test_media_go_to_the_run_where_the_spool_is_full(folder: RunFolder, tmp_path: Path) -> None:
    with mounted(tmp_path / "small", "size=1m") as disk:
        run = Run(Spooled(folder, RunFolder(disk / "0"), patience=SECOND))
        run.log_image(np.full((3, 1000, 1000), 7, np.uint8), "img")
        run.end()
    assert shown(folder) == [7.0]


def test_a_spool_that_was_taken_away_is_made_again(spool: RunFolder, folder: RunFolder) -> None:
    run = Run(Spooled(folder, spool, patience=SECOND))
    shutil.rmtree(spool.path)
    run.log_text("note", "a")
    run.log_outputs(loss=0.5)
    assert eventually(lambda: run.outputs == {"loss": 0.5}, 60)
    assert read_run(folder).problems == []
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
