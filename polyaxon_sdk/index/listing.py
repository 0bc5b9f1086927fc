"""What the index answers: rows of runs, newest first."""

from __future__ import annotations

import json

from sqlalchemy import ColumnElement, Connection, Row, func, select, true

from polyaxon_sdk.exceptions import InputError, did_you_mean
from polyaxon_sdk.index.run_row import Descendant, Listing, RunRow
from polyaxon_sdk.index.tables import runs

__all__ = ["list_descendants", "list_runs"]

_SORTABLE = (
    "created_at",
    "updated_at",
    "started_at",
    "finished_at",
    "name",
    "kind",
    "runtime",
    "uuid",
    "duration",
    "wait_time",
    "status",
    "user",
    "project",
)


def list_runs(
    connection: Connection, *, project: str | None, sort: str, limit: int | None, offset: int
) -> Listing:
    """The runs of `project`, or of all, in the order of `sort`: a comma list, `-` before what goes down.

    Raises:
        InputError: an unknown field to sort by.
    """
    wanted = true() if project is None else runs.c.project == project
    total = connection.scalar(select(func.count()).select_from(runs).where(wanted))
    columns = [runs.c[name] for name in RunRow._fields]
    page = select(*columns).where(wanted).order_by(*_order(sort)).limit(limit).offset(offset)
    return Listing([_row(row) for row in connection.execute(page)], total or 0)


def list_descendants(connection: Connection, uuid: str) -> list[Descendant]:
    """The runs whose original is `uuid`, oldest first."""
    columns = [runs.c[name] for name in Descendant._fields]
    found = select(*columns).where(runs.c.original == uuid).order_by(runs.c.created_at, runs.c.uuid)
    return [Descendant(**row._mapping) for row in connection.execute(found)]


def _order(sort: str) -> list[ColumnElement[object]]:
    order: list[ColumnElement[object]] = []
    for word in filter(None, (part.strip() for part in sort.split(","))):
        name = word.removeprefix("-")
        if name not in _SORTABLE:
            raise InputError(
                f"can't sort by {name!r}",
                expected=f"one of {', '.join(_SORTABLE)}",
                hint=did_you_mean(name, _SORTABLE),
            )
        column = runs.c[name]
        order.append((column.desc() if word != name else column.asc()).nulls_last())
    # Runs of equal value keep one order, so that pages neither repeat nor miss one.
    return [*order, runs.c.created_at.desc(), runs.c.uuid]


def _row(row: Row[tuple[object, ...]]) -> RunRow:
    values = dict(row._mapping)
    return RunRow(**{**values, **{name: json.loads(values[name]) for name in ("tags", "inputs", "outputs")}})
