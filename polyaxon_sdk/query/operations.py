"""What a condition asks of its field: the operation, typed by the field's family (semantics 4.1 and 4.2)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime
from typing import Literal, TypeAlias

from attrs import frozen

from polyaxon_sdk.exceptions import InputError

__all__ = ["Family", "Operation", "parse_operation"]

Family: TypeAlias = Literal["value", "search", "scalar", "cpu", "memory", "datetime", "bool"]
"""Which values a field has, and so what may be asked of it."""

_COMPARISONS = {">=": ">=", "=>": ">=", "<=": "<=", "=<": "<=", ">": ">", "<": "<", "=": "="}
_NAMED_MOMENTS = frozenset({"last_month", "_any_"})
_UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9, "T": 10**12, "P": 10**15}
_UNITS |= {f"{letter}i": 1024**power for power, letter in enumerate("KMGTP", start=1)}
_QUANTITY = re.compile(r"([-+]?\d+(?:\.\d+)?)\s*([KMGTP]i?)?B?")


@frozen(kw_only=True)
class Operation:
    """What is asked of a field.

    Args:
        op: `=`, `<`, `<=`, `>`, `>=`, `|` (one of), `..` (between), `nil` (nothing there),
            `%%` (contains), `_%` (starts with), `%_` (ends with).
        negation: the opposite is asked.
        params: the value, or values for `|` and `..`; none for `nil`.
    """

    op: str
    negation: bool
    params: object


def parse_operation(family: Family, text: str) -> Operation:
    """The operation that a text stands for, for a field of this family.

    Raises:
        InputError: the family has no such operation, or no such value.

    >>> parse_operation("scalar", "~<0.1")
    Operation(op='<', negation=True, params=0.1)
    """
    body = text.strip()
    negation = body.startswith("~")
    body = body.removeprefix("~").strip()
    if not body:
        raise InputError(f"operation {text!r} asks nothing", expected="a value")
    if body == "nil":
        return Operation(op="nil", negation=negation, params=None)
    op, params = _READERS[family](body)
    return Operation(op=op, negation=negation, params=params)


_Read: TypeAlias = tuple[str, object]


def _value(body: str) -> _Read:
    if ".." in body:
        raise _no("a range", body, "a date field")
    if "|" in body:
        return "|", [_json(item) for item in _items(body)]
    return _compared(body, _json)


def _search(body: str) -> _Read:
    if any(body.startswith(sign) for sign in _COMPARISONS):
        raise _no("a comparison", body, "a field with numbers")
    if "|" in body:
        return "|", _items(body)
    if "%" not in body:
        return "=", body
    inner = body.removeprefix("%").removesuffix("%")
    if not inner or "%" in inner:
        raise InputError(f"{body!r} is no pattern", expected="%part%, start% or %end")
    front, back = body.startswith("%"), body.endswith("%")
    return ("%%" if front and back else "%_" if front else "_%"), inner


def _numeric(read: Callable[[str], object]) -> Callable[[str], _Read]:
    def parse(body: str) -> _Read:
        if "|" in body:
            raise _no("a choice", body, "a comparison")
        if ".." in body:
            raise _no("a range", body, "two comparisons")
        return _compared(body, read)

    return parse


def _datetime(body: str) -> _Read:
    if "|" in body:
        raise _no("a choice", body, "a range or a comparison")
    if ".." in body:
        ends = [end.strip() for end in body.split("..")]
        if len(ends) != 2 or not all(ends):
            raise InputError(f"range {body!r}", expected="two moments such as 2024-01-01..2024-02-01")
        return "..", [_moment(end) for end in ends]
    return _compared(body, _moment)


def _bool(body: str) -> _Read:
    word = body.lower()
    if word not in ("true", "false", "1", "0"):
        raise InputError(f"{body!r} is no truth value", expected="true or false")
    return "=", word in ("true", "1")


def _compared(body: str, read: Callable[[str], object]) -> _Read:
    sign = next((sign for sign in _COMPARISONS if body.startswith(sign)), "")
    rest = body.removeprefix(sign).strip()
    if not rest:
        raise InputError(f"{body!r} compares with nothing", expected="a value")
    return _COMPARISONS.get(sign, "="), read(rest)


def _items(body: str) -> list[str]:
    items = [item.strip() for item in body.split("|")]
    if not all(items):
        raise InputError(f"choice {body!r} has an empty part", expected="values between the bars")
    return items


def _json(text: str) -> object:
    try:
        found: object = json.loads(text)
    except ValueError:
        return text
    return text if isinstance(found, (dict, list)) else found


def _scalar(text: str) -> object:
    found = _json(text)
    if isinstance(found, bool) or not isinstance(found, (int, float)):
        raise InputError(f"{text!r} is no number", expected="a number")
    return found


def _memory(text: str) -> object:
    found = _QUANTITY.fullmatch(text)
    if found is None:
        raise InputError(f"{text!r} is no amount of memory", expected="bytes, or such as 512Mi")
    return round(float(found[1]) * _UNITS[found[2] or ""])


def _cpu(text: str) -> object:
    whole = text.removesuffix("m")
    try:
        return float(whole) / (1000 if whole != text else 1)
    except ValueError as error:
        raise InputError(f"{text!r} is no amount of cpu", expected="cores, or such as 500m") from error


def _moment(text: str) -> str:
    if text in _NAMED_MOMENTS:
        return text
    try:
        datetime.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"{text!r} is no moment", expected="such as 2024-01-01 or last_month") from error
    return text


def _no(what: str, body: str, expected: str) -> InputError:
    return InputError(f"{what} ({body!r}) can't be asked of this field", expected=expected)


_READERS: dict[Family, Callable[[str], _Read]] = {
    "value": _value,
    "search": _search,
    "scalar": _numeric(_scalar),
    "memory": _numeric(_memory),
    "cpu": _numeric(_cpu),
    "datetime": _datetime,
    "bool": _bool,
}
