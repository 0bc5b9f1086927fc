"""A query as a condition on the runs of the index: the same meaning as `query.predicate`, in SQL.

Every value is bound; none is ever pasted into a statement.
"""

from __future__ import annotations

import json
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import isnan
from typing import Any

from attrs import evolve, frozen
from sqlalchemy import ColumnElement, FromClause, Select, and_, false, not_, or_, select, true

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.index.places import OWNED_PROJECT, Cell, Entries, Expression, KeysOf, Place, place_of
from polyaxon_sdk.index.rows import as_text
from polyaxon_sdk.index.tables import entries, runs
from polyaxon_sdk.query import (
    ANY,
    LAST_MONTH,
    RUNS,
    And,
    Condition,
    Family,
    Node,
    Op,
    Operand,
    Operation,
    conditions_of,
    filter_of,
    span,
)
from polyaxon_sdk.query.comparing import starts_in, text_of
from polyaxon_sdk.query.moments import MONTH
from polyaxon_sdk.query.operations import OPPOSITES

__all__ = ["MAX_CONDITIONS", "Asking", "condition_of", "runs_meeting"]

MAX_CONDITIONS = 500
"""How many conditions a query of the index may have: databases bound how deep a statement goes."""

_COUNTED = 20_000
"""Entries that are counted to know which of several conditions leads to fewer runs: a millisecond."""

_DIGITS = 32
"""Of a whole uuid."""

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
    return here, _test(asked.operation, asked.family, cell, now)


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
    passing = place.any(lambda cell: _test(operation, asked.family, cell, now))
    if not operation.negation:
        return passing
    return _without(place, passing, keyed=asked.keyed)


def _without(place: Place, passing: ColumnElement[bool], *, keyed: bool) -> ColumnElement[bool]:
    return and_(place.held(), not_(passing)) if keyed else not_(passing)


def _test(operation: Operation, family: Family, cell: Cell, now: float) -> ColumnElement[bool]:
    if family == "datetime":
        return _moment(operation, cell, now)
    return _TESTS[family](operation, cell)


_COMPARE: Mapping[Op, Callable[[Any, Any], ColumnElement[bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _text(operation: Operation, cell: Cell) -> ColumnElement[bool]:
    texts = [as_text(operand.text) for operand in operation.operands]
    if operation.op in {"%%", "_%", "%_"}:
        return _like(operation.op, texts[0].lower(), cell)
    # Said to be there, so that the index of those that are can be used.
    is_text = and_(cell.text.is_not(None), cell.text.in_(texts))
    return is_text if cell.type is None else or_(is_text, *_written(texts, cell.number, cell.type))


def _uuid(operation: Operation, cell: Cell) -> ColumnElement[bool]:
    # Between, as an index of the database leads there.
    starting = (
        cell.text.between(start.ljust(_DIGITS, "0"), start.ljust(_DIGITS, "f"))
        for start in starts_in(operation)
    )
    return or_(_text(operation, cell), *starting)


def _like(op: Op, part: str, cell: Cell) -> ColumnElement[bool]:
    small = cell.text if cell.small is None else cell.small
    if op == "%%":
        return small.contains(part, autoescape=True)
    return small.startswith(part, autoescape=True) if op == "_%" else small.endswith(part, autoescape=True)


def _written(texts: Iterable[str], value: Expression, type_: Expression) -> list[ColumnElement[bool]]:
    """That a number is written as one of `texts`: numbers are kept without their text."""
    return [
        and_(type_ == ("i" if isinstance(number, int) else "f"), value == float(number))
        for number in map(_canonical, texts)
        if number is not None
    ]


def _canonical(text: str) -> int | float | None:
    try:
        found = json.loads(text)
        is_it = isinstance(found, int | float) and not isinstance(found, bool) and text_of(found) == text
        return found if is_it and float(found) == found else None
    except (ValueError, OverflowError, RecursionError):
        return None


def _number(operation: Operation, cell: Cell) -> ColumnElement[bool]:
    compare = _COMPARE.get(operation.op)
    numbers = [number for operand in operation.operands if (number := operand.number) is not None]
    return or_(*(_compared(number, cell, compare) for number in numbers)) if numbers else false()


def _compared(
    number: float, cell: Cell, compare: Callable[[Any, Any], ColumnElement[bool]] | None
) -> ColumnElement[bool]:
    if isnan(number):
        return false() if compare else _is(cell, "x")
    return and_(cell.number.is_not(None), (compare or operator.eq)(cell.number, number))


def _value(operation: Operation, cell: Cell) -> ColumnElement[bool]:
    compare = _COMPARE.get(operation.op)
    numeric = tuple(operand for operand in operation.operands if _is_number(operand))
    if compare is None:
        as_number = [_number(Operation("|", numeric), cell)] if numeric else []
        return or_(_text(operation, cell), *as_number)
    if numeric:
        return _number(operation, cell)
    return and_(_is(cell, "t"), compare(cell.text, as_text(operation.operands[0].text)))


def _is(cell: Cell, type_: str) -> ColumnElement[bool]:
    return false() if cell.type is None else cell.type == type_


def _is_number(operand: Operand) -> bool:
    return operand.number is not None and not isinstance(operand.value, bool)


def _moment(operation: Operation, cell: Cell, now: float) -> ColumnElement[bool]:
    at = cell.number
    if operation.operands[0].text == LAST_MONTH:
        return at >= now - MONTH
    first, *rest = (span(operand.text) for operand in operation.operands)
    if rest:
        return and_(at >= first.start, at <= rest[0].start)
    compare = _COMPARE.get(operation.op)
    return compare(at, first.start) if compare else and_(at >= first.start, at < first.end)


def _truth(operation: Operation, cell: Cell) -> ColumnElement[bool]:
    is_false = and_(cell.number.is_not(None), cell.number == 0)
    if operation.operands[0].value:
        return or_(_is(cell, "x"), and_(cell.number.is_not(None), cell.number != 0))
    return is_false


_TESTS: Mapping[Family, Callable[[Operation, Cell], ColumnElement[bool]]] = {
    "search": _text,
    "word": _text,
    "uuid": _uuid,
    "value": _value,
    "scalar": _number,
    "memory": _number,
    "cpu": _number,
    "bool": _truth,
}
