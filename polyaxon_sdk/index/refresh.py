"""Bringing an index up to date with the runs of a home."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, Engine, Table, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as insert_or

from polyaxon_sdk.index.database import writing
from polyaxon_sdk.index.marks import Marks, read_marks, sweep
from polyaxon_sdk.index.rows import Rows, rows_of
from polyaxon_sdk.index.tables import about, artifacts, entries, marks, runs
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import is_uuid

__all__ = ["refresh"]

_BATCH = 200
"""Runs read in one transaction, so that another reader waits a fraction of a second."""

_LISTING_LASTS = 600 * 10**9
"""Nanoseconds after which an idle reader writes down again that it has listed the marks."""


class _Known(NamedTuple):
    """What the index held before this refresh."""

    marks: frozenset[str]
    folders_at: int
    listed: int


def refresh(engine: Engine, home: Path) -> None:
    """Read the runs that changed since the last refresh, drop those whose folder is gone.

    Correct beside other refreshes: a run is read while the write lock is held, and a mark counts as read in
    the same transaction as its run, so that the row of a run never goes back in time.
    """
    now = time.time_ns()
    known = _known(engine)
    found = read_marks(home)
    folders_at = _folders_at(home, now)
    changed = {uuid for name, uuid in found.uuids.items() if name not in known.marks}
    gone: set[str] = set()
    if not found.complete_since(known.listed):
        _, gone = _compare(engine, home)
        changed |= _folders(home)
    elif folders_at != known.folders_at or folders_at == 0:
        new, gone = _compare(engine, home)
        changed |= new
    _read(engine, home, changed=changed, found=found)
    stale = known.marks - found.uuids.keys()
    if gone or stale or folders_at != known.folders_at or now - known.listed > _LISTING_LASTS:
        _finish(engine, gone=gone, stale=stale, told={"folders_at": folders_at, "listed": now})
        sweep(home, found.uuids)


def _known(engine: Engine) -> _Known:
    with engine.connect() as connection:
        told = {row.key: row.value for row in connection.execute(select(about.c.key, about.c.value))}
        return _Known(
            marks=frozenset(connection.scalars(select(marks.c.name))),
            folders_at=int(told.get("folders_at", 0)),
            listed=int(told.get("listed", 0)),
        )


def _compare(engine: Engine, home: Path) -> tuple[set[str], set[str]]:
    """The runs that only the home holds, and those that only the index holds."""
    # Rows first: a run that another reader adds after this is then never taken for a deleted one.
    with engine.connect() as connection:
        indexed = set(connection.scalars(select(runs.c.uuid)))
    there = _folders(home)
    return there - indexed, indexed - there


def _folders(home: Path) -> set[str]:
    try:
        return {name for name in os.listdir(home / "runs") if is_uuid(name)}
    except FileNotFoundError:
        return set()


def _folders_at(home: Path, now: int) -> int:
    """When a run folder was last made or deleted; 0 where one may still be in the same tick of that clock."""
    try:
        changed = os.stat(home / "runs").st_mtime_ns
    except FileNotFoundError:
        return 0
    return changed if now - changed > 2 * 10**9 else 0


def _read(engine: Engine, home: Path, *, changed: Iterable[str], found: Marks) -> None:
    names: dict[str, list[str]] = {}
    for name, uuid in found.uuids.items():
        names.setdefault(uuid, []).append(name)
    waiting = iter(sorted(changed))
    while batch := list(islice(waiting, _BATCH)):
        with writing(engine) as connection:
            folders = [RunFolder(home / "runs" / uuid) for uuid in batch]
            _replace(connection, [rows_of(folder) for folder in folders if folder.path.is_dir()])
            _note(connection, [name for uuid in batch for name in names.get(uuid, ())])


def _replace(connection: Connection, read: Sequence[Rows]) -> None:
    _drop(connection, [str(rows.run["uuid"]) for rows in read])
    if not read:
        return
    connection.execute(insert(runs), [rows.run for rows in read])
    wanted = select(runs.c.uuid, runs.c.id).where(runs.c.uuid.in_([rows.run["uuid"] for rows in read]))
    ids = {row.uuid: row.id for row in connection.execute(wanted)}
    _add(
        connection, entries, [{**row, "run": ids[rows.run["uuid"]]} for rows in read for row in rows.entries]
    )
    _add(
        connection,
        artifacts,
        [{**row, "run": ids[rows.run["uuid"]]} for rows in read for row in rows.artifacts],
    )


def _add(connection: Connection, table: Table, rows: list[dict[str, object]]) -> None:
    if rows:
        connection.execute(insert(table), rows)


def _drop(connection: Connection, uuids: Sequence[str]) -> None:
    ids = select(runs.c.id).where(runs.c.uuid.in_(uuids)).scalar_subquery()
    for column in (entries.c.run, artifacts.c.run, runs.c.id):
        connection.execute(delete(column.table).where(column.in_(ids)))


def _note(connection: Connection, names: Sequence[str]) -> None:
    if names:
        connection.execute(insert_or(marks).on_conflict_do_nothing(), [{"name": name} for name in names])


def _finish(engine: Engine, *, gone: set[str], stale: frozenset[str], told: dict[str, int]) -> None:
    with writing(engine) as connection:
        for batch in _batches(sorted(gone)):
            _drop(connection, batch)
        for batch in _batches(sorted(stale)):
            connection.execute(delete(marks).where(marks.c.name.in_(batch)))
        connection.execute(delete(about).where(about.c.key.in_(told)))
        connection.execute(insert(about), [{"key": key, "value": str(value)} for key, value in told.items()])


def _batches(items: Sequence[str]) -> Iterable[Sequence[str]]:
    return (items[start : start + _BATCH] for start in range(0, len(items), _BATCH))
