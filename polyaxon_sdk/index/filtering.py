"""A query as a condition on the runs of the index: the same meaning as `query.predicate`, in SQL.

Every value is bound; none is ever pasted into a statement.
"""

from __future__ import annotations

import json
import operator
from collections.abc import Callable, Iterable, Mapping
from math import isnan
from typing import Any

from attrs import evolve, frozen
from sqlalchemy import ColumnElement, and_, false, not_, or_, true

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.index.places import Cell, Expression, KeyOf, Place, place_of
from polyaxon_sdk.query import (
    ANY,
    LAST_MONTH,
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
from polyaxon_sdk.query.comparing import text_of
from polyaxon_sdk.query.moments import MONTH
from polyaxon_sdk.query.operations import OPPOSITES

__all__ = ["MAX_CONDITIONS", "Asking", "condition_of"]

MAX_CONDITIONS = 500
"""How many conditions a query of the index may have: databases bound how deep a statement goes."""


@frozen
class Asking:
    """What the meaning of a query hangs on besides its text.

    Args:
        now: what `last_month` counts back from, in seconds since the epoch.
        me: the user who asks, for `mine`.
        key_of: looks a key up.
    """

    now: float
    me: str | None
    key_of: KeyOf


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


def _node(query: Node, asking: Asking) -> ColumnElement[bool]:
    if isinstance(query, Condition):
        return _condition(query, asking)
    terms = [_node(term, asking) for term in query.terms]
    return and_(*terms) if isinstance(query, And) else or_(*terms)


def _condition(condition: Condition, asking: Asking) -> ColumnElement[bool]:
    found, operation = filter_of(condition)
    if operation is ANY:
        return true()
    place = place_of(found, asking.key_of, asking.me)
    if operation.op == "nil":
        return place.held() if operation.negation else not_(place.held())
    if operation.negation and operation.op in OPPOSITES:
        operation = evolve(operation, op=OPPOSITES[operation.op], negation=False)
    passing = place.any(lambda cell: _test(operation, found.field.family, cell, asking.now))
    if not operation.negation:
        return passing
    return _without(place, passing, keyed=found.field.keyed)


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
    texts = [operand.text for operand in operation.operands]
    if operation.op in {"%%", "_%", "%_"}:
        return _like(operation.op, texts[0].lower(), cell)
    # Said to be there, so that the index of those that are can be used.
    as_text = and_(cell.text.is_not(None), cell.text.in_(texts))
    return as_text if cell.type is None else or_(as_text, *_written(texts, cell.number, cell.type))


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
    return and_(_is(cell, "t"), compare(cell.text, operation.operands[0].text))


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
    "value": _value,
    "scalar": _number,
    "memory": _number,
    "cpu": _number,
    "bool": _truth,
}
