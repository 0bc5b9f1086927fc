import os
from pathlib import Path

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.hashes import hash_of_path
from polyaxon_sdk.runs.owed import Owed, complete, hash_owed, mark_of, owed_in
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.runs.views import lineages_view
from polyaxon_sdk.types import Json


@pytest.fixture
def folder(tmp_path: Path) -> RunFolder:
    """A run folder."""
    return RunFolder(tmp_path / "runs" / ("0f" * 16)).create()


@pytest.fixture
def copy(folder: RunFolder) -> Path:
    """A file of the run."""
    path = folder.outputs / "net.bin"
    path.write_bytes(b"weights")
    return path


def log(folder: RunFolder, path: Path) -> str:
    """Note a copy; its mark."""
    mark = mark_of(str(path))
    artifact: dict[str, Json] = {"name": "net", "kind": "model", "path": "outputs/net.bin", "pending": mark}
    RecordWriter(folder).append("lineage", artifact={**artifact, "summary": {"layers": 3}})
    return mark


def complete_with(folder: RunFolder, mark: str, digest: str | None) -> None:
    """Say what a hash is."""
    RecordWriter(folder).append("hashed", name="net", kind="model", mark=mark, hash=digest)


def summary(folder: RunFolder) -> object:
    """What is known of the copy."""
    return read_run(folder).artifacts["net", "model"]["summary"]


def test_what_waits_for_a_hash_is_found(folder: RunFolder, copy: Path) -> None:
    mark = log(folder, copy)
    assert owed_in(read_run(folder)) == [Owed("net", "model", "outputs/net.bin", mark)]


def test_a_hash_completes_its_artifact(folder: RunFolder, copy: Path) -> None:
    complete_with(folder, log(folder, copy), "0f")
    assert (summary(folder), owed_in(read_run(folder))) == ({"layers": 3, "hash": "0f"}, [])


def test_an_artifact_that_gets_no_hash_waits_no_longer(folder: RunFolder, copy: Path) -> None:
    complete_with(folder, log(folder, copy), None)
    assert (summary(folder), owed_in(read_run(folder))) == ({"layers": 3}, [])


def test_a_hash_of_what_was_logged_before_completes_nothing(folder: RunFolder, copy: Path) -> None:
    before = log(folder, copy)
    log(folder, copy)
    complete_with(folder, before, "0f")
    assert (summary(folder), len(owed_in(read_run(folder)))) == ({"layers": 3}, 1)


def test_a_hash_of_nothing_that_is_known_is_passed(folder: RunFolder) -> None:
    complete_with(folder, "mark", "0f")
    assert read_run(folder).artifacts == {}


def test_the_hash_is_that_of_the_contents(folder: RunFolder, copy: Path) -> None:
    log(folder, copy)
    (owed,) = owed_in(read_run(folder))
    assert hash_owed(folder, owed) == hash_of_path(str(copy))


def test_contents_that_changed_have_no_hash(folder: RunFolder, copy: Path) -> None:
    log(folder, copy)
    copy.write_bytes(b"others")
    (owed,) = owed_in(read_run(folder))
    assert hash_owed(folder, owed) is None


def test_other_contents_in_their_place_have_no_hash(folder: RunFolder, copy: Path) -> None:
    log(folder, copy)
    times = copy.stat()
    other = copy.with_name("other")
    other.write_bytes(b"WEIGHTS")
    os.utime(other, ns=(times.st_atime_ns, times.st_mtime_ns))
    other.replace(copy)
    (owed,) = owed_in(read_run(folder))
    assert hash_owed(folder, owed) is None


def test_a_run_is_completed_where_that_is_asked_for(folder: RunFolder, copy: Path) -> None:
    log(folder, copy)
    assert complete(folder, read_run(folder)).artifacts["net", "model"]["summary"] == {
        "layers": 3,
        "hash": hash_of_path(str(copy)),
    }


def test_the_state_comes_with_the_hash_and_stays(folder: RunFolder, copy: Path) -> None:
    mark = log(folder, copy)
    (before,) = lineages_view(read_run(folder), {})
    complete_with(folder, mark, "0f")
    (after,) = lineages_view(read_run(folder), {})
    assert (before["state"], "pending" in before) == (None, False)
    assert isinstance(after["state"], str)
