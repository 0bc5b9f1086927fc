from pathlib import Path

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.sidecar.drained_files import DrainedFiles

LOSS = "events/metric/loss.plx"


@pytest.fixture
def files(folder: RunFolder) -> DrainedFiles:
    """Files of which one holds a committed row."""
    files = DrainedFiles(folder, {})
    files.add(LOSS, b"head", b"\n1")
    files.commit(files.write())
    return files


def test_a_new_file_begins_with_its_header(files: DrainedFiles, folder: RunFolder) -> None:
    files.add(LOSS, b"head", b"\n2")
    files.write()
    assert (folder.path / LOSS).read_bytes() == b"head\n1\n2"


def test_rows_that_are_not_committed_are_written_again_in_their_place(
    files: DrainedFiles, folder: RunFolder
) -> None:
    files.add(LOSS, b"head", b"\n2")
    files.write()
    files.add(LOSS, b"head", b"\n3")
    files.commit(files.write())
    assert (folder.path / LOSS).read_bytes() == b"head\n1\n2\n3"
    assert files.lengths == {LOSS: 10}


def test_rows_wait_until_they_are_committed(files: DrainedFiles) -> None:
    assert not files.has_rows
    files.add(LOSS, b"head", b"\n2")
    lengths = files.write()
    assert files.has_rows
    files.commit(lengths)
    assert not files.has_rows


def test_a_longer_rest_of_a_crash_is_cut_by_the_next_write(files: DrainedFiles, folder: RunFolder) -> None:
    (folder.path / LOSS).write_bytes(b"head\n1\n2222222222")
    files.add(LOSS, b"head", b"\n3")
    files.write()
    assert (folder.path / LOSS).read_bytes() == b"head\n1\n3"


def test_restoring_cuts_to_the_committed_length(folder: RunFolder, files: DrainedFiles) -> None:
    (folder.path / LOSS).write_bytes(b"head\n1\n2")
    assert DrainedFiles(folder, files.lengths).restore() == []
    assert (folder.path / LOSS).read_bytes() == b"head\n1"


@pytest.mark.parametrize(
    "relative", ["events/metric/new.plx", "resources/metric/cpu.plx", "plxlogs/main.jsonl"]
)
def test_restoring_takes_away_what_was_never_committed(folder: RunFolder, relative: str) -> None:
    path: Path = folder.path / relative
    path.parent.mkdir(parents=True)
    path.write_bytes(b"head")
    DrainedFiles(folder, {}).restore()
    assert not path.exists()


def test_restoring_leaves_the_users_files_alone(folder: RunFolder) -> None:
    (folder.outputs / "model").write_bytes(b"weights")
    DrainedFiles(folder, {}).restore()
    assert (folder.outputs / "model").read_bytes() == b"weights"


@pytest.mark.parametrize("rest", [b"", b"hea"])
def test_a_file_that_a_broken_disk_cut_is_told_and_goes_on(
    folder: RunFolder, files: DrainedFiles, rest: bytes
) -> None:
    (folder.path / LOSS).write_bytes(rest)
    restored = DrainedFiles(folder, files.lengths)
    assert restored.restore() == [LOSS]
    assert restored.lengths == {LOSS: len(rest)}
