import os
from collections.abc import Iterator
from itertools import count
from math import inf, nan
from pathlib import Path
from signal import ITIMER_VIRTUAL, SIGVTALRM, setitimer, signal
from struct import error as StructError
from tempfile import TemporaryDirectory
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.journal import BACKLOG, ScalarJournal, void
from polyaxon_sdk.runs.journals import scalar_files
from polyaxon_sdk.runs.scalars import HEADER_SIZE, NO_STEP, RECORD, SEGMENT_SIZE, read_header
from polyaxon_sdk.runs.slots import Scalar, read_batch
from polyaxon_sdk.runs.writer import this_process

SLOTS = (SEGMENT_SIZE - HEADER_SIZE) // RECORD.size
STEPS = st.none() | st.integers(NO_STEP + 1, 2**63 - 1)
VALUES = st.floats(allow_nan=False) | st.sampled_from([inf, -inf, -0.0])
TIMES = st.floats(allow_nan=False).filter(bool)
POINTS = st.lists(st.builds(Scalar, st.integers(0, 2**63), STEPS, TIMES, VALUES), max_size=40)


def refuse(error: OSError) -> None:
    raise AssertionError from error


def open_journal(folder: RunFolder, *, mapped: bool) -> ScalarJournal:
    return ScalarJournal(folder, this_process(), on_trouble=refuse, mapped=mapped)


def read_all(folder: RunFolder) -> list[Scalar]:
    """Every point of every file of the run, as one patient reading finds it."""
    return [
        scalar
        for path in scalar_files(folder)
        for scalar in read_batch(path, HEADER_SIZE, patient=True).scalars
    ]


def journal_points(journal: ScalarJournal, points: list[Scalar]) -> None:
    for series, step, time, value in points:
        journal.append(series, step, time, value)


@pytest.fixture(params=[True, False], ids=["mapped", "written"])
def journal(folder: RunFolder, request: pytest.FixtureRequest) -> Iterator[ScalarJournal]:
    """A journal in each of its two modes."""
    journal = open_journal(folder, mapped=request.param)
    yield journal
    journal.close()


@pytest.mark.parametrize("mapped", [True, False])
@given(POINTS)
@settings(max_examples=30)
def test_what_is_appended_reads_back(mapped: bool, points: list[Scalar]) -> None:
    with TemporaryDirectory() as path:
        folder = RunFolder(path).create()
        journal_points(open_journal(folder, mapped=mapped), points)
        assert read_all(folder) == points


@given(POINTS.filter(len))
@settings(max_examples=20)
def test_both_modes_give_a_reader_the_same_bytes(points: list[Scalar]) -> None:
    with TemporaryDirectory() as path:
        folder, writer = RunFolder(path).create(), this_process()
        for number, mapped in enumerate([True, False]):
            named = writer._replace(token=str(number))
            journal_points(ScalarJournal(folder, named, on_trouble=refuse, mapped=mapped), points)
        mapped_bytes, written_bytes = (path.read_bytes()[HEADER_SIZE:] for path in scalar_files(folder))
        assert mapped_bytes.rstrip(b"\0") == written_bytes.rstrip(b"\0")


@pytest.mark.system
def test_the_highest_step_is_that_of_points_with_one(journal: ScalarJournal) -> None:
    journal_points(journal, [Scalar(0, None, 1.0, 0.5)])
    assert journal.highest_step() is None
    journal_points(journal, [Scalar(0, 7, 1.0, 0.5), Scalar(0, 3, 1.0, 0.5), Scalar(0, None, 1.0, 0.5)])
    assert journal.highest_step() == 7


def test_points_go_on_in_the_next_file_when_one_is_full(journal: ScalarJournal, folder: RunFolder) -> None:
    for number in range(2 * SLOTS + 5):
        journal.append(0, number, 1.0, 0.5)
    assert [scalar.step for scalar in read_all(folder)] == list(range(2 * SLOTS + 5))
    assert len(scalar_files(folder)) == 3


def test_a_file_begins_with_its_writer(folder: RunFolder) -> None:
    writer = this_process()
    ScalarJournal(folder, writer, on_trouble=refuse).append(0, 1, 1.0, 0.5)
    assert [read_header(path) for path in scalar_files(folder)] == [writer]


@pytest.mark.parametrize("data", [b"", b"\0" * SEGMENT_SIZE, b"PLXJ0001", b"PLXJ0001\xff\0\0\0" + b"{" * 600])
def test_a_header_that_is_torn_or_damaged_names_nobody(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "torn.plxj").write_bytes(data)
    assert read_header(tmp_path / "torn.plxj") is None


def test_a_mapped_file_is_allocated_before_it_is_used(folder: RunFolder) -> None:
    open_journal(folder, mapped=True).append(0, 1, 1.0, 0.5)
    (path,) = scalar_files(folder)
    assert path.stat().st_blocks * 512 >= SEGMENT_SIZE


@pytest.mark.system
def test_many_threads_lose_nothing_and_double_nothing(journal: ScalarJournal, folder: RunFolder) -> None:
    count = 10_000

    def log(series: int) -> None:
        for step in range(count):
            journal.append(series, step, 1.0, 0.5)

    threads = [Thread(target=log, args=(series,)) for series in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    expected = [(series, step) for series in range(6) for step in range(count)]
    assert sorted((scalar.series, scalar.step or 0) for scalar in read_all(folder)) == expected


def test_a_forked_child_never_writes_to_its_parents_file(journal: ScalarJournal, folder: RunFolder) -> None:
    journal.append(0, 1, 1.0, 0.5)
    if (pid := os.fork()) == 0:
        journal.restart(this_process())
        journal.append(0, 2, 1.0, 0.5)
        os._exit(0)
    os.waitpid(pid, 0)
    journal.append(0, 3, 1.0, 0.5)
    steps = sorted(
        [scalar.step for scalar in read_batch(path, HEADER_SIZE, patient=True).scalars]
        for path in scalar_files(folder)
    )
    assert steps == [[1, 3], [2]]


@pytest.mark.parametrize(
    ("step", "time", "value"), [(1, 1.0, "high"), (1.5, 1.0, 0.5), (2**63, 1.0, 0.5), (1, "now", 0.5)]
)
def test_what_is_no_number_is_refused_and_leaves_nothing(
    journal: ScalarJournal, folder: RunFolder, step: int, time: float, value: float
) -> None:
    with pytest.raises((TypeError, StructError), match=r"float|integer|argument|int|format"):
        journal.append(0, step, time, value)
    assert read_all(folder) == []


@pytest.mark.parametrize("time", [0.0, -0.0])
def test_the_time_zero_is_a_time_like_any_other(
    journal: ScalarJournal, folder: RunFolder, time: float
) -> None:
    journal.append(0, 1, time, 0.5)
    (scalar,) = read_all(folder)
    assert scalar.time == pytest.approx(0.0)


def test_nan_is_kept(journal: ScalarJournal, folder: RunFolder) -> None:
    journal.append(0, 1, nan, nan)
    assert repr(read_all(folder)[0]) == "Scalar(series=0, step=1, time=nan, value=nan)"


def test_a_void_slot_is_no_point_and_no_hole(folder: RunFolder) -> None:
    journal = open_journal(folder, mapped=True)
    journal.append(0, 1, 1.0, 0.5)
    free, memory, _ = journal.room
    void(memory, next(free))
    journal.append(0, 2, 1.0, 0.5)
    (path,) = scalar_files(folder)
    batch = read_batch(path, HEADER_SIZE, patient=True)
    assert [scalar.step for scalar in batch.scalars] == [1, 2]
    assert batch.position == HEADER_SIZE + 3 * RECORD.size


def test_a_patient_reader_waits_at_a_hole_and_another_passes_it(folder: RunFolder) -> None:
    journal = open_journal(folder, mapped=True)
    journal.append(0, 1, 1.0, 0.5)
    hole = next(journal.room[0])
    journal.append(0, 3, 1.0, 0.5)
    (path,) = scalar_files(folder)
    waiting, passing = (read_batch(path, HEADER_SIZE, patient=patient) for patient in (True, False))
    assert [scalar.step for scalar in waiting.scalars] == [1]
    assert ([scalar.step for scalar in passing.scalars], passing.holes) == ([1, 3], [hole])


def test_slots_that_were_never_taken_are_no_holes(folder: RunFolder) -> None:
    journal = open_journal(folder, mapped=True)
    journal.append(0, 1, 1.0, 0.5)
    next(journal.room[0])
    (path,) = scalar_files(folder)
    batch = read_batch(path, HEADER_SIZE, patient=False)
    assert (batch.position, batch.holes) == (HEADER_SIZE + RECORD.size, [])


def test_points_wait_in_memory_while_the_disk_is_full(roomy_disk: Path) -> None:
    folder, told = RunFolder(roomy_disk / "runs" / "0f").create(), list[OSError]()
    (roomy_disk / "ballast").write_bytes(b"x" * (15 << 19))
    journal = ScalarJournal(folder, this_process(), on_trouble=told.append, mapped=True)
    journal.append(0, 1, 1.0, 0.5)
    journal.append(0, 2, 1.0, 0.5)
    (roomy_disk / "ballast").unlink()
    journal.close()
    assert [scalar.step for scalar in read_all(folder)] == [1, 2]
    assert (len(told), journal.dropped) == (1, 0)


def test_a_disk_that_stays_full_costs_the_oldest_points(roomy_disk: Path) -> None:
    folder = RunFolder(roomy_disk / "runs" / "0f").create()
    (roomy_disk / "ballast").write_bytes(b"x" * (15 << 19))
    journal = ScalarJournal(folder, this_process(), on_trouble=lambda error: None, mapped=True)
    for step in range(BACKLOG + 3):
        journal.append(0, step, 1.0, 0.5)
    (roomy_disk / "ballast").unlink()
    journal.close()
    assert [scalar.step for scalar in read_all(folder)] == list(range(3, BACKLOG + 3))
    assert journal.dropped == 3


def test_what_a_full_disk_costs_is_counted(small_disk: Path) -> None:
    folder, told = RunFolder(small_disk / "runs" / "0f").create(), list[OSError]()
    (small_disk / "ballast").write_bytes(b"x")
    journal = ScalarJournal(folder, this_process(), on_trouble=told.append, mapped=True)
    for step in range(3):
        journal.append(0, step, 1.0, 0.5)
    journal.close()
    assert (journal.dropped, scalar_files(folder)) == (3, [])


@pytest.mark.system
def test_a_signals_handler_may_append_in_the_middle_of_an_append(
    journal: ScalarJournal, folder: RunFolder
) -> None:
    handled = count()
    before = signal(SIGVTALRM, lambda *_: journal.append(1, next(handled), 1.0, 0.5))
    setitimer(ITIMER_VIRTUAL, 0.001, 0.001)
    for step in range(2 * SLOTS):
        journal.append(0, step, 1.0, 0.5)
    setitimer(ITIMER_VIRTUAL, 0)
    signal(SIGVTALRM, before)
    journal.close()
    expected = [(0, step) for step in range(2 * SLOTS)] + [(1, step) for step in range(next(handled))]
    assert sorted((scalar.series, scalar.step or 0) for scalar in read_all(folder)) == expected
