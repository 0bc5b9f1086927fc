"""Bringing an index up to date with the runs of a home."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, bindparam, delete, func, select, update

from polyaxon_sdk.index.damaged import looks_at_files, mended
from polyaxon_sdk.index.database import writing
from polyaxon_sdk.index.filling import Filler, drop_runs, without_indexes
from polyaxon_sdk.index.marks import read_marks, sweep
from polyaxon_sdk.index.reading import Readers, read_rows
from polyaxon_sdk.index.rows import Rows
from polyaxon_sdk.index.tables import marks, runs, sources
from polyaxon_sdk.index.unmarked import unmarked
from polyaxon_sdk.runs.filesystem import is_network
from polyaxon_sdk.runs.names import is_uuid

__all__ = ["refresh"]

_BATCH = 200
"""Runs read in one transaction, so that another reader waits a fraction of a second."""

_BATCH_OF_MANY = 1000
"""The same where several processes read."""

_LISTING_LASTS = 600 * 10**9
"""Nanoseconds after which an idle reader writes down again that it has listed the marks."""

_MANY = 2000
"""From this many changed runs on, several processes read; an empty index is filled without what speeds up searching."""

# Made once: each answer asks them first.
_TOLD = select(sources).where(sources.c.id == bindparam("of"))
_NAMES = select(func.aggregate_strings(marks.c.name, "/")).where(marks.c.source == bindparam("of"))
_FIRST = select(func.min(runs.c.id))


class _Known(NamedTuple):
    """What the index held before this refresh."""

    marks: frozenset[str]
    is_empty: bool


class _Moment(NamedTuple):
    """What was so at a refresh: where it is so again, there is nothing to read.

    Attributes:
        changes_at: when a mark last came or went.
        folders_at, listed: what the index says of its source.
        ongoing: the names of the records of runs that go on.
    """

    home: Path
    changes_at: int
    folders_at: int
    listed: int
    ongoing: frozenset[str]


_last: WeakKeyDictionary[Engine, dict[int, _Moment]] = WeakKeyDictionary()
"""The last refresh of this process, by database and source."""


def refresh(engine: Engine, home: Path, source: int) -> None:
    """Read the runs that changed since the last refresh, drop those whose folder is gone.

    Correct beside other refreshes: a run is read while the write lock is held, and a mark counts as read in
    the same transaction as its run, so that the row of a run never goes back in time.

    Args:
        source: the number of the home among the index's sources.
    """
    now = time.time_ns()
    changes_at, folders_at = (_changed_at(home / name, now) for name in ("changes", "runs"))
    ongoing, damaged = unmarked(engine, home, source), mended(engine, home, source)
    moment = _moment(engine, home, source)._replace(changes_at=changes_at, ongoing=frozenset(ongoing))
    is_told = folders_at == moment.folders_at and now - moment.listed <= _LISTING_LASTS
    if is_told and changes_at and folders_at and not damaged and _last.get(engine, {}).get(source) == moment:
        return
    known = _known(engine, source)
    found = read_marks(home)
    news = {**found.new(known.marks), **{name: ongoing[name] for name in ongoing.keys() - known.marks}}
    changed = {*news.values(), *damaged}
    gone: set[str] = set()
    if not found.complete_since(moment.listed):
        _, gone = _compare(engine, home, source)
        changed |= _folders(home)
    elif folders_at != moment.folders_at or folders_at == 0:
        new, gone = _compare(engine, home, source)
        changed |= new
    if changed:
        _read(engine, home, source, changed=changed, news=news, at_first=known.is_empty)
    stale = known.marks - found.names - ongoing.keys()
    if gone or stale or not is_told:
        told = {"folders_at": folders_at, "listed": now}
        _finish(engine, source, gone=gone, stale=stale, told=told)
        sweep(home, found.names)
        moment = moment._replace(folders_at=folders_at, listed=now)
    if not is_network(home):  # there it takes a while until one sees when a folder changed
        _last.setdefault(engine, {})[source] = moment


def _moment(engine: Engine, home: Path, source: int) -> _Moment:
    with engine.connect() as connection:
        told = connection.execute(_TOLD, {"of": source}).one()
        return _Moment(home, 0, told.folders_at, told.listed, frozenset())


def _known(engine: Engine, source: int) -> _Known:
    with engine.connect() as connection:
        names: str | None = connection.scalar(_NAMES, {"of": source})
        return _Known(
            marks=frozenset(names.split("/")) if names else frozenset(),
            is_empty=connection.scalar(_FIRST) is None,
        )


def _compare(engine: Engine, home: Path, source: int) -> tuple[set[str], set[str]]:
    """The runs that only the home holds, and those that only the index holds."""
    # Rows first: a run that another reader adds after this is then never taken for a deleted one.
    with engine.connect() as connection:
        indexed = set(connection.scalars(select(runs.c.uuid).where(runs.c.source == source)))
    there = _folders(home)
    return there - indexed, indexed - there


def _folders(home: Path) -> set[str]:
    try:
        return {name for name in os.listdir(home / "runs") if is_uuid(name)}
    except FileNotFoundError:
        return set()


def _changed_at(folder: Path, now: int) -> int:
    """When something was last made or deleted there; 0 where more may still be in the same tick of that clock."""
    try:
        changed = os.stat(folder).st_mtime_ns
    except FileNotFoundError:
        return 0
    return changed if now - changed > 2 * 10**9 else 0


def _read(
    engine: Engine, home: Path, source: int, *, changed: set[str], news: Mapping[str, str], at_first: bool
) -> None:
    names: dict[str, list[str]] = {}
    for name, uuid in news.items():
        names.setdefault(uuid, []).append(name)
    filler, are_many = Filler(source), len(changed) > _MANY
    with without_indexes(engine, only_if=at_first and are_many), _reading(home, are_many=are_many) as read:
        for batch in _batches(sorted(changed), _BATCH_OF_MANY if are_many else _BATCH):
            with writing(engine) as connection:
                for there in read(batch):
                    filler.replace(connection, there)
                filler.note(connection, [name for uuid in batch for name in names.get(uuid, ())])


@contextmanager
def _reading(home: Path, *, are_many: bool) -> Iterator[Callable[[Sequence[str]], Iterable[list[Rows]]]]:
    """What gives the rows of runs, some at a time: this process, or for many runs several beside it."""
    if not are_many:
        yield lambda uuids: [read_rows(home, uuids, looks=looks_at_files(home))]
        return
    with Readers(home) as readers:
        yield readers.read


def _finish(
    engine: Engine, source: int, *, gone: set[str], stale: frozenset[str], told: dict[str, int]
) -> None:
    with writing(engine) as connection:
        for batch in _batches(sorted(gone)):
            drop_runs(connection, source, batch)
        for batch in _batches(sorted(stale)):
            connection.execute(delete(marks).where(marks.c.source == source, marks.c.name.in_(batch)))
        connection.execute(update(sources).where(sources.c.id == source).values(told))


def _batches(items: Iterable[str], size: int = _BATCH) -> Iterator[Sequence[str]]:
    waiting = iter(items)
    while batch := list(islice(waiting, size)):
        yield batch
