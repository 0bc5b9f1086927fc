"""What the index answers: rows of runs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache, partial
from typing import Any

from attrs import evolve
from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, or_, select

from polyaxon_sdk.index.damaged import damaged_beside
from polyaxon_sdk.index.filtering import Asking, condition_of, runs_meeting
from polyaxon_sdk.index.hints import hints, hints_of_project
from polyaxon_sdk.index.keys import keys_of
from polyaxon_sdk.index.ordering import NEWEST, first_by_number, ordered
from polyaxon_sdk.index.question import Question
from polyaxon_sdk.index.rows import as_text
from polyaxon_sdk.index.run_row import Listing, RunRow
from polyaxon_sdk.index.tables import damages, documents, edges, runs, sources
from polyaxon_sdk.query import parse_query, parse_sort
from polyaxon_sdk.runs.outputs import Outputs

__all__ = ["group_projects", "list_runs"]


def list_runs(connection: Connection, source: int, question: Question) -> Listing:
    """The page of the runs of a source that a question asks for.

    Raises:
        InputError: a mistake in the query, or an unknown field to sort by.
    """
    known = cache(partial(keys_of, connection))
    last, homes = connection.execute(_KNOWN).one()
    asking = Asking(
        question.now,
        question.me,
        known,
        None if (last or 0) < _FEW else lambda rows, most: _counted(connection, rows.limit(most)),
        lambda rows: connection.scalar(rows.limit(1)) is not None,
    )
    met = _met(question, asking)
    asked = _asked(question, asking) if met is None else [runs.c.id.in_(met)]
    wanted = and_(runs.c.source == source, *asked)
    counted = select(func.count()).select_from(runs).where(wanted)
    if met is not None and homes == 1:
        counted = met.with_only_columns(func.count(met.selected_columns.run.distinct()))
    total = connection.scalar(counted) or 0
    keys = parse_sort(question.sort)
    page = _leading(connection, source, question, asking) if _are_many(total, question) else None
    if page is None:
        found = ordered(select(runs.c.id).where(wanted), keys, asking)
        page = connection.scalars(found.limit(question.limit).offset(question.offset)).all()
    beside = damaged_beside(connection, and_(runs.c.source == source, *_of_project(question.project)), page)
    told = hints(connection, question, known, found_none=not total)
    if question.project is not None and not total:
        told += hints_of_project(question.project, (name for _, name in group_projects(connection, source)))
    return Listing(_rows(connection, page), total, told, beside)


def _are_many(total: int, question: Question) -> bool:
    """Whether the first of them are likely to be found early."""
    return question.limit is not None and total >= _MANY * (question.offset + question.limit)


def _leading(connection: Connection, source: int, question: Question, asking: Asking) -> Sequence[int] | None:
    """The page as an index leads to its runs; None where it leads to too few."""
    leading = first_by_number(connection, parse_sort(question.sort), asking)
    if leading is None:
        return None
    asked = _asked(question, evolve(asking, beside=leading.run))
    found = select(runs.c.id).where(leading.here, runs.c.id == leading.run, runs.c.source == source, *asked)
    found = found.order_by(leading.order, *NEWEST).limit(question.limit).offset(question.offset)
    page = connection.scalars(found).all()
    return page if len(page) == question.limit else None


def group_projects(connection: Connection, source: int) -> dict[tuple[str, str], tuple[int, float | None]]:
    """How many runs of a source each project has, and when one of them last changed, by owner and name."""
    named = runs.c.owner, runs.c.project
    wanted = select(*named, func.count(), func.max(runs.c.updated_at)).where(runs.c.source == source)
    counted = connection.execute(wanted.group_by(*named)).all()
    return {
        (owner or "default", project or "default"): (runs_, last) for owner, project, runs_, last in counted
    }


def _counted(connection: Connection, rows: Select[Any]) -> int:
    return connection.scalar(select(func.count()).select_from(rows.subquery())) or 0


def _asked(question: Question, asking: Asking) -> list[ColumnElement[bool]]:
    here = [*_of_project(question.project)]
    if question.cwd is not None:
        here.append(runs.c.cwd == as_text(question.cwd))
    if not question.query.strip():
        return here
    return [*here, condition_of(parse_query(question.query), asking)]


def _met(question: Question, asking: Asking) -> Select[Any] | None:
    """The runs that are asked for, where nothing but their entries tells which."""
    if question.project is not None or question.cwd is not None or not question.query.strip():
        return None
    return runs_meeting(parse_query(question.query), asking)


def _of_project(project: str | None) -> Iterator[ColumnElement[bool]]:
    if project is None:
        return
    text = as_text(project)
    owner, slash, name = text.rpartition("/")
    if not slash:
        yield runs.c.project == text
    elif not name:
        yield runs.c.owner == owner
    else:  # what other tools call a project, and was brought in, may have a slash in it
        yield or_(and_(runs.c.project == name, runs.c.owner == owner), runs.c.project == text)


def _rows(connection: Connection, ids: Sequence[int]) -> list[RunRow]:
    """The rows of some runs in their order."""
    found = {}
    for start in range(0, len(ids), _BATCH):
        batch = connection.execute(_ROWS, {"ids": ids[start : start + _BATCH]})
        found.update({number: _row(values) for number, *values in batch})
    return [found[each] for each in ids]


_BATCH = 1000
_MANY = 100
_FEW = 5_000
"""Runs of an index that takes longer to say how many of them meet a condition than to look at them all."""
_KNOWN = select(func.max(runs.c.id), select(func.count()).select_from(sources).scalar_subquery())
"""The last run, and how many homes the index holds the runs of."""
_JSON = ("tags", "inputs", "outputs")
_PIPELINE = (
    select(func.min(edges.c.upstream))
    .where(edges.c.run == runs.c.id, edges.c.kind == "pipeline")
    .scalar_subquery()
)
_ELSEWHERE = {"pipeline": _PIPELINE, "damage": damages.c.what, **{name: documents.c[name] for name in _JSON}}
_ROWS = (
    select(
        runs.c.id,
        *(_ELSEWHERE[name] if name in _ELSEWHERE else runs.c[name] for name in RunRow._fields),
    )
    .join(documents, documents.c.run == runs.c.id)
    .outerjoin(damages, damages.c.run == runs.c.id)
    .where(runs.c.id.in_(bindparam("ids", expanding=True)))
)
"""What is told of a run, in the order in which it is told; its damage is known of few."""


def _row(values: Sequence[Any]) -> RunRow:
    row = RunRow(*values)
    read = {name: json.loads(getattr(row, name)) for name in _JSON}
    return row._replace(**{**read, "outputs": Outputs(read["outputs"])})
