"""Names of values in a question that no run has: which ones may be meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, select

from polyaxon_sdk.exceptions import did_you_mean
from polyaxon_sdk.index.advice import advice_on
from polyaxon_sdk.index.places import KeysOf
from polyaxon_sdk.index.question import Question
from polyaxon_sdk.index.tables import keys
from polyaxon_sdk.query import Found, conditions_of, filter_of, parse_query, parse_sort

__all__ = ["hints", "hints_of_project"]


def hints(
    connection: Connection, question: Question, keys_of: KeysOf, *, found_none: bool
) -> tuple[str, ...]:
    """A line for each name of a metric, an input and the like that no run has, and what else explains an empty answer.

    Args:
        connection: to the index.
        question: one without a mistake.
        keys_of: looks keys up.
        found_none: whether nothing was found; a name that is like no other is told only then.
    """
    lines = {}
    for written, found in _named(question):
        if found.key is None or keys_of(found.field.name, found.key):
            continue
        known = connection.scalars(select(keys.c.name).where(keys.c.family == found.field.name)).all()
        hint = did_you_mean(found.key, known)
        if hint or found_none:
            lines[written] = f"no run has {written!r}{hint}"
    if found_none and question.query.strip():
        lines.update((line, line) for line in advice_on(parse_query(question.query)))
    return tuple(lines.values())


def hints_of_project(project: str, projects: Iterable[str]) -> tuple[str, ...]:
    """A line for a project that none of `projects` is, but one is like; without an owner.

    >>> hints_of_project("facs", ["faces", "digits"]), hints_of_project("faces", ["faces"])
    (("no run is in project 'facs', did you mean 'faces'?",), ())
    """
    name = project.rpartition("/")[2]
    known = list(projects)
    hint = did_you_mean(name, known) if name and name not in known else ""
    return (f"no run is in project {name!r}{hint}",) if hint else ()


def _named(question: Question) -> Iterator[tuple[str, Found]]:
    """The fields that hold values by name, as the question writes them; not those that are to hold none."""
    if question.query.strip():
        for condition in conditions_of(parse_query(question.query)):
            found, operation = filter_of(condition)
            if found.field.keyed and (operation.op != "nil" or operation.negation):
                yield condition.field, found
    for key in parse_sort(question.sort):
        if key.found.field.keyed:
            yield key.written, key.found
