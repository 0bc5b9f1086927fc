from pathlib import Path

import pytest

from polyaxon_sdk.storage.file_store import FileStore
from tests.disks.tmpfs import locked_disk, small_disk

__all__ = ["locked_disk", "small_disk"]


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    """A store that nothing was put into."""
    return FileStore(tmp_path / "store")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A local file of ten bytes."""
    path = tmp_path / "source.bin"
    path.write_bytes(b"0123456789")
    return path
