import json
from os import statvfs
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polyaxon_sdk.runs.drained import read_drained
from polyaxon_sdk.runs.eventlines import EventJournal
from polyaxon_sdk.runs.events import read
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.journals import scalar_files
from polyaxon_sdk.runs.logs import read_logs
from polyaxon_sdk.runs.scalars import HEADER_SIZE, RECORD, SEGMENT_SIZE
from polyaxon_sdk.runs.series import read_series
from polyaxon_sdk.runs.writer import this_process
from polyaxon_sdk.sidecar.drain import Drain
from tests.sidecar.draining import HeldLease, Logger, act, crash, drain, drained_values

SLOTS = (SEGMENT_SIZE - HEADER_SIZE) // RECORD.size
ACTIONS = st.lists(st.sampled_from(["a", "b", "c/d", "drain", "step", "crash"]), max_size=25)


@given(ACTIONS, st.booleans())
@settings(max_examples=60, deadline=None)
def test_each_point_is_drained_once_and_in_order_whatever_crashes(actions: list[str], mapped: bool) -> None:
    with TemporaryDirectory() as path:
        folder = RunFolder(path).create()
        logger = Logger(folder, mapped=mapped)
        for action in actions:
            act(folder, logger, action)
        drain(folder)
        assert drained_values(folder, logger.logged) == logger.logged


@given(ACTIONS)
@settings(max_examples=30, deadline=None)
def test_a_reader_sees_each_point_once_at_any_time(actions: list[str]) -> None:
    with TemporaryDirectory() as path:
        folder = RunFolder(path).create()
        logger = Logger(folder)
        for action in actions:
            act(folder, logger, action)
            seen = {name: [point.value for point in points] for name, points in read_series(folder).items()}
            assert seen == logger.logged


@pytest.mark.parametrize("pages", range(1, 12))
def test_a_disk_that_gets_full_at_any_write_neither_loses_nor_doubles(roomy_disk: Path, pages: int) -> None:
    folder = RunFolder(roomy_disk / "runs" / "0f").create()
    logger = with_points(folder)
    free = fill(roomy_disk, pages)
    draining = Drain(folder, HeldLease())
    with pytest.raises(OSError, match="No space left"):
        [draining.step(gone=False) for _ in range(2)]
    free.unlink()
    draining.step(gone=True)
    assert drained_values(folder, logger.logged) == logger.logged


@pytest.mark.parametrize("pages", range(1, 12))
def test_another_holder_finishes_what_a_full_disk_broke_off(roomy_disk: Path, pages: int) -> None:
    folder = RunFolder(roomy_disk / "runs" / "0f").create()
    logger = with_points(folder)
    free = fill(roomy_disk, pages)
    with pytest.raises(OSError, match="No space left"):
        Drain(folder, HeldLease()).step(gone=False)
    free.unlink()
    drain(folder)
    assert drained_values(folder, logger.logged) == logger.logged


def with_points(folder: RunFolder) -> Logger:
    """A process that logged more than a few pages."""
    logger = Logger(folder)
    for name in ("a", "b", "c") * 400:
        logger.log(name)
    return logger


def fill(disk: Path, pages: int) -> Path:
    """Fill a disk but for some pages; the file to take away again."""
    ballast = disk / "ballast"
    ballast.write_bytes(b"x" * 4096 * (statvfs(disk).f_bavail - pages))
    return ballast


def test_rows_that_a_full_disk_held_back_are_written_before_the_journals_go(roomy_disk: Path) -> None:
    folder = RunFolder(roomy_disk / "runs" / "0f").create()
    logger = Logger(folder)
    logger.log("a")
    free, draining = fill(roomy_disk, 0), Drain(folder, HeldLease())
    with pytest.raises(OSError, match="No space left"):
        draining.step(gone=True)
    with pytest.raises(OSError, match="No space left"):
        draining.finish(draining.journals())
    assert draining.journals() != []
    free.unlink()
    assert draining.step(gone=True)
    assert drained_values(folder, logger.logged) == logger.logged


def test_what_is_behind_the_committed_length_is_cut_off(folder: RunFolder) -> None:
    logger = Logger(folder)
    logger.log("a")
    drain(folder)
    with (folder.events / "metric" / "a.plx").open("ab") as file:
        file.write(b"\n7|2024-01-01 00:0")
    Drain(folder, HeldLease())
    assert [event.step for event in read(folder.events / "metric" / "a.plx", "metric")] == [0]


def test_files_that_were_never_committed_are_taken_away(folder: RunFolder) -> None:
    Logger(folder).log("a")
    crash(folder)
    assert list(folder.events.rglob("*.plx")) != []
    Drain(folder, HeldLease())
    assert list(folder.events.rglob("*.plx")) == []


def test_a_state_that_cannot_be_read_takes_nothing_away(folder: RunFolder) -> None:
    Logger(folder).log("a")
    drain(folder)
    folder.drained.write_bytes(b"{")
    with pytest.raises(OSError, match="damaged"):
        Drain(folder, HeldLease())
    assert len(list(folder.events.rglob("*.plx"))) == 1


def test_a_full_file_is_taken_away_when_it_is_drained(folder: RunFolder) -> None:
    logger = Logger(folder, mapped=True)
    for _ in range(SLOTS + 1):
        logger.log("a")
    draining = drain(folder)
    assert [path.suffixes for path in draining.journals() if path.suffix == ".plxj"] == [[".1", ".plxj"]]
    assert drained_values(folder, ["a"]) == logger.logged


def test_a_hole_is_waited_for_then_passed_then_drained_when_it_is_written(folder: RunFolder) -> None:
    logger = Logger(folder, mapped=True)
    logger.log("a")
    free, memory, _ = logger.scalars.room
    hole = next(free)
    logger.log("a")
    draining, seen = Drain(folder, HeldLease()), []
    for _ in range(2):
        draining.step(gone=False)
        seen.append(drained_values(folder, ["a"])["a"])
    RECORD.pack_into(memory, hole, 0, 7, 7.0, 1.0)
    draining.step(gone=False)
    assert [*seen, drained_values(folder, ["a"])["a"]] == [[0.0], [0.0, 1.0], [0.0, 1.0, 7.0]]


def test_a_full_file_with_a_hole_stays_until_it_is_written(folder: RunFolder) -> None:
    logger = Logger(folder, mapped=True)
    logger.log("a")
    free, memory, _ = logger.scalars.room
    hole = next(free)
    for _ in range(SLOTS):
        logger.log("a")
    draining, left = Drain(folder, HeldLease()), []
    for _ in range(2):
        while draining.step(gone=False):
            pass
    left.append(len(scalar_files(folder)))
    RECORD.pack_into(memory, hole, 0, 7, 7.0, 1.0)
    draining.step(gone=False)
    left.append(len(scalar_files(folder)))
    assert left == [2, 1]


def test_what_follows_a_hole_in_the_next_file_waits_too(folder: RunFolder) -> None:
    logger = Logger(folder, mapped=True)
    logger.log("a")
    next(logger.scalars.room[0])
    for _ in range(SLOTS):
        logger.log("a")
    draining, seen = Drain(folder, HeldLease()), []
    for _ in range(3):
        draining.step(gone=False)
        seen.append(drained_values(folder, ["a"])["a"])
    assert [len(values) for values in seen] == [1, SLOTS + 1, SLOTS + 1]
    assert seen[-1] == logger.logged["a"]


def test_the_next_holder_looks_at_holes_again(folder: RunFolder) -> None:
    logger = Logger(folder, mapped=True)
    logger.log("a")
    free, memory, _ = logger.scalars.room
    hole = next(free)
    logger.log("a")
    drain(folder)
    RECORD.pack_into(memory, hole, 0, 7, 7.0, 1.0)
    drain(folder)
    assert drained_values(folder, ["a"]) == {"a": [0.0, 1.0, 7.0]}


def test_a_series_of_two_writers_is_one_file(folder: RunFolder) -> None:
    for _ in "ab":
        Logger(folder).log("loss")
    drain(folder)
    assert drained_values(folder, ["loss"]) == {"loss": [0.0, 0.0]}


def test_events_of_other_kinds_go_to_files_of_their_kind(folder: RunFolder) -> None:
    events = Logger(folder).events
    events.append("text", "notes", "a|b\nc", step=3, time=1.0)
    events.append("image", "cat", {"path": "assets/image/cat_3.png"}, step=None, time=1.0)
    drain(folder)
    assert [event.value for event in read(folder.events / "text" / "notes.plx", "text")] == ["a|b\nc"]
    assert [event.step for event in read(folder.events / "image" / "cat.plx", "image")] == [None]


def test_console_output_becomes_log_records(folder: RunFolder) -> None:
    (folder.journal / "main.out").write_bytes("erste\nzweite 你好\nunfinished".encode())
    draining = Drain(folder, HeldLease())
    draining.step(gone=False)
    records = [json.loads(line) for line in (folder.logs / "main.jsonl").read_text().split("\n") if line]
    assert [record["value"] for record in records] == ["erste", "zweite 你好"]
    assert list(records[0]) == ["timestamp", "node", "pod", "container", "value"]
    assert [line.text for line in read_logs(folder)] == ["erste", "zweite 你好", "unfinished"]


def test_an_unfinished_line_is_a_line_once_nobody_writes(folder: RunFolder) -> None:
    (folder.journal / "main.out").write_bytes(b"last words")
    drain(folder)
    assert [(line.replica, line.text) for line in read_logs(folder, "main")] == [("main", "last words")]


def test_finishing_takes_the_journals_away_and_says_so(folder: RunFolder) -> None:
    logger = Logger(folder)
    logger.log("a")
    draining = drain(folder)
    draining.finish(draining.journals())
    assert (read_drained(folder).is_finished, draining.journals()) == (True, [])
    assert read_series(folder)["a"][0].value == 0.0


def test_what_was_printed_while_a_run_was_finished_is_kept(folder: RunFolder) -> None:
    draining = drain(folder)
    journals = draining.journals()
    (folder.journal / "rank-1.out").write_bytes(b"late\n")
    draining.finish(journals)
    drain(folder)
    assert [(line.replica, line.text) for line in read_logs(folder, "rank-1")] == [("rank-1", "late")]


def test_a_run_that_goes_on_is_not_finished_any_more(folder: RunFolder) -> None:
    draining = drain(folder)
    draining.finish([])
    Logger(folder).log("a")
    drain(folder)
    assert not read_drained(folder).is_finished


def test_a_sample_is_a_series_of_the_machine(folder: RunFolder) -> None:
    Drain(folder, HeldLease()).sample({"cpu": 12.5})
    (event,) = read(folder.path / "resources" / "metric" / "cpu.plx", "metric")
    assert (event.step, event.value) == (None, 12.5)


def test_an_event_of_an_odd_kind_stands_in_nobodys_way(folder: RunFolder) -> None:
    events = EventJournal(folder, this_process())
    events.append("\udcff", "a", {"path": "b"}, step=1, time=1.0)
    events.append("text", "notes", "kept", step=1, time=1.0)
    drain(folder)
    assert [event.value for event in read(folder.events / "text/notes.plx", "text")] == ["kept"]
