"""Joins that no run can answer: their query, their order, what they take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from attrs import evolve

from polyaxon_sdk.compiler.searching import wrong_paths
from polyaxon_sdk.exceptions import InputError, did_you_mean
from polyaxon_sdk.polyflow import Problem, is_template
from polyaxon_sdk.polyflow.problems import Path

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow import V1Join

__all__ = ["query_doubts"]

_PARTS = ("files", "dirs")


def query_doubts(joins: Sequence[V1Join], inputs: Sequence[str]) -> Iterator[Problem]:
    """What is wrong with the queries and sorts of joins, as searching would tell it, and with what they take.

    Args:
        inputs: the names of the operation's inputs; what is taken for one of them is checked, not doubted.

    >>> from polyaxon_sdk.polyflow import V1Join
    >>> [problem.what for problem in query_doubts([V1Join(query="statuss:succeeded")], [])]
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
        yield from _taken(join, ("joins", position), inputs)


def _taken(join: V1Join, path: Path, inputs: Sequence[str]) -> Iterator[Problem]:
    """Limits that leave nothing, and params that no run has a value for."""
    for key, least in (("limit", 1), ("offset", 0)):
        amount = getattr(join, key)
        if isinstance(amount, int) and amount < least:
            yield Problem(what=f"{amount} is not allowed", path=(*path, key), expected=f"{least} or more")
    if join.params == {}:
        yield Problem(what="nothing is collected", path=(*path, "params"), expected="names and paths")
    for name, param in (join.params or {}).items():
        if isinstance(param.value, dict):
            if unknown := [str(key) for key in param.value if key not in _PARTS]:
                hint = did_you_mean(unknown[0], _PARTS)
                place = (*path, "params", name, "value", unknown[0])
                yield Problem(what="unknown field", path=place, expected="files or dirs", hint=hint)
            elif not param.value:
                place = (*path, "params", name)
                yield Problem(what="neither files nor dirs", path=place, expected="one of them")
        elif name not in inputs:
            for problem in wrong_paths(name, param, None):
                yield evolve(problem, path=(*path, *problem.path))


def _problem(error: InputError, position: int, key: str, where: str | None) -> Problem:
    place = where.removeprefix("query, ") if where else None
    told = ": ".join(part for part in (place, error.path, error.what) if part)
    return Problem(what=told, path=("joins", position, key), expected=error.expected, hint=error.hint)
