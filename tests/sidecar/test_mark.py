from pathlib import Path

import pytest

from polyaxon_sdk.runs.changes import Change, read_changes
from polyaxon_sdk.sidecar.mark import StoreMark
from polyaxon_sdk.storage.file_store import FileStore

UUID = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def mark(tmp_path: Path) -> StoreMark:
    return StoreMark(FileStore(tmp_path / "store"), UUID)


def marks(tmp_path: Path) -> list[Change]:
    return read_changes(tmp_path / "store")


def test_a_mark_names_the_run_as_those_of_a_home_do(mark: StoreMark, tmp_path: Path) -> None:
    mark.owe()
    mark.renew(now=0)
    assert [uuid for _, uuid, _ in marks(tmp_path)] == [UUID]


def test_there_is_one_mark_and_it_is_the_latest(mark: StoreMark, tmp_path: Path) -> None:
    mark.owe()
    mark.renew(now=0)
    (first,) = marks(tmp_path)
    mark.owe()
    mark.renew(now=1)
    (second,) = marks(tmp_path)
    assert first < second


def test_nothing_owed_is_nothing_marked(mark: StoreMark, tmp_path: Path) -> None:
    mark.settle(now=0)
    assert marks(tmp_path) == []


def test_a_mark_is_renewed_once_a_second_and_settled_at_the_end(mark: StoreMark, tmp_path: Path) -> None:
    mark.owe()
    mark.renew(now=0)
    before = marks(tmp_path)
    mark.owe()
    mark.renew(now=0.9)
    assert marks(tmp_path) == before
    mark.settle(now=0.9)
    assert marks(tmp_path) > before


def test_a_mark_that_could_not_be_put_is_still_owed(tmp_path: Path) -> None:
    mark = StoreMark(FileStore(tmp_path / "missing" / "store"), UUID)
    mark.owe()
    mark.renew(now=0)
    (tmp_path / "missing").mkdir()
    mark.renew(now=1)
    assert len(read_changes(tmp_path / "missing" / "store")) == 1
