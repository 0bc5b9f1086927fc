"""Whether one value of a field is what an operation asks for."""

from __future__ import annotations

import json
import operator
import re
from collections.abc import Callable, Mapping
from math import inf, isnan
from typing import Any, TypeAlias

from polyaxon_sdk.query.moments import LAST_MONTH, MONTH, seconds, span
from polyaxon_sdk.query.operands import Operand
from polyaxon_sdk.query.operations import Family, Op, Operation

__all__ = ["Test", "number_of", "starts_in", "test_of", "text_of"]

Test: TypeAlias = Callable[[object], bool]

_START = re.compile(r"[0-9a-f]{12,31}")
_COMPARE: Mapping[Op, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_LIKE: Mapping[Op, Callable[[str, str], bool]] = {
    "%%": operator.contains,
    "_%": str.startswith,
    "%_": str.endswith,
}


def test_of(operation: Operation, family: Family, *, now: float) -> Test:
    """The test that an operation puts to a value, its negation left aside."""
    if family == "datetime":
        return _moment(operation, now)
    return _TESTS[family](operation)


def text_of(value: object) -> str:
    """A value as a query writes it: a text as it is, anything else as JSON.

    >>> text_of("adam"), text_of(True), text_of(0.1)
    ('adam', 'true', '0.1')
    """
    return value if isinstance(value, str) else json.dumps(value, default=str)


def number_of(value: object) -> float | None:
    """A value as a number, if it is one; true is 1.

    >>> number_of(True), number_of("1")
    (1.0, None)
    """
    if not isinstance(value, int | float):
        return None
    try:
        return float(value)
    except OverflowError:
        return inf if value > 0 else -inf


def _text(operation: Operation) -> Test:
    texts = [operand.text for operand in operation.operands]
    if like := _LIKE.get(operation.op):
        part = texts[0].lower()
        return lambda value: like(text_of(value).lower(), part)
    return lambda value: text_of(value) in texts


def _uuid(operation: Operation) -> Test:
    is_it, starts = _text(operation), starts_in(operation)
    return lambda value: is_it(value) or text_of(value).startswith(starts)


def starts_in(operation: Operation) -> tuple[str, ...]:
    """The first digits of uuids that an operation asks for: twelve, as lists show them, or more, and not all.

    >>> starts_in(Operation("=", (Operand("0f3a5e9b7c21", "0f3a5e9b7c21"),))), starts_in(Operation("nil"))
    (('0f3a5e9b7c21',), ())
    """
    texts = (operand.text for operand in operation.operands if operation.op in {"=", "|"})
    return tuple(text for text in texts if _START.fullmatch(text))


def _number(operation: Operation) -> Test:
    wanted = [operand.number for operand in operation.operands]
    compare = _COMPARE.get(operation.op, _same)

    def test(value: object) -> bool:
        found = number_of(value)
        return found is not None and any(compare(found, number) for number in wanted)

    return test


def _value(operation: Operation) -> Test:
    compare = _COMPARE.get(operation.op)
    numeric = [operand for operand in operation.operands if _is_number(operand)]
    if compare is None:
        as_text, as_number = _text(operation), _number(Operation("|", tuple(numeric)))
        return lambda value: as_text(value) or as_number(value)
    if numeric:
        return _number(operation)
    limit = operation.operands[0].text
    return lambda value: isinstance(value, str) and compare(value, limit)


def _moment(operation: Operation, now: float) -> Test:
    if operation.operands[0].text == LAST_MONTH:
        return lambda value: (at := seconds(value)) is not None and at >= now - MONTH
    first, *rest = (span(operand.text) for operand in operation.operands)

    def test(value: object) -> bool:
        at = seconds(value)
        if at is None:
            return False
        if rest:
            return first.start <= at <= rest[0].start
        compare = _COMPARE.get(operation.op)
        return compare(at, first.start) if compare else first.start <= at < first.end

    return test


def _truth(operation: Operation) -> Test:
    wanted = operation.operands[0].value
    return lambda value: (found := number_of(value)) is not None and bool(found) == wanted


def _is_number(operand: Operand) -> bool:
    return operand.number is not None and not isinstance(operand.value, bool)


def _same(one: object, other: object) -> bool:
    return one == other or (_is_nan(one) and _is_nan(other))


def _is_nan(value: object) -> bool:
    return isinstance(value, float) and isnan(value)


_TESTS: Mapping[Family, Callable[[Operation], Test]] = {
    "search": _text,
    "word": _text,
    "uuid": _uuid,
    "value": _value,
    **dict.fromkeys(("scalar", "memory", "cpu"), _number),
    "bool": _truth,
}
