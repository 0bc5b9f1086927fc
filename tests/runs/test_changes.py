from pathlib import Path

import pytest

from polyaxon_sdk.runs.changes import ChangeMark, read_changes


def test_a_home_without_changes_has_none(tmp_path: Path) -> None:
    assert read_changes(tmp_path) == []


def test_a_writer_has_one_mark_that_moves_on(tmp_path: Path) -> None:
    mark = ChangeMark(tmp_path, "0f", "aa")
    mark.renew(5)
    mark.renew(70)
    assert [(clock, uuid) for clock, uuid, _ in read_changes(tmp_path)] == [(70, "0f")]


def test_each_writer_has_a_mark_of_its_own(tmp_path: Path) -> None:
    ChangeMark(tmp_path, "0f", "aa").renew(7)
    ChangeMark(tmp_path, "0f", "bb").renew(6)
    assert [clock for clock, _, _ in read_changes(tmp_path)] == [6, 7]


def test_a_mark_that_was_swept_comes_back(tmp_path: Path) -> None:
    mark = ChangeMark(tmp_path, "0f", "aa")
    mark.renew(5)
    ((_, _, name),) = read_changes(tmp_path)
    (tmp_path / "changes" / name).unlink()
    mark.renew(6)
    assert [clock for clock, _, _ in read_changes(tmp_path)] == [6]


@pytest.mark.parametrize("name", ["", "x-0f-aa", "12", "²-0f-aa", "-5-0f-aa"])
def test_other_files_are_no_marks(tmp_path: Path, name: str) -> None:
    (tmp_path / "changes" / f"{name}.d").mkdir(parents=True)
    (tmp_path / "changes" / (name or "x")).touch()
    assert [clock for clock, _, _ in read_changes(tmp_path) if clock != 12] == []


def test_a_home_that_is_only_read_has_no_marks_and_no_error(locked_disk: Path) -> None:
    ChangeMark(locked_disk, "0f", "aa").renew(5)
    assert read_changes(locked_disk) == []


def test_a_home_whose_disk_has_one_name_a_file_has_marks_too(tmp_path: Path) -> None:
    (tmp_path / "changes" / ".mark").mkdir(parents=True)  # nothing that other names can be given to
    ChangeMark(tmp_path, "0f", "aa").renew(5)
    assert [(clock, uuid) for clock, uuid, _ in read_changes(tmp_path)] == [(5, "0f")]
