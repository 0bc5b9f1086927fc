"""Lines that are in mapped memory once they are taken."""

import os
from collections.abc import Iterator
from contextlib import suppress
from mmap import PAGESIZE
from pathlib import Path
from resource import RLIM_INFINITY, RLIMIT_AS, setrlimit
from signal import ITIMER_VIRTUAL, SIGVTALRM, setitimer, signal
from threading import Thread

import pytest

from polyaxon_sdk.runs.lines import decode, encode, read, settled
from polyaxon_sdk.runs.mapped_lines import WINDOW, MappedLines
from tests.disks.tmpfs import mounted
from tests.processes import killed_behind

MANY = 3 * WINDOW // 500
"""Lines that fill some windows."""


@pytest.fixture
def lines(tmp_path: Path) -> MappedLines:
    """A file of lines that has some room."""
    found = MappedLines(tmp_path / "lines.jsonl")
    found.write(encode({"number": 0}))
    return found


def line(number: int) -> bytes:
    """A line that is rather long."""
    return encode({"number": number, "filling": "x" * 480})


def numbers(lines: MappedLines) -> list[object]:
    """The numbers in the whole lines of a file."""
    return [line["number"] for line in read(settled(lines.path))]


def test_nothing_is_taken_before_a_file_is_there(tmp_path: Path) -> None:
    assert not MappedLines(tmp_path / "lines.jsonl").take(encode({}))
    assert list(tmp_path.iterdir()) == []


def test_what_was_taken_outlives_the_process(tmp_path: Path) -> None:
    lines = MappedLines(tmp_path / "lines.jsonl")

    def work() -> None:
        lines.write(encode({"number": 0}))
        os._exit(0 if lines.take(encode({"number": 1})) else 1)

    killed_behind(work)
    assert numbers(lines) == [0, 1]


def test_what_finds_no_room_is_not_taken_and_can_be_written(lines: MappedLines) -> None:
    long = encode({"number": "x" * (2 * WINDOW)})
    assert (lines.take(long), lines.take(encode({"number": 1}))) == (False, True)
    lines.write(long)
    lines.write(encode({"number": 2}))
    assert numbers(lines) == [0, 1, "x" * (2 * WINDOW), 2]


def test_lines_that_are_written_fill_window_after_window_in_order(lines: MappedLines) -> None:
    for number in range(1, MANY):
        lines.write(line(number))
    assert numbers(lines) == list(range(MANY))
    assert lines.path.stat().st_size >= 3 * WINDOW


def test_room_is_wanted_once_half_of_it_is_used(lines: MappedLines) -> None:
    assert not lines.wants_room()
    lines.take(encode({"number": "x" * (WINDOW // 2)}))
    assert [lines.wants_room(), lines.wants_room()] == [True, False]


def test_room_that_was_denied_is_wanted_again(lines: MappedLines) -> None:
    lines.take(encode({"number": "x" * (WINDOW // 2)}))
    asked = lines.wants_room()
    lines.path.unlink()
    lines.path.mkdir()
    lines.make_room()
    assert (asked, lines.wants_room()) == (True, True)


def test_a_line_that_is_longer_than_the_room_that_was_made_takes_its_place(lines: MappedLines) -> None:
    half, long = "x" * (WINDOW // 2), "x" * (2 * WINDOW)
    lines.take(encode({"number": half}))
    lines.make_room()
    lines.write(encode({"number": long}))
    lines.write(encode({"number": 3}))
    assert numbers(lines) == [0, half, long, 3]
    assert lines.path.stat().st_size < 4 * WINDOW


def test_what_can_not_be_mapped_leaves_the_file_as_long_as_one_try_does(lines: MappedLines) -> None:
    long = encode({"number": "x" * (32 * WINDOW)})

    def work() -> None:
        setrlimit(RLIMIT_AS, (_memory() + (16 * WINDOW), RLIM_INFINITY))
        for _ in range(5):
            with pytest.raises(OSError, match="Cannot allocate memory"):
                lines.write(long)
        lines.write(encode({"number": 1}))

    killed_behind(work)
    assert numbers(lines) == [0, 1]
    assert lines.path.stat().st_size < 34 * WINDOW


def _memory() -> int:
    """Bytes of addresses that this process has."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * PAGESIZE


def test_where_room_was_made_in_time_all_is_taken(lines: MappedLines) -> None:
    for number in range(1, MANY):
        assert lines.take(line(number))
        if lines.wants_room():
            lines.make_room()
    assert numbers(lines) == list(range(MANY))


def test_a_closed_file_takes_nothing_and_asks_for_nothing(lines: MappedLines) -> None:
    lines.close()
    assert (lines.take(encode({"number": 1})), lines.wants_room()) == (False, False)


def test_a_closed_file_is_written_behind_what_it_has(lines: MappedLines) -> None:
    lines.close()
    lines.write(encode({"number": 1}))
    assert numbers(lines) == [0, 1]


def test_a_disk_with_room_for_the_line_alone_takes_it(tmp_path: Path) -> None:
    with mounted(tmp_path / "small", "size=64k") as disk:
        lines = MappedLines(disk / "lines.jsonl")
        lines.write(encode({"number": 0}))
        assert numbers(lines) == [0]


def test_a_full_disk_is_an_error_and_the_line_can_be_written_once_there_is_room(tmp_path: Path) -> None:
    with mounted(tmp_path / "small", "size=64k") as disk:
        lines, ballast = MappedLines(disk / "lines.jsonl"), disk / "ballast"
        with suppress(OSError):
            ballast.write_bytes(bytes(1 << 17))
        with pytest.raises(OSError, match="No space left"):
            lines.write(encode({"number": 0}))
        ballast.unlink()
        lines.write(encode({"number": 0}))
        assert numbers(lines) == [0]


@pytest.fixture
def interruptions(lines: MappedLines) -> Iterator[list[bool]]:
    """A signal's handler that takes lines amid whatever goes on; whether each was taken."""
    taken: list[bool] = []
    before = signal(SIGVTALRM, lambda *_: taken.append(lines.take(encode({"number": -1}))))
    setitimer(ITIMER_VIRTUAL, 0.0005, 0.0005)
    yield taken
    setitimer(ITIMER_VIRTUAL, 0.0)
    signal(SIGVTALRM, before)


def test_a_signals_handler_tears_no_line_of_what_it_interrupts(
    lines: MappedLines, interruptions: list[bool]
) -> None:
    for number in range(1, MANY):
        lines.write(line(number))
    setitimer(ITIMER_VIRTUAL, 0.0)
    found = numbers(lines)
    assert [number for number in found if number != -1] == list(range(MANY))
    assert found.count(-1) == sum(interruptions)


def test_threads_take_turns(lines: MappedLines) -> None:
    def work(thread: int) -> None:
        for number in range(500):
            lines.write(line(thread + number))

    threads = [Thread(target=work, args=[1000 * each]) for each in range(1, 4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = [int(str(number)) for number in numbers(lines)]
    assert [[each for each in found if each // 1000 == thread] for thread in range(1, 4)] == [
        [*range(1000 * thread, 1000 * thread + 500)] for thread in range(1, 4)
    ]


@pytest.mark.system
def test_a_reader_beside_the_writer_sees_each_line_whole_and_in_order(lines: MappedLines) -> None:
    if (pid := os.fork()) == 0:
        for number in range(1, 20_000):
            lines.write(encode({"number": number}))
        os._exit(0)
    found, position, is_over = list[object](), 0, False
    while not is_over:
        is_over = os.waitpid(pid, os.WNOHANG)[0] != 0
        whole = [(each, end) for each, end in decode(settled(lines.path, position)) if each is not None]
        found += [each["number"] for each, _ in whole]
        position += whole[-1][1] if whole else 0
    assert found == list(range(20_000))
