from pathlib import Path

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.journals import event_files, scalar_files
from polyaxon_sdk.runs.record import RecordWriter, read_facts
from polyaxon_sdk.runs.scalars import HEADER_SIZE, RECORD, SEGMENT_SIZE
from polyaxon_sdk.runs.series import read_series
from polyaxon_sdk.runs.spool import Relay, rescue, spool_of, sweep
from polyaxon_sdk.runs.state import read_run
from tests.processes import killed_behind
from tests.sidecar.draining import Logger, drain

POINTS = (SEGMENT_SIZE - HEADER_SIZE) // RECORD.size + 100
"""More than one file of a journal holds."""


@pytest.fixture
def spool(tmp_path: Path) -> RunFolder:
    """A spool on a disk of this machine."""
    spool = RunFolder(tmp_path / "spool" / "0")
    spool.journal.mkdir(parents=True)
    spool.record.mkdir()
    return spool


def values(folder: RunFolder) -> list[float]:
    """The values of the run's only series."""
    return [point.value for point in read_series(folder).get("loss", [])]


def logged(spool: RunFolder, points: int) -> Logger:
    """A living process that logged to a spool."""
    logger = Logger(spool, mapped=True)
    for _ in range(points):
        logger.log("loss")
    return logger


def test_a_run_on_a_local_disk_has_no_spool(folder: RunFolder, tmp_path: Path) -> None:
    assert spool_of(folder, [tmp_path / "spools"]) is None
    assert not (tmp_path / "spools").exists()


def test_what_is_copied_is_read_as_if_it_were_logged_there(spool: RunFolder, folder: RunFolder) -> None:
    logger = logged(spool, 10)
    relay = Relay(spool, folder, logger.writer.name)
    assert [relay.step(), relay.step()] == [True, False]
    logger.log("loss")
    assert relay.step()
    assert values(folder) == logger.logged["loss"]


def test_a_full_file_is_taken_away_once_it_is_copied(spool: RunFolder, folder: RunFolder) -> None:
    logger = logged(spool, POINTS)
    Relay(spool, folder, logger.writer.name).step()
    assert (len(scalar_files(spool)), len(scalar_files(folder))) == (1, 2)
    assert values(folder) == logger.logged["loss"]


def test_a_line_that_is_half_written_is_copied_once_it_is_whole(spool: RunFolder, folder: RunFolder) -> None:
    logger = logged(spool, 1)
    (path,) = event_files(spool)
    whole = path.read_bytes()
    path.write_bytes(whole[:-5])
    relay = Relay(spool, folder, logger.writer.name)
    relay.step()
    (copy,) = event_files(folder)
    assert whole.startswith(copy.read_bytes() + b"\n")
    path.write_bytes(whole)
    relay.step()
    assert copy.read_bytes() == whole


def test_copying_anew_from_the_beginning_changes_nothing(spool: RunFolder, folder: RunFolder) -> None:
    logger = logged(spool, 10)
    Relay(spool, folder, logger.writer.name).step()
    drain(folder)
    Relay(spool, folder, logger.writer.name).step()
    drain(folder)
    assert values(folder) == logger.logged["loss"]


def test_what_a_killed_process_left_is_brought_into_the_run(spool: RunFolder, folder: RunFolder) -> None:
    killed_behind(lambda: logged(spool, POINTS))
    assert len(rescue(spool, folder)) == 1
    assert values(folder) == [float(number) for number in range(POINTS)]
    assert not rescue(spool, folder)
    assert not spool.path.exists()


def test_facts_of_a_killed_process_are_brought_into_the_run(spool: RunFolder, folder: RunFolder) -> None:
    killed_behind(lambda: RecordWriter(folder, spool=spool).append("tags", values=["a"]))
    assert read_facts(folder) == []
    (writer,) = rescue(spool, folder)
    assert [(fact.writer, fact.kind) for fact in read_facts(folder)] == [(writer, "writer"), (writer, "tags")]
    assert not spool.path.exists()


def test_facts_are_copied_without_the_points(spool: RunFolder, folder: RunFolder) -> None:
    logger, record = logged(spool, 1), RecordWriter(folder, spool=spool)
    record.restart(logger.writer)
    record.append("tags", values=["a"])
    relay = Relay(spool, folder, logger.writer.name)
    assert [relay.copy_facts(), relay.copy_facts()] == [True, False]
    assert (read_run(folder).tags, values(folder)) == (["a"], [])


def test_a_record_that_leaves_the_spool_goes_on_in_the_run(spool: RunFolder, folder: RunFolder) -> None:
    record = RecordWriter(folder, spool=spool)
    record.append("tags", values=["a"])
    Relay(spool, folder, record.writer.name).step()
    record.leave_spool()
    record.append("tags", values=["b"])
    assert read_run(folder).tags == ["a", "b"]


def test_a_spool_with_a_record_is_left_to_its_writer(spool: RunFolder, folder: RunFolder) -> None:
    RecordWriter(folder, spool=spool).append("tags", values=["a"])
    sweep(spool)
    assert spool.journal.is_dir()


def test_what_a_living_process_writes_is_left_to_it(spool: RunFolder, folder: RunFolder) -> None:
    logged(spool, 10)
    assert not rescue(spool, folder)
    assert values(folder) == []


def test_an_empty_spool_is_taken_away_and_no_other(tmp_path: Path, spool: RunFolder) -> None:
    (empty := RunFolder(tmp_path / "spool" / "1")).journal.mkdir(parents=True)
    logged(spool, 1)
    sweep(empty)
    sweep(spool)
    assert (empty.path.exists(), len(list(spool.journal.iterdir()))) == (False, 2)
