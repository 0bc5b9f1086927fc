"""Joins whose query or order no run can answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import Problem, is_template

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow import V1Join

__all__ = ["query_doubts"]


def query_doubts(joins: Sequence[V1Join]) -> Iterator[Problem]:
    """What is wrong with the queries and sorts of joins, as searching would tell it.

    >>> from polyaxon_sdk.polyflow import V1Join
    >>> [problem.what for problem in query_doubts([V1Join(query="statuss:succeeded")])]
    ["character 1: no run has a field 'statuss'"]
    """
    from polyaxon_sdk.query import filters_of, parse_query, parse_sort  # the grammar costs 30 ms

    for position, join in enumerate(joins):
        try:
            if not is_template(join.query):
                filters_of(parse_query(join.query))
        except InputError as error:
            yield _problem(error, position, "query", error.where)
        try:
            if join.sort is not None and not is_template(join.sort):
                parse_sort(join.sort)
        except InputError as error:
            yield _problem(error, position, "sort", None)


def _problem(error: InputError, position: int, key: str, where: str | None) -> Problem:
    place = where.removeprefix("query, ") if where else None
    told = ": ".join(part for part in (place, error.path, error.what) if part)
    return Problem(what=told, path=("joins", position, key), expected=error.expected, hint=error.hint)
