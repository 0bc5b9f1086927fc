import os
from pathlib import Path

import pytest

from polyaxon_sdk.storage.source import Source, SourceError, checksum


def test_a_file_is_read_whole(source: Path) -> None:
    with Source(str(source)) as opened:
        assert (opened.size, b"".join(opened.chunks())) == (10, b"0123456789")


def test_a_file_is_read_up_to_its_limit(source: Path) -> None:
    with Source(str(source), limit=4) as opened:
        assert b"".join(opened.chunks()) == b"0123"


def test_a_limited_file_may_grow_while_it_is_read(source: Path) -> None:
    with Source(str(source), limit=10) as opened, source.open("ab") as growing:
        growing.write(b"more")
        growing.flush()
        assert b"".join(opened.chunks()) == b"0123456789"


def test_a_whole_file_that_grows_while_it_is_read_has_changed(source: Path) -> None:
    with Source(str(source)) as opened, source.open("ab") as growing:
        growing.write(b"more")
        growing.flush()
        with pytest.raises(SourceError, match="changed while it was copied"):
            list(opened.chunks())


def test_a_file_rewritten_in_place_while_it_is_read_has_changed(source: Path) -> None:
    with Source(str(source)) as opened:
        source.write_bytes(b"9876543210")
        os.utime(source)
        with pytest.raises(SourceError, match="changed while it was copied"):
            list(opened.chunks())


def test_a_file_shorter_than_its_limit_has_changed(source: Path) -> None:
    with Source(str(source), limit=11) as opened, pytest.raises(SourceError, match="ends 1 bytes early"):
        list(opened.chunks())


def test_a_missing_file_is_gone(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="No such file") as caught:
        Source(str(tmp_path / "nowhere"))
    assert caught.value.state == "gone"


def test_a_link_is_not_followed(tmp_path: Path, source: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(source)
    with pytest.raises(SourceError, match="symbolic link") as caught:
        Source(str(link))
    assert caught.value.state == "unreadable"


def test_a_fifo_is_refused_and_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    with pytest.raises(SourceError, match="not a regular file"):
        Source(str(tmp_path / "fifo"))


def test_a_checksum_names_its_algorithm(source: Path) -> None:
    digest = "84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882"
    assert checksum(str(source)) == f"sha256:{digest}"


def test_a_closed_file_is_read_no_more(source: Path) -> None:
    opened = Source(str(source))
    opened.close()
    with pytest.raises(SourceError, match="closed while it was read"):
        opened.take(1)
