import os
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polyaxon_sdk.storage.draft import is_draft, write_whole
from polyaxon_sdk.storage.retry import PassingStoreError
from polyaxon_sdk.storage.source import checksum


@settings(deadline=None)  # a disk may be busy
@given(chunks=st.lists(st.binary(max_size=64), max_size=8))
def test_what_is_written_is_read_again(tmp_path_factory: pytest.TempPathFactory, chunks: list[bytes]) -> None:
    path = tmp_path_factory.mktemp("draft") / "file"
    copy = write_whole(str(path), chunks)
    assert (path.read_bytes(), copy.checksum) == (b"".join(chunks), checksum(str(path)))


def test_the_old_file_stands_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")

    def chunks() -> Iterator[bytes]:
        yield b"ne"
        assert path.read_bytes() == b"old"
        yield b"w"

    write_whole(str(path), chunks())
    assert path.read_bytes() == b"new"


def test_bytes_damaged_behind_the_writer_never_appear(tmp_path: Path) -> None:
    def chunks() -> Iterator[bytes]:
        yield b"good"
        (draft,) = tmp_path.iterdir()
        draft.write_bytes(b"evil")

    with pytest.raises(PassingStoreError, match="what was read again is not what was written"):
        write_whole(str(tmp_path / "file"), chunks())
    assert list(tmp_path.iterdir()) == []


def test_a_failure_in_the_middle_leaves_nothing(tmp_path: Path) -> None:
    def chunks() -> Iterator[bytes]:
        yield b"half"
        raise OSError("the source broke")

    with pytest.raises(OSError, match="the source broke"):
        write_whole(str(tmp_path / "file"), chunks())
    assert list(tmp_path.iterdir()) == []


def test_a_writer_that_was_given_up_does_not_appear(tmp_path: Path) -> None:
    given_up = Event()

    def chunks() -> Iterator[bytes]:
        yield b"late"
        given_up.set()

    with pytest.raises(PassingStoreError, match="given up"):
        write_whole(str(tmp_path / "file"), chunks(), given_up=given_up)
    assert list(tmp_path.iterdir()) == []


def test_a_draft_is_known_by_its_name(tmp_path: Path) -> None:
    names: list[str] = []

    def chunks() -> Iterator[bytes]:
        names.extend(os.listdir(tmp_path))
        yield b""

    write_whole(str(tmp_path / "file"), chunks())
    assert [is_draft(name) for name in [*names, "file", ".plx-x.part"]] == [True, False, False]
