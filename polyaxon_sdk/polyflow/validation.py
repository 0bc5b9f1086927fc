"""V1Validation: the bounds that a value of an input or output has to keep."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Sized
from typing import SupportsFloat, TypeGuard, cast

from attrs import asdict, frozen

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow.documentation import documented
from polyaxon_sdk.polyflow.patterns import check_pattern, matches
from polyaxon_sdk.polyflow.problems import at, fault

__all__ = ["V1Validation"]


@documented
@frozen(kw_only=True)
class V1Validation:
    """Bounds for a value; on a list or mapping the scalar ones hold for each item (semantics 1.5).

    Args:
        delay: check the value only when the run ends, as `delayValidation` of the IO says; default: as that says.
        gt: a number is more than this; default none.
        ge: a number is at least this; default none.
        lt: a number is less than this; default none.
        le: a number is at most this; default none.
        multiple_of: a number is a whole multiple of this; default none.
        min_digits: a number has at least so many digits; default none.
        max_digits: a number has at most so many digits; default none.
        decimal_places: a number has at most so many digits after the point; default none.
        regex: a text begins with a match of this; default none.
        min_length: a text has at least so many characters; default none.
        max_length: a text has at most so many characters; default none.
        contains: a text has this part, a list this item; default none.
        excludes: a text doesn't have this part, a list not this item; default none.
        options: the value is one of these; default: any.
        min_items: a list or mapping has at least so many items; default none.
        max_items: a list or mapping has at most so many items; default none.
        keys: a mapping has exactly these keys; default none.
        contains_keys: a mapping has these keys, and may have others; default none.
        excludes_keys: a mapping has none of these keys; default none.

    >>> V1Validation(gt=0, le=1).check(0.5)
    >>> V1Validation(options=["adam", "sgd"]).check("rmsprop")
    Traceback (most recent call last):
    polyaxon_sdk.exceptions.InputError: 'rmsprop' is not allowed, expected one of 'adam', 'sgd'
    """

    delay: bool | None = None
    gt: int | float | None = None
    ge: int | float | None = None
    lt: int | float | None = None
    le: int | float | None = None
    multiple_of: int | float | None = None
    min_digits: int | None = None
    max_digits: int | None = None
    decimal_places: int | None = None
    regex: str | None = None
    min_length: int | None = None
    max_length: int | None = None
    contains: object = None
    excludes: object = None
    options: object = None
    min_items: int | None = None
    max_items: int | None = None
    keys: list[str] | None = None
    contains_keys: list[str] | None = None
    excludes_keys: list[str] | None = None

    def __attrs_post_init__(self) -> None:
        if self.regex is not None:
            with at("regex"):
                check_pattern(self.regex)
        if self.multiple_of == 0:
            raise fault("0 is not allowed", path=("multipleOf",), expected="a number other than 0")

    def check(self, value: object) -> None:
        """Raise `InputError` where `value` breaks a bound."""
        for name, bound in asdict(self, recurse=False).items():
            if bound is None or name == "delay":
                continue
            if name in _SIZES and not isinstance(value, (list, dict)):
                continue
            if name in _WHOLE:
                _require(_WHOLE[name], value, bound)
                continue
            if name == "options" and _listed(bound) and value in bound:
                continue
            for item in _leaves(value):
                _require(_EACH[name], item, bound)


def _listed(options: object) -> TypeGuard[list[object]]:
    """Raise `InputError` where there is nothing that a value could be."""
    if not isinstance(options, list) or not options:
        raise InputError(f"options: {options!r} allows no value", expected="a list of the values")
    return True


_Rule = tuple[Callable[[object, object], bool], str]


def _require(rule: _Rule, value: object, bound: object) -> None:
    holds, expected = rule
    try:
        held = holds(value, bound)
    except (TypeError, ValueError):
        held = False
    if not held:
        raise InputError(f"{value!r} is not allowed", expected=expected.format(_spell(bound)))


def _spell(bound: object) -> str:
    if isinstance(bound, list):
        return ", ".join(repr(item) for item in bound)
    return f"{bound:g}" if isinstance(bound, float) else repr(bound)


def _number(value: object) -> float:
    return float(cast(SupportsFloat, value))


def _size(value: object) -> int:
    return len(cast(Sized, value))


def _leaves(value: object) -> Iterator[object]:
    """What scalar bounds hold for: the items, those of inner lists and mappings too."""
    if not isinstance(value, (list, dict)):
        yield value
        return
    for item in value.values() if isinstance(value, dict) else value:
        yield from _leaves(item)


def _digits(value: object) -> int:
    """How many digits the number has, before and after the point, without leading and trailing zeros."""
    digits, exponent = _decimal(value)
    return max(len(digits) + exponent, 1) if exponent >= 0 else max(len(digits), -exponent)


def _decimals(value: object) -> int:
    return max(0, -_decimal(value)[1])


def _decimal(value: object) -> tuple[tuple[int, ...], int]:
    from decimal import Decimal, InvalidOperation  # 2 ms of import, paid only by those who bound digits

    try:
        _, digits, exponent = Decimal(str(value)).normalize().as_tuple()
    except InvalidOperation as error:
        raise ValueError from error
    if not isinstance(exponent, int):
        raise ValueError
    return digits, exponent


def _multiple(value: object, of: object) -> bool:
    ratio = _number(value) / _number(of)
    return abs(ratio - round(ratio)) < 1e-9


def _holds_part(value: object, part: object) -> bool:
    return str(part) in value if isinstance(value, str) else part in cast(Sequence[object], value)


def _parts(bound: object) -> list[object]:
    return bound if isinstance(bound, list) else [bound]


def _keys(value: object) -> set[str]:
    if not isinstance(value, dict):
        raise TypeError
    return set(value)


def _wanted(bound: object) -> set[str]:
    return set(cast(Sequence[str], bound))


_EACH: dict[str, _Rule] = {
    "gt": (lambda v, b: _number(v) > _number(b), "more than {}"),
    "ge": (lambda v, b: _number(v) >= _number(b), "at least {}"),
    "lt": (lambda v, b: _number(v) < _number(b), "less than {}"),
    "le": (lambda v, b: _number(v) <= _number(b), "at most {}"),
    "multiple_of": (_multiple, "a multiple of {}"),
    "min_digits": (lambda v, b: _digits(v) >= _number(b), "at least {} digits"),
    "max_digits": (lambda v, b: _digits(v) <= _number(b), "at most {} digits"),
    "decimal_places": (lambda v, b: _decimals(v) <= _number(b), "at most {} digits after the point"),
    "regex": (lambda v, b: matches(str(b), str(v)), "a text that matches {}"),
    "min_length": (lambda v, b: len(str(v)) >= _number(b), "at least {} characters"),
    "max_length": (lambda v, b: len(str(v)) <= _number(b), "at most {} characters"),
    "options": (lambda v, b: v in cast(Sequence[object], b), "one of {}"),
}

_SIZES = frozenset({"min_items", "max_items"})
"""They say nothing of what has no items."""

_WHOLE: dict[str, _Rule] = {
    "contains": (lambda v, b: all(_holds_part(v, part) for part in _parts(b)), "something that contains {}"),
    "excludes": (lambda v, b: not any(_holds_part(v, part) for part in _parts(b)), "something without {}"),
    "min_items": (lambda v, b: _size(v) >= _number(b), "at least {} items"),
    "max_items": (lambda v, b: _size(v) <= _number(b), "at most {} items"),
    "keys": (lambda v, b: _keys(v) == _wanted(b), "exactly the keys {}"),
    "contains_keys": (lambda v, b: _keys(v) >= _wanted(b), "a mapping with the keys {}"),
    "excludes_keys": (lambda v, b: not _keys(v) & _wanted(b), "a mapping without the keys {}"),
}
