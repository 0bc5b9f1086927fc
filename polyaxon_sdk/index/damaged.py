"""Runs of which not all can be read: what the index knows of them, and what is so by now."""

from __future__ import annotations

import time
from collections.abc import Collection
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, Engine, exists, select

from polyaxon_sdk.index.glance import damage_at_a_glance
from polyaxon_sdk.index.place import STORE
from polyaxon_sdk.index.run_row import MOST_DAMAGED
from polyaxon_sdk.index.tables import damages, runs
from polyaxon_sdk.runs.folder import RunFolder

__all__ = ["damage_now", "damaged_beside", "looks_at_files", "mended"]

_READ = 500
_ANY = select(damages.c.run).limit(1)


def damage_now(folder: RunFolder, *, is_over: bool = False) -> str | None:
    """What of a run is not what was written; None where all that was looked at is, or nothing is there.

    Args:
        folder: the run.
        is_over: whether nobody logs to it any more.
    """
    return damage_at_a_glance(folder, time.time_ns(), looks=looks_at_files(folder.home), is_over=is_over)


def looks_at_files(home: Path) -> bool:
    """Whether the runs of a home are here with all of their files: of those of a store only some are brought."""
    return not (home / STORE).is_file()


def mended(engine: Engine, home: Path, source: int) -> set[str]:
    """The runs that the index takes for damaged in another way than they are by now."""
    with engine.connect() as connection:
        known = _damaged(connection, runs.c.source == source)[:MOST_DAMAGED]
    return {uuid for _, uuid, what in known if damage_now(RunFolder(home / "runs" / uuid)) != what}


def damaged_beside(
    connection: Connection, wanted: ColumnElement[bool], page: Collection[int]
) -> tuple[tuple[str, str], ...]:
    """The damaged runs that are meant and not on a page, the newest first, with what of each is."""
    found = _damaged(connection, wanted)
    return tuple((uuid, what) for number, uuid, what in found if number not in page)[:MOST_DAMAGED]


def _damaged(connection: Connection, wanted: ColumnElement[bool]) -> list[tuple[int, str, str]]:
    """Number, uuid and damage of the damaged runs that are meant, the newest first."""
    if connection.scalar(_ANY) is None:
        return []
    # One by one: a database that joins would begin with all runs.
    is_meant = exists().where(runs.c.id == damages.c.run, wanted).correlate(damages)
    told = connection.execute(
        select(damages).where(is_meant).order_by(damages.c.run.desc()).limit(_READ)
    ).all()
    whats = {row.run: row.what for row in told}
    if not whats:
        return []
    meant = select(runs.c.id, runs.c.uuid).where(runs.c.id.in_(whats))
    found = connection.execute(meant.order_by(runs.c.created_at.desc(), runs.c.uuid)).all()
    return [(row.id, row.uuid, whats[row.id]) for row in found]
