from collections.abc import Iterator
from pathlib import Path

import pytest

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.hashes import hash_of_path
from polyaxon_sdk.runs.owed import mark_of, owed_in
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.runs.state import RunState, read_run
from polyaxon_sdk.sidecar.hashing import Hashing
from polyaxon_sdk.types import Json
from tests.polling import eventually


@pytest.fixture
def copy(folder: RunFolder) -> Path:
    """A file that the run copied."""
    path = folder.outputs / "net.bin"
    path.write_bytes(b"weights")
    log(folder, path)
    return path


@pytest.fixture
def hashing(folder: RunFolder) -> Hashing:
    """Hashes what it is told of."""
    return Hashing(folder, RecordWriter(folder).append)


@pytest.fixture
def working(hashing: Hashing) -> Iterator[Hashing]:
    """The same, at work."""
    hashing.start()
    yield hashing
    hashing.stop()


def log(folder: RunFolder, path: Path) -> None:
    """Note a copy whose hash is to come."""
    artifact: dict[str, Json] = {"name": "net", "kind": "model", "path": f"outputs/{path.name}"}
    RecordWriter(folder).append(
        "lineage", artifact={**artifact, "pending": mark_of(str(path)), "summary": {}}
    )


def digest(folder: RunFolder) -> object:
    """The hash that the run knows."""
    summary = read_run(folder).artifacts["net", "model"]["summary"]
    assert isinstance(summary, dict)
    return summary.get("hash")


def test_a_copy_is_hashed_while_the_run_goes_on(folder: RunFolder, copy: Path, working: Hashing) -> None:
    working.saw(read_run(folder))
    assert eventually(lambda: digest(folder) == hash_of_path(str(copy)))


def test_what_is_left_is_hashed_at_the_end(folder: RunFolder, copy: Path, hashing: Hashing) -> None:
    hashing.finish(read_run(folder))
    assert digest(folder) == hash_of_path(str(copy))


def test_a_copy_is_hashed_once(folder: RunFolder, copy: Path, working: Hashing) -> None:
    state = read_run(folder)
    working.saw(state)
    assert eventually(lambda: digest(folder) is not None)
    size = _size(folder)
    working.finish(state)
    assert _size(folder) == size


def test_a_copy_that_somebody_changed_has_no_hash_and_that_is_told(
    folder: RunFolder, copy: Path, hashing: Hashing
) -> None:
    copy.write_bytes(b"others!")
    hashing.finish(read_run(folder))
    assert read_run(folder).problems == ["artifact 'net' has no hash: it changed after it was logged"]
    assert owed_in(read_run(folder)) == []


def test_a_copy_that_is_gone_has_no_hash_and_that_is_told(
    folder: RunFolder, copy: Path, hashing: Hashing
) -> None:
    copy.unlink()
    hashing.finish(read_run(folder))
    assert read_run(folder).problems == ["artifact 'net' has no hash: No such file or directory"]


def test_a_path_that_leads_out_of_the_run_is_not_hashed(folder: RunFolder, hashing: Hashing) -> None:
    artifact: dict[str, Json] = {"name": "net", "kind": "model", "path": "../../etc", "pending": "0-1"}
    RecordWriter(folder).append("lineage", artifact=artifact)
    hashing.finish(read_run(folder))
    assert "leads out of the run" in read_run(folder).problems[0]


def test_nothing_is_hashed_of_a_run_that_waits_for_nothing(folder: RunFolder, hashing: Hashing) -> None:
    hashing.finish(RunState("0f"))
    assert list(folder.record.iterdir()) == []


def _size(folder: RunFolder) -> int:
    return sum(path.stat().st_size for path in folder.record.iterdir())
