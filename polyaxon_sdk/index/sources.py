"""The homes whose runs an index holds."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, delete, insert, select, update

from polyaxon_sdk.index.database import writing
from polyaxon_sdk.index.filling import drop_runs
from polyaxon_sdk.index.sets import drop_unused
from polyaxon_sdk.index.tables import marks, runs, sources

__all__ = ["forget", "source_number"]

_BATCH = 500


def source_number(engine: Engine, place: str) -> int:
    """The number of a home, given at the first time."""
    with engine.connect() as connection:
        found = _found(connection, place)
    if found is None:
        with writing(engine) as connection:
            if _found(connection, place) is None:  # unless another reader gave one meanwhile
                connection.execute(insert(sources).values(place=place, folders_at=0, listed=0))
            found = _found(connection, place)
    return found or 0


def _found(connection: Connection, place: str) -> int | None:
    return connection.scalar(select(sources.c.id).where(sources.c.place == place))


def forget(engine: Engine, source: int) -> None:
    """Drop all that is known of a home, so that the next refresh reads it whole."""
    with writing(engine) as connection:
        wanted = select(runs.c.uuid).where(runs.c.source == source).limit(_BATCH)
        while uuids := connection.scalars(wanted).all():
            drop_runs(connection, source, uuids)
        drop_unused(connection)
        connection.execute(delete(marks).where(marks.c.source == source))
        connection.execute(update(sources).where(sources.c.id == source).values(folders_at=0, listed=0))
