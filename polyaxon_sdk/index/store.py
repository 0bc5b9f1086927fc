"""The index of one home."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError

from polyaxon_sdk.exceptions import PolyaxonError
from polyaxon_sdk.index.database import is_damage, open_database, open_server, remake
from polyaxon_sdk.index.graph import Graph
from polyaxon_sdk.index.listing import group_projects, list_runs
from polyaxon_sdk.index.place import place_of
from polyaxon_sdk.index.question import Question
from polyaxon_sdk.index.refresh import refresh
from polyaxon_sdk.index.run_row import Listing
from polyaxon_sdk.index.sources import forget, source_number

__all__ = ["Index"]

T = TypeVar("T")


class Index:
    """The runs of one home, found again; derived from their records and up to date at each answer.

    Where its file can't be written, the index is made in memory.

    Args:
        home: the folder that holds `runs/`; nothing is created in a home that isn't there.
        cache: this machine's folder for indexes of homes on a network.
        url: a PostgreSQL server that keeps the index, for a team; by default a file of the home does.

    Raises:
        InputError: the URL can't be read.
        PolyaxonError: the server refuses.

    >>> with Index(settings.home, settings.cache) as index:  # doctest: +SKIP
    ...     index.list(Question("metrics.loss:<0.1", limit=20))
    """

    def __init__(self, home: Path, cache: Path, url: str | None = None) -> None:
        self._home = home
        self._url = url
        self._file = place_of(home, cache) if home.is_dir() and url is None else None
        self._source: int | None = None
        self._engine = self._open()

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def list(self, question: Question = Question()) -> Listing:  # noqa: B008  # a tuple, never changed
        """The runs that are asked for.

        Raises:
            InputError: a mistake in the query, or an unknown field to sort by.
            PolyaxonError: another process keeps the index locked.
        """
        self.refresh()
        return self._answer(lambda: self._list(question))

    def lineage(self, uuid: str, depth: int | None = None) -> Graph:
        """The runs that the run `uuid` comes from, and those that come from it.

        Args:
            uuid: the run.
            depth: how many runs away at most; None for all.

        Raises:
            PolyaxonError: another process keeps the index locked.
        """
        self.refresh()
        return self._answer(lambda: self._lineage(uuid, depth))

    def projects(self) -> dict[tuple[str, str], tuple[int, float | None]]:
        """How many runs each project has, and when one of them last changed, by owner and name.

        Raises:
            PolyaxonError: another process keeps the index locked.
        """
        self.refresh()
        return self._answer(self._projects)

    def rebuild(self) -> None:
        """Forget everything and read all runs again.

        Raises:
            PolyaxonError: another process keeps the index locked.
        """
        source = self._answer(self._source_number)
        self._answer(lambda: forget(self._engine, source))
        self._source = None
        self.refresh()

    def refresh(self) -> None:
        """Read what changed since the last answer.

        Raises:
            PolyaxonError: another process keeps the index locked.
        """
        self._answer(lambda: refresh(self._engine, self._home, self._source_number()))

    def _lineage(self, uuid: str, depth: int | None) -> Graph:
        # Its statements take a while to build, which lists needn't wait for.
        from polyaxon_sdk.index.tracing import trace

        with self._engine.connect() as connection:
            return trace(connection, uuid, depth)

    def _list(self, question: Question) -> Listing:
        with self._engine.connect() as connection:
            return list_runs(connection, self._source_number(), question)

    def _projects(self) -> dict[tuple[str, str], tuple[int, float | None]]:
        with self._engine.connect() as connection:
            return group_projects(connection, self._source_number())

    def _source_number(self) -> int:
        """The number of this home among the sources of the index."""
        if self._source is None:
            self._source = source_number(self._engine, str(self._home))
        return self._source

    def _open(self) -> Engine:
        if self._url is not None:
            return self._open_server(self._url)
        try:
            return open_database(self._file)
        except (DatabaseError, OSError):
            self._file = None
            return open_database(None)

    def _open_server(self, url: str) -> Engine:
        try:
            return open_server(url)
        except DatabaseError as error:
            raise PolyaxonError(f"the index's server refuses: {_line(error)}") from error

    def _answer(self, ask: Callable[[], T]) -> T:
        try:
            return ask()
        except DatabaseError as error:
            if self._url is not None:
                raise PolyaxonError(f"the index's server fails: {_line(error)}") from error
            if "locked" in str(error.orig):
                raise PolyaxonError(f"the index {self._file} is locked by another process") from error
            self._mend(error)
        return ask()

    def _mend(self, error: DatabaseError) -> None:
        self._source = None
        try:
            if is_damage(error):
                remake(self._engine, self._file)
                refresh(self._engine, self._home, self._source_number())
                return
        except (DatabaseError, OSError):
            self.close()  # the disk is full, or can't be written: go on in memory
        self._source = self._file = None
        self._engine = open_database(None)
        refresh(self._engine, self._home, self._source_number())


def _line(error: DatabaseError) -> str:
    """What the server says in one line; the URL, which may hold a password, is not in it."""
    return " ".join(str(error.orig).split())
