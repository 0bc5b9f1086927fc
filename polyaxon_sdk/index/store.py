"""The index of one home."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from sqlalchemy.exc import DatabaseError

from polyaxon_sdk.exceptions import PolyaxonError
from polyaxon_sdk.index.database import is_damage, open_database, remake
from polyaxon_sdk.index.listing import list_descendants, list_runs
from polyaxon_sdk.index.place import place_of
from polyaxon_sdk.index.refresh import refresh
from polyaxon_sdk.index.run_row import DEFAULT_SORT, Descendant, Listing

__all__ = ["Index"]

T = TypeVar("T")


class Index:
    """The runs of one home, found again; derived from their records and up to date at each answer.

    Where its file can't be written, the index is made in memory.

    Args:
        home: the folder that holds `runs/`; nothing is created in a home that isn't there.
        cache: this machine's folder for indexes of homes on a network.

    >>> with Index(settings.home, settings.cache) as index:  # doctest: +SKIP
    ...     index.list(project="digits", limit=20)
    """

    def __init__(self, home: Path, cache: Path) -> None:
        self._home = home
        self._file = place_of(home, cache) if home.is_dir() else None
        self._open()

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def list(
        self,
        *,
        project: str | None = None,
        sort: str = DEFAULT_SORT,
        limit: int | None = None,
        offset: int = 0,
    ) -> Listing:
        """The runs of `project`, or of all projects.

        Raises:
            InputError: an unknown field to sort by.
            PolyaxonError: another process keeps the index locked.
        """
        self._answer(lambda: refresh(self._engine, self._home))
        return self._answer(lambda: self._list(project=project, sort=sort, limit=limit, offset=offset))

    def descendants(self, uuid: str) -> Sequence[Descendant]:
        """The runs that were made from the run `uuid`, oldest first.

        Raises:
            PolyaxonError: another process keeps the index locked.
        """
        self._answer(lambda: refresh(self._engine, self._home))
        return self._answer(lambda: self._descendants(uuid))

    def _descendants(self, uuid: str) -> Sequence[Descendant]:
        with self._engine.connect() as connection:
            return list_descendants(connection, uuid)

    def _list(self, *, project: str | None, sort: str, limit: int | None, offset: int) -> Listing:
        with self._engine.connect() as connection:
            return list_runs(connection, project=project, sort=sort, limit=limit, offset=offset)

    def _open(self) -> None:
        try:
            self._engine = open_database(self._file)
        except (DatabaseError, OSError):
            self._leave_file()

    def _leave_file(self) -> None:
        self._file = None
        self._engine = open_database(None)

    def _answer(self, ask: Callable[[], T]) -> T:
        try:
            return ask()
        except DatabaseError as error:
            if "locked" in str(error.orig):
                raise PolyaxonError(f"the index {self._file} is locked by another process") from error
            self._mend(error)
        return ask()

    def _mend(self, error: DatabaseError) -> None:
        try:
            if is_damage(error):
                remake(self._engine, self._file)
                refresh(self._engine, self._home)
                return
        except (DatabaseError, OSError):
            self.close()  # the disk is full, or can't be written: go on in memory
        self._leave_file()
        refresh(self._engine, self._home)
