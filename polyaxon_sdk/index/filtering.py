"""A query as a condition on the runs of the index: the same meaning as `query.predicate`, in SQL.

Every value is bound; none is ever pasted into a statement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from attrs import evolve, frozen
from sqlalchemy import ColumnElement, FromClause, Select, and_, false, not_, or_, select, true

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.index.meeting import meets
from polyaxon_sdk.index.places import OWNED_PROJECT, Cell, Entries, Expression, KeysOf, Place, place_of
from polyaxon_sdk.index.tables import entries, runs
from polyaxon_sdk.query import (
    ANY,
    RUNS,
    And,
    Condition,
    Family,
    Node,
    Operation,
    conditions_of,
    filter_of,
)
from polyaxon_sdk.query.operations import OPPOSITES

__all__ = ["MAX_CONDITIONS", "Asking", "condition_of", "runs_meeting"]

MAX_CONDITIONS = 500
"""How many conditions a query of the index may have: databases bound how deep a statement goes."""

_COUNTED = 20_000
"""Entries that are counted to know which of several conditions leads to fewer runs: a millisecond."""

_JOINED = 5
"""Tables that are joined, whose indexes a database chooses between; it takes long to choose for many."""

_FIRST, *_OTHERS = (entries.alias(f"entries_{number}") for number in range(_JOINED + 1))


@frozen
class Asking:
    """What the meaning of a query hangs on besides its text.

    Args:
        now: what `last_month` counts back from, in seconds since the epoch.
        me: the user who asks, for `mine`.
        keys_of: looks keys up.
        count_of: how many rows a selection has, up to a number; None where there are few of whatever is selected.
        has_any: whether a selection has rows.
        beside: a column of runs of another table, where each run is looked at by itself as that table leads to it.
    """

    now: float
    me: str | None
    keys_of: KeysOf
    count_of: Callable[[Select[Any], int], int] | None
    has_any: Callable[[Select[Any]], bool]
    beside: Expression | None = None


@frozen
class _Asked:
    """A condition, and where the index keeps what it is about."""

    family: Family
    keyed: bool
    operation: Operation
    place: Place

    @property
    def is_search(self) -> bool:
        """Whether runs are found by it: an index leads to their entries."""
        is_kept = isinstance(self.place, Entries) and bool(self.place.keys)
        return (
            is_kept
            and not self.operation.negation
            and self.operation is not ANY
            and self.operation.op != "nil"
        )


def condition_of(query: Node, asking: Asking) -> ColumnElement[bool]:
    """The condition on a row of `runs` that a query stands for.

    Raises:
        InputError: an unknown field, an operation or a value that it does not have, or too many conditions.
    """
    asked = sum(1 for _ in conditions_of(query))
    if asked > MAX_CONDITIONS:
        raise InputError(
            f"a query of {asked} conditions",
            expected=f"at most {MAX_CONDITIONS}; many values of one field go into one: uuid:a|b|c",
        )
    return _node(query, asking)


def runs_meeting(query: Node, asking: Asking) -> Select[Any] | None:
    """The runs that meet a query, each any number of times, where it is of a few conditions on entries that all have to
    hold; None for any other query.

    They are counted in two thirds of the time that it takes to look each of them up among the runs.

    Raises:
        InputError: as `condition_of`.
    """
    terms = query.terms if isinstance(query, And) else (query,)
    asked = [_asked(term, asking) for term in terms if isinstance(term, Condition)]
    if not len(asked) == len(terms) <= _JOINED or not all(isinstance(each.place, Entries) for each in asked):
        return None
    rarest = _rarest(asked, asking)
    return None if rarest is None else _together(rarest, _without_one(asked, rarest), asking.now)


def _node(query: Node, asking: Asking) -> ColumnElement[bool]:
    if isinstance(query, Condition):
        return _condition(_asked(query, asking), asking.now)
    if isinstance(query, And):
        return and_(*_all(query.terms, asking))
    return or_(*(_node(term, asking) for term in query.terms))


def _all(terms: Iterable[Node], asking: Asking) -> Iterator[ColumnElement[bool]]:
    """Terms that all have to hold: what is said of entries is looked up beside the rarest of them.

    A list of the runs of each condition would be made of many runs, most of which another condition leaves out.
    """
    asked = [_asked(term, asking) if isinstance(term, Condition) else term for term in terms]
    of_entries = [each for each in asked if isinstance(each, _Asked) and isinstance(each.place, Entries)]
    rarest = _rarest(of_entries, asking)
    for each in asked:
        if not isinstance(each, _Asked):
            yield _node(each, asking)
        elif rarest is None or not isinstance(each.place, Entries):
            yield _condition(each, asking.now)
    if rarest is not None:
        yield runs.c.id.in_(_together(rarest, _without_one(of_entries, rarest), asking.now))


def _without_one(asked: Iterable[_Asked], one: _Asked) -> list[_Asked]:
    return [each for each in asked if each is not one]


def _rarest(of_entries: Sequence[_Asked], asking: Asking) -> _Asked | None:
    """The condition that the fewest runs meet; None where there is nothing to choose."""
    searches = [each for each in of_entries if each.is_search]
    if len(of_entries) < 2 or not searches:
        return None
    if (count_of := asking.count_of) is None:
        return searches[0]
    rarest, fewest = searches[0], _COUNTED
    for each in searches:
        count = count_of(_rows(each, entries, asking.now), fewest)
        if count < fewest:
            rarest, fewest = each, count
    return rarest


def _rows(asked: _Asked, table: FromClause, now: float) -> Select[Any]:
    """The entries that meet a condition."""
    return select(table.c.run).where(*_of(asked, table, now))


def _of(asked: _Asked, table: FromClause, now: float) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    here = asked.place.of(table) if isinstance(asked.place, Entries) else false()
    cell = Cell(table.c.number, table.c.text, table.c.type)
    return here, meets(asked.operation, asked.family, cell, now)


def _together(rarest: _Asked, others: Sequence[_Asked], now: float) -> Select[Any]:
    """The runs that meet several conditions on entries."""
    found = _rows(rarest, _FIRST, now)
    joined = [each for each in others if each.is_search][:_JOINED]
    for each, table in zip(joined, _OTHERS, strict=False):
        found = found.join(table, and_(table.c.run == _FIRST.c.run, *_of(each, table, now)))
    beside = [
        evolve(each, place=each.place.beside(_FIRST.c.run))
        for each in others
        if isinstance(each.place, Entries) and each not in joined
    ]
    return found.where(*(_condition(each, now) for each in beside))


def _asked(condition: Condition, asking: Asking) -> _Asked:
    found, operation = filter_of(condition)
    if operation.negation and operation.op in OPPOSITES:
        operation = evolve(operation, op=OPPOSITES[operation.op], negation=False)
    says_whose = found == RUNS.find("project") and any("/" in each.text for each in operation.operands)
    place = OWNED_PROJECT if says_whose else place_of(found, asking.keys_of, asking.me)
    if asking.beside is not None and isinstance(place, Entries):
        place = place.beside(asking.beside)
    return _Asked(found.family, found.field.keyed, operation, place)


def _condition(asked: _Asked, now: float) -> ColumnElement[bool]:
    operation, place = asked.operation, asked.place
    if operation is ANY:
        return true()
    if operation.op == "nil":
        return place.held() if operation.negation else not_(place.held())
    passing = place.any(lambda cell: meets(operation, asked.family, cell, now))
    if not operation.negation:
        return passing
    return _without(place, passing, keyed=asked.keyed)


def _without(place: Place, passing: ColumnElement[bool], *, keyed: bool) -> ColumnElement[bool]:
    return and_(place.held(), not_(passing)) if keyed else not_(passing)
