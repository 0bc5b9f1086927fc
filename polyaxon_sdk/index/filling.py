"""Writing runs into the index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Insert,
    Table,
    bindparam,
    delete,
    insert,
    literal_column,
    select,
)

from polyaxon_sdk.index.database import writing
from polyaxon_sdk.index.keys import Keys
from polyaxon_sdk.index.rows import Rows
from polyaxon_sdk.index.sets import Sets
from polyaxon_sdk.index.tables import artifacts, damages, documents, edges, entries, marks, runs, searching

__all__ = ["Filler", "drop_runs", "without_indexes"]


class Filler:
    """Writes runs of one source, each in place of what was known of it.

    Only in a transaction that no other writer runs beside.
    """

    def __init__(self, source: int) -> None:
        self._source = source
        self._keys = Keys()
        self._sets = Sets()

    def replace(self, connection: Connection, read: Sequence[Rows]) -> None:
        """Put runs in; those that are known already are replaced."""
        uuids = [str(rows.run["uuid"]) for rows in read]
        drop_runs(connection, self._source, uuids)
        if not read:
            return
        sets = self._sets.learn(connection, {rows.series for rows in read})
        of_runs = [{**rows.run, "source": self._source, "series": sets.get(rows.series)} for rows in read]
        connection.execute(insert(runs), of_runs)
        told = list(zip(_ids(connection, self._source, uuids), read, strict=True))
        floats, others = self._values(connection, told)
        _add(connection, _FLOATS, floats)
        _add(connection, _ENTRIES, others)
        connection.execute(insert(documents), [{**rows.document, "run": run} for run, rows in told])
        _insert(connection, artifacts, [{**row, "run": run} for run, rows in told for row in rows.artifacts])
        _insert(connection, edges, [{**row, "run": run} for run, rows in told for row in rows.edges])
        bad = [{"run": run, "what": "; ".join(rows.damage)} for run, rows in told if rows.damage]
        _insert(connection, damages, bad)

    def _values(
        self, connection: Connection, told: Sequence[tuple[int, Rows]]
    ) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
        """The entries of runs: the floats, and the others, as what stores them takes them."""
        shapes = {rows.floats.keys for _, rows in told}
        names = {each.key for _, rows in told for each in rows.entries}.union(*shapes)
        numbers = self._keys.learn(connection, names)
        of = {shape: [numbers[key] for key in shape] for shape in shapes}
        floats = [
            (run, key, number)
            for run, rows in told
            for key, number in zip(of[rows.floats.keys], rows.floats.numbers, strict=True)
        ]
        others = [
            (run, numbers[key], position, type_, number, text)
            for run, rows in told
            for key, position, type_, number, text in rows.entries
        ]
        return floats, others

    def note(self, connection: Connection, names: Sequence[str]) -> None:
        """Take change marks for read."""
        if not names:
            return
        mine = marks.c.source == self._source
        known = set(connection.scalars(select(marks.c.name).where(mine, marks.c.name.in_(names))))
        new = [{"source": self._source, "name": name} for name in names if name not in known]
        _insert(connection, marks, new)


def drop_runs(connection: Connection, source: int, uuids: Sequence[str]) -> None:
    """Take runs out."""
    wanted = select(runs.c.id).where(runs.c.source == source, runs.c.uuid.in_(uuids))
    if ids := connection.scalars(wanted).all():
        for column in (
            entries.c.run,
            artifacts.c.run,
            edges.c.run,
            documents.c.run,
            damages.c.run,
            runs.c.id,
        ):
            connection.execute(delete(column.table).where(column.in_(ids)))


@contextmanager
def without_indexes(engine: Engine, *, only_if: bool) -> Iterator[None]:
    """Fill tables faster; what speeds up searching is made again at the end, whatever happens.

    The database then counts its rows too: without, it searches a large index in the wrong order.
    """
    if not only_if:
        yield
        return
    with writing(engine) as connection:
        for each in searching:
            each.drop(connection, checkfirst=True)
    try:
        yield
    finally:
        with writing(engine) as connection:
            for each in searching:
                each.create(connection, checkfirst=True)
            connection.exec_driver_sql("ANALYZE")


def _ids(connection: Connection, source: int, uuids: Sequence[str]) -> list[int]:
    wanted = select(runs.c.uuid, runs.c.id).where(runs.c.source == source, runs.c.uuid.in_(uuids))
    found = {row.uuid: row.id for row in connection.execute(wanted)}
    return [found[uuid] for uuid in uuids]


_ENTRIES = insert(entries).values({column: bindparam(column.name) for column in entries.columns})
_FLOATS = (
    insert(entries)
    .inline()
    .values(
        run=bindparam("run"),
        key=bindparam("key"),
        position=literal_column("0"),
        type=literal_column("'f'"),
        number=bindparam("number"),
    )
)
"""What is the same in nearly all rows is said once, and not bound to each."""


def _add(connection: Connection, statement: Insert, rows: list[tuple[Any, ...]]) -> None:
    """Store rows, as many as the statement has parameters of each: a hundred times as many as of any other table."""
    if rows:
        # Through the driver itself: reading each of millions of rows as a mapping takes longer than storing it.
        compiled = statement.compile(dialect=connection.dialect)
        names = list(compiled.params)
        told = rows if compiled.positiontup else [dict(zip(names, row, strict=True)) for row in rows]
        connection.exec_driver_sql(str(compiled), told)


def _insert(connection: Connection, table: Table, rows: list[dict[str, object]]) -> None:
    if rows:
        connection.execute(insert(table), rows)
