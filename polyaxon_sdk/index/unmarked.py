"""Runs whose records change without a mark: run folders that are copied between homes while they go on, or by half."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import Engine, bindparam, select

from polyaxon_sdk.index.tables import runs

__all__ = ["unmarked"]

_MOST = 300
"""Runs that are looked at: those that were read last, as those that really go on have marks too."""

_ONGOING = (
    select(runs.c.uuid)
    .where(runs.c.source == bindparam("of"), runs.c.finished_at.is_(None))
    .order_by(runs.c.id.desc())
    .limit(_MOST)
)


def unmarked(engine: Engine, home: Path, source: int) -> dict[str, str]:
    """The run of each name that stands for the record of a run that is not over, as it is on the disk now.

    A name changes with the record, as that of a mark does: by the change time of its newest file, which no program
    that copies can set, and by what all of them hold.
    """
    with engine.connect() as connection:
        uuids = connection.scalars(_ONGOING, {"of": source}).all()
    return {name: uuid for uuid in uuids if (name := _name(home / "runs" / uuid / "record", uuid))}


def _name(record: Path, uuid: str) -> str:
    """What stands for a record as it is; empty where there is none."""
    try:
        with os.scandir(record) as entries:
            found = [entry.stat() for entry in entries]
    except OSError:
        return ""
    newest = max((each.st_ctime_ns for each in found), default=0)
    return f"{newest:020d}-{uuid}-{sum(each.st_size for each in found):x}"
