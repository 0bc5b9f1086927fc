"""Whether a value of the index is as an operation of a query asks: the same meaning as `query.predicate`, in SQL."""

from __future__ import annotations

import json
import operator
from collections.abc import Callable, Iterable, Mapping
from math import isnan
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_

from polyaxon_sdk.index.places import Cell, Expression
from polyaxon_sdk.index.rows import as_text
from polyaxon_sdk.query import LAST_MONTH, Family, Op, Operand, Operation, span
from polyaxon_sdk.query.comparing import starts_in, text_of
from polyaxon_sdk.query.moments import MONTH

__all__ = ["meets"]

_DIGITS = 32
"""Of a whole uuid."""


def meets(operation: Operation, family: Family, cell: Cell, now: float) -> ColumnElement[bool]:
    """Whether a value is as an operation asks, whatever its negation.

    Args:
        family: what the operands are read as.
        cell: where the value lies.
        now: what `last_month` counts back from, in seconds since the epoch.
    """
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
    # From and to, as an index of the database leads there; PostgreSQL takes no collation in a BETWEEN.
    starting = (
        and_(cell.text >= start.ljust(_DIGITS, "0"), cell.text <= start.ljust(_DIGITS, "f"))
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
