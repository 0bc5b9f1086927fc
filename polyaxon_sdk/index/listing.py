"""What the index answers: rows of runs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, literal, select, true

from polyaxon_sdk.index.filtering import Asking, condition_of
from polyaxon_sdk.index.keys import key_of
from polyaxon_sdk.index.ordering import ordered
from polyaxon_sdk.index.question import Question
from polyaxon_sdk.index.run_row import Listing, RunRow
from polyaxon_sdk.index.tables import documents, runs
from polyaxon_sdk.query import parse_query, parse_sort

__all__ = ["group_projects", "list_runs"]


def list_runs(connection: Connection, source: int, question: Question) -> Listing:
    """The page of the runs of a source that a question asks for.

    Raises:
        InputError: a mistake in the query, or an unknown field to sort by.
    """
    asking = Asking(question.now, question.me, lambda family, name: key_of(connection, family, name))
    wanted = and_(runs.c.source == source, *_asked(question, asking))
    # Counted on the way where a query has to be gone through; all runs are counted faster on their own.
    total = func.count().over() if question.query.strip() else literal(0)
    found = ordered(select(runs.c.id, total).where(wanted), parse_sort(question.sort), asking)
    page = connection.execute(found.limit(question.limit).offset(question.offset)).all()
    known = page[0][1] if page else 0
    return Listing(
        _rows(connection, [row[0] for row in page]),
        known or connection.scalar(select(func.count()).select_from(runs).where(wanted)) or 0,
    )


def group_projects(connection: Connection, source: int) -> dict[tuple[str, str], tuple[int, float | None]]:
    """How many runs of a source each project has, and when one of them last changed, by owner and name."""
    named = runs.c.owner, runs.c.project
    wanted = select(*named, func.count(), func.max(runs.c.updated_at)).where(runs.c.source == source)
    counted = connection.execute(wanted.group_by(*named)).all()
    return {
        (owner or "default", project or "default"): (runs_, last) for owner, project, runs_, last in counted
    }


def _asked(question: Question, asking: Asking) -> list[ColumnElement[bool]]:
    of_project = true() if question.project is None else runs.c.project == question.project
    if not question.query.strip():
        return [of_project]
    return [of_project, condition_of(parse_query(question.query), asking)]


def _rows(connection: Connection, ids: Sequence[int]) -> list[RunRow]:
    """The rows of some runs in their order."""
    columns = [*(runs.c[name] for name in _PLAIN), *(documents.c[name] for name in _JSON)]
    wanted = select(runs.c.id, *columns).join(documents, documents.c.run == runs.c.id)
    found = {}
    for start in range(0, len(ids), _BATCH):
        batch = wanted.where(runs.c.id.in_(ids[start : start + _BATCH]))
        found.update({row.id: _row(row) for row in connection.execute(batch)})
    return [found[each] for each in ids]


_BATCH = 1000
_JSON = ("tags", "inputs", "outputs")
_PLAIN = tuple(name for name in RunRow._fields if name not in _JSON)


def _row(row: Row[Any]) -> RunRow:
    values = dict(row._mapping)
    del values["id"]
    return RunRow(**{**values, **{name: json.loads(values[name]) for name in _JSON}})
