"""Homes with runs in them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import Engine

from polyaxon_sdk.index.database import open_database
from polyaxon_sdk.index.store import Index
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.types import Json

AddRun = Callable[..., RunFolder]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home that is there and empty."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def add_run(home: Path) -> AddRun:
    """Add a run that was created, with these values."""

    def add(
        name: str = "train", project: str = "default", outputs: dict[str, Json] | None = None
    ) -> RunFolder:
        folder = RunFolder(home / "runs" / new_uuid()).create()
        writer = RecordWriter(folder)
        writer.append("created", name=name, project=project)
        writer.append("status", status="created")
        writer.append("outputs", values=outputs or {})
        writer.close()
        return folder

    return add


@pytest.fixture
def open_index(home: Path, tmp_path: Path) -> Iterator[Callable[[], Index]]:
    """Open the home's index, as often as one likes; all are closed at the end."""
    with ExitStack() as opened:
        yield lambda: opened.enter_context(Index(home, tmp_path / "cache"))


def set_status(folder: RunFolder, status: str) -> None:
    """Report a status from a writer of its own."""
    writer = RecordWriter(folder)
    writer.append("status", status=status)
    writer.close()


@pytest.fixture
def engine() -> Iterator[Engine]:
    """An empty index in memory."""
    opened = open_database(None)
    yield opened
    opened.dispose()
