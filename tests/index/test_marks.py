import time
from pathlib import Path

from polyaxon_sdk.index.marks import read_marks, sweep

HOUR = 3600 * 10**9
UUID = "0123456789abcdef" * 2


def _mark(home: Path, age: int, token: str) -> str:
    name = f"{time.time_ns() - age:020d}-{UUID}-{token}"
    (home / "changes").mkdir(exist_ok=True)
    (home / "changes" / name).touch()
    return name


def test_each_mark_names_its_run(home: Path) -> None:
    name = _mark(home, 0, "a")
    assert read_marks(home).new(set()) == {name: UUID}


def test_only_marks_that_are_not_known_are_read(home: Path) -> None:
    known, new = _mark(home, 0, "a"), _mark(home, 0, "b")
    assert read_marks(home).new({known}) == {new: UUID}


def test_files_that_are_no_marks_are_left_out(home: Path) -> None:
    (home / "changes").mkdir()
    (home / "changes" / "7-notes.txt").touch()
    assert read_marks(home).new(set()) == {}


def test_few_old_marks_stay(home: Path) -> None:
    name = _mark(home, 2 * HOUR, "a")
    sweep(home, [name])
    assert list(read_marks(home).new(set())) == [name]


def test_many_old_marks_go_and_young_ones_stay(home: Path) -> None:
    old = [_mark(home, 2 * HOUR, f"old{number}") for number in range(2000)]
    young = _mark(home, 0, "young")
    sweep(home, [*old, young])
    assert list(read_marks(home).new(set())) == [young]


def test_a_reader_that_was_away_while_marks_were_swept_knows_it(home: Path) -> None:
    old = [_mark(home, 2 * HOUR, f"old{number}") for number in range(2000)]
    before = read_marks(home).complete_since(time.time_ns() - 2 * HOUR)
    sweep(home, old)
    swept = read_marks(home)
    now = time.time_ns()
    assert (before, swept.complete_since(now - 2 * HOUR), swept.complete_since(now)) == (True, False, True)
