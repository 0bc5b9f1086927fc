"""Writing runs into the index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, insert, select

from polyaxon_sdk.index.database import writing
from polyaxon_sdk.index.keys import Keys
from polyaxon_sdk.index.rows import Rows
from polyaxon_sdk.index.tables import artifacts, damages, documents, edges, entries, marks, runs, searching

__all__ = ["Filler", "drop_runs", "without_indexes"]


class Filler:
    """Writes runs of one source, each in place of what was known of it.

    Only in a transaction that no other writer runs beside.
    """

    def __init__(self, source: int) -> None:
        self._source = source
        self._keys = Keys()

    def replace(self, connection: Connection, read: Sequence[Rows]) -> None:
        """Put runs in; those that are known already are replaced."""
        uuids = [str(rows.run["uuid"]) for rows in read]
        drop_runs(connection, self._source, uuids)
        if not read:
            return
        connection.execute(insert(runs), [{**rows.run, "source": self._source} for rows in read])
        ids = _ids(connection, self._source, uuids)
        numbers = self._keys.learn(connection, {each.key for rows in read for each in rows.entries})
        values = [
            (run, numbers[key], position, type_, number, text)
            for run, rows in zip(ids, read, strict=True)
            for key, position, type_, number, text in rows.entries
        ]
        _add(connection, entries, values)
        told = list(zip(ids, read, strict=True))
        connection.execute(insert(documents), [{**rows.document, "run": run} for run, rows in told])
        _insert(connection, artifacts, [{**row, "run": run} for run, rows in told for row in rows.artifacts])
        _insert(connection, edges, [{**row, "run": run} for run, rows in told for row in rows.edges])
        bad = [{"run": run, "what": "; ".join(rows.damage)} for run, rows in told if rows.damage]
        _insert(connection, damages, bad)

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


def _add(connection: Connection, table: Table, rows: list[tuple[Any, ...]]) -> None:
    """Insert rows given in the order of the columns, a hundred times as many as of any other table."""
    if rows:
        # Through the driver itself: reading each of millions of rows as a mapping takes longer than storing it.
        statement = insert(table).compile(dialect=connection.dialect)
        sign = statement.positiontup
        connection.exec_driver_sql(str(statement), rows if sign else [_named(table, row) for row in rows])


def _named(table: Table, row: tuple[Any, ...]) -> dict[str, Any]:
    return dict(zip((column.name for column in table.columns), row, strict=True))


def _insert(connection: Connection, table: Table, rows: list[dict[str, object]]) -> None:
    if rows:
        connection.execute(insert(table), rows)
