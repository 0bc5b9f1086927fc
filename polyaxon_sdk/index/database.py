"""Opening the index's database, and making it anew where it is missing, damaged or of another version."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import lru_cache
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, StaticPool, create_engine, event, insert, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError

from polyaxon_sdk.exceptions import InputError, MissingExtraError, PolyaxonError
from polyaxon_sdk.index.tables import VERSION, about, leave_empty_out, metadata

__all__ = ["is_damage", "open_database", "open_server", "remake", "writing"]

_WAIT = 60.0
"""Seconds to wait for another process that writes."""

_CONNECTING = {"isolation_level": None, "timeout": _WAIT, "check_same_thread": False}
"""With isolation_level None the driver begins nothing by itself, so that `writing` decides how."""

_ENGINES = 16
"""Databases, each with some MB of compiled statements, that a process keeps in mind."""

_DAMAGE = frozenset({sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
"""What SQLite answers where a table is not there, or the file is none of its own."""

_PAGES = 65_536
"""KiB of a database that a process keeps at most."""

_INSTALL = "pip install 'polyaxon-sdk[postgresql]'"

_WRITERS = 0x706C78
"""The number of the lock that one writer at a time holds on a server."""


def open_database(file: Path | None) -> Engine:
    """The database in `file`, or one in memory; its tables are there.

    Raises:
        DatabaseError: the file can't be read or made.
    """
    engine = _engine(file)
    try:
        if not _is_current(engine):
            remake(engine, file)
    except (DatabaseError, OSError):
        engine.dispose()
        raise
    return engine


def open_server(url: str) -> Engine:
    """The database that a URL such as `postgresql://host/name` means; its tables are there.

    Raises:
        InputError: it is no URL of PostgreSQL.
        MissingExtraError: its driver is not installed.
        PolyaxonError: its index is of a later version, which colleagues use.
        DatabaseError: the server refuses.
    """
    engine = _server(url)
    with ExitStack() as refused, writing(engine) as connection:
        refused.callback(engine.dispose)
        about.create(connection, checkfirst=True)
        version = connection.scalar(select(about.c.value).where(about.c.key == "version"))
        if version is not None and int(version) > int(VERSION):
            raise PolyaxonError(
                f"the server keeps an index of version {version}, which is later than {VERSION}: upgrade polyaxon-sdk"
            )
        if version != VERSION:
            metadata.drop_all(connection)
            _fill(connection)
        refused.pop_all()
    return engine


def remake(engine: Engine, file: Path | None) -> None:
    """Start over with empty tables, unless another process did so meanwhile."""
    if file is None:
        _create(engine)
        return
    engine.dispose()
    with _alone(file):
        if _is_current(engine) and _is_whole(engine):
            return
        engine.dispose()
        for suffix in ("", "-wal", "-shm", "-journal"):
            file.with_name(file.name + suffix).unlink(missing_ok=True)
        _create(engine)


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that no other writer runs beside; committed at the end."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _WRITERS})
        yield connection
        connection.commit()


def is_damage(error: DatabaseError) -> bool:
    """Whether a new index would help."""
    return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in _DAMAGE


def _engine(file: Path | None) -> Engine:
    leave_empty_out("sqlite")
    if file is None:
        return create_engine("sqlite://", connect_args=_CONNECTING, poolclass=StaticPool)
    return _engine_of(file, os.getpid())


@lru_cache(maxsize=_ENGINES)
def _engine_of(file: Path, process: int) -> Engine:
    """What statements for a file are compiled by, which takes longer than most of them: kept from answer to answer.

    Who is done with it disposes of it, which closes the file and forgets no statement; no process takes over that of
    another. Any number of threads may use it.
    """
    del process
    engine = create_engine(f"sqlite:///{file}", connect_args=_CONNECTING, pool_size=0)
    event.listen(engine, "connect", _set_up)
    return engine


def _set_up(connection: DBAPIConnection, _record: object) -> None:
    """Let a connection hold what a query looks up here and there, of which 2 MB, as is usual, hold a part.

    Nor does it wait for the disk at each transaction: a machine that loses its power may forget the last ones, of
    which the next refresh reads the runs again, but never breaks the file.
    """
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA cache_size=-{_PAGES}")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.close()


def _server(url: str) -> Engine:
    try:
        found = make_url(url)
        if found.get_backend_name() != "postgresql":
            raise InputError(
                f"the index can't be kept in {found.get_backend_name()}",
                expected="postgresql://..., or no URL for a file of SQLite in the home",
            )
        leave_empty_out("postgresql")
        # The driver is named so that the oldest one, SQLAlchemy's own choice, isn't asked for.
        return _engine_at(found.set(drivername="postgresql+psycopg"), os.getpid())
    except (ArgumentError, NoSuchModuleError) as error:
        raise InputError("the index's URL can't be read", expected="postgresql://user@host/name") from error
    except ModuleNotFoundError as error:
        if error.name != "psycopg":
            raise
        raise MissingExtraError(f"psycopg is not installed: {_INSTALL}") from error


@lru_cache(maxsize=_ENGINES)
def _engine_at(url: URL, process: int) -> Engine:
    """The same of a server."""
    del process
    return create_engine(url, connect_args={"connect_timeout": 10}, pool_size=0)


def _is_current(engine: Engine) -> bool:
    try:
        with engine.connect() as connection:
            version = connection.scalar(select(about.c.value).where(about.c.key == "version"))
            return bool(version == VERSION)
    except DatabaseError as error:
        if is_damage(error):
            return False
        raise


def _is_whole(engine: Engine) -> bool:
    try:
        with engine.connect() as connection:
            return bool(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() == "ok")
    except DatabaseError:
        return False


def _create(engine: Engine) -> None:
    with closing(engine.raw_connection()) as connection:
        connection.cursor().execute("PRAGMA journal_mode=WAL")
    with writing(engine) as connection:
        _fill(connection)


def _fill(connection: Connection) -> None:
    metadata.create_all(connection)
    connection.execute(insert(about).values(key="version", value=VERSION))


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    with open(file.with_name(f"{file.name}.lock"), "ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
