"""Lists that lie in files, narrowed by a query: projects, versions, the artifacts of a run."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, TypeVar

from polyaxon_sdk.client.answers import Answers
from polyaxon_sdk.exceptions import InputError, did_you_mean
from polyaxon_sdk.index.page import bounded, check_asked
from polyaxon_sdk.query import Collection, Record, in_order, parse_query, parse_sort, predicate
from polyaxon_sdk.runs.names import file_name
from polyaxon_sdk.runs.user import user_name

__all__ = ["Wanted", "narrowed", "record_of_artifact", "record_of_project", "record_of_version", "said_in"]

T = TypeVar("T")


class Wanted(NamedTuple):
    """Which of a list are asked for.

    Attributes:
        query: in the query language; all where there is none.
        sort: fields with commas, `-` before what goes down; the list's own order where there is none.
        limit: how many at most.
        offset: how many to pass over.
    """

    query: str | None = None
    sort: str | None = None
    limit: int | None = None
    offset: int | None = None


def narrowed(
    items: Iterable[T], record_of: Callable[[T], Record], collection: Collection, wanted: Wanted
) -> Answers[T]:
    """Those of a list that are asked for, in the order that is asked for.

    Raises:
        InputError: a mistake in the query, an unknown field to sort by, or a limit or an offset below 0.

    >>> from polyaxon_sdk.query import ARTIFACTS
    >>> narrowed([{"name": "a"}, {"name": "b"}], dict, ARTIFACTS, Wanted("name:b"))
    [{'name': 'b'}]
    """
    check_asked(wanted.query, wanted.sort)
    limit, start = bounded(wanted.limit, wanted.offset)
    keys = () if wanted.sort is None else parse_sort(wanted.sort, collection)
    is_asked = None
    if wanted.query and wanted.query.strip():
        is_asked = predicate(parse_query(wanted.query), now=time.time(), collection=collection)
    listed = list(items)
    records = [{**record_of(item), _PLACE: place} for place, item in enumerate(listed)]
    kept = [record for record in records if is_asked is None or is_asked(record)]
    found = [listed[int(str(record[_PLACE]))] for record in in_order(kept, keys)]
    page = found[start:] if limit is None else found[start : start + limit]
    return Answers(page, damaged=items.damaged if isinstance(items, Answers) else ())


_PLACE = ""
"""Under which a record tells its place in the list; no field has that name."""


def record_of_project(row: Mapping[str, object]) -> Record:
    """A row of the list of projects as queries see it (semantics 4.2)."""
    me = {"username": user_name()}
    return {**row, "live_state": "live", "user": me, "contributors": me}


def record_of_version(view: Mapping[str, object]) -> Record:
    """What a version's file holds as queries see it."""
    known = view.get("meta_info")
    told = known if isinstance(known, Mapping) else {}
    artifacts = told.get("artifacts")
    made_of = [each for each in artifacts if isinstance(each, Mapping)] if isinstance(artifacts, list) else []
    run = told.get("run")
    name = run.get("name") if isinstance(run, Mapping) else None
    me = {"username": user_name()}
    return {
        **view,
        "project": {"name": view.get("project")},
        "run": {"uuid": view.get("run"), "name": name},
        "state": [each.get("hash") for each in made_of],
        "live_state": "live",
        "user": me,
        "contributors": me,
    }


def record_of_artifact(artifact: Mapping[str, object]) -> Record:
    """An artifact of a run's lineage as queries see it: a series has the name of its file too."""
    name, summary = artifact.get("name"), artifact.get("summary")
    is_series = isinstance(summary, Mapping) and bool(summary.get("is_event"))
    names = [name, file_name(str(name))] if is_series else name
    return {**artifact, "name": names, "is_input": bool(artifact.get("is_input"))}


def said_in(data: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """What a mapping says, where all that it says can be said.

    Raises:
        InputError: something else is in it.

    >>> said_in({"description": "best"}, ["description", "tags"])
    {'description': 'best'}
    """
    known = list(names)
    for name in data:
        if name not in known:
            hint = did_you_mean(name, known)
            raise InputError(f"{name!r} can't be changed", expected=f"one of {', '.join(known)}", hint=hint)
    return dict(data)
