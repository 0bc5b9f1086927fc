from pathlib import Path

import pytest

from polyaxon_sdk.runs.drained import Drained, read_drained, write_whole
from polyaxon_sdk.runs.folder import RunFolder


def test_what_was_never_drained_is_nothing(folder: RunFolder) -> None:
    assert vars(read_drained(folder)) == vars(Drained())


def test_what_was_written_reads_back(folder: RunFolder) -> None:
    drained = Drained()
    drained.journals, drained.files, drained.is_finished = {"a.0.plxj": 512}, {"events/metric/a.plx": 7}, True
    drained.write(folder)
    assert vars(read_drained(folder)) == vars(drained)


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b'{"lease": 1'])
def test_a_damaged_file_is_an_error_and_not_nothing(folder: RunFolder, data: bytes) -> None:
    folder.drained.write_bytes(data)
    with pytest.raises(OSError, match="damaged"):
        read_drained(folder)


def test_what_an_older_version_did_not_write_is_empty(folder: RunFolder) -> None:
    folder.drained.write_text('{"files": {"events/metric/a.plx": 7}, "later": 1}')
    assert (read_drained(folder).files, read_drained(folder).holes) == ({"events/metric/a.plx": 7}, {})


def test_a_full_disk_leaves_the_old_file(small_disk: Path) -> None:
    write_whole(small_disk / "a.json", b"old")
    with pytest.raises(OSError, match="No space left"):
        write_whole(small_disk / "a.json", b"x" * (2 << 20))
    assert [(path.name, path.read_bytes()) for path in small_disk.iterdir()] == [("a.json", b"old")]
