"""Numbers, truth values and texts."""

from __future__ import annotations

import json
import math
import re

__all__ = ["as_any", "as_bool", "as_float", "as_int", "as_none", "as_str"]

_TRUE = frozenset({"true", "1", "yes", "on", "t", "y"})
_FALSE = frozenset({"false", "0", "no", "off", "f", "n"})
_INTEGRAL = re.compile(r"\s*[-+]?\d+(\.0*)?\s*")


def as_int(value: object) -> int:
    """A whole number, also from `1.0`, `"1"` and `"1.0"`.

    >>> as_int("3"), as_int(3.0), as_int(True)
    (3, 3, 1)
    """
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str) and _INTEGRAL.fullmatch(value):
        return int(value.split(".")[0])
    raise ValueError


def as_float(value: object) -> float:
    """A number; not a text of one that is too large.

    >>> as_float("1e-3"), as_float(1), as_float("nan")
    (0.001, 1.0, nan)
    """
    if not isinstance(value, (int, float, str)):
        raise ValueError
    number = float(value)
    if isinstance(value, str) and not math.isfinite(number) and any(map(str.isdigit, value)):
        raise ValueError
    return number


def as_bool(value: object) -> bool:
    """A truth value in any of its usual spellings.

    >>> as_bool("yes"), as_bool(0)
    (True, False)
    """
    word = str(value).strip().lower() if isinstance(value, (bool, int, str)) else ""
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise ValueError


def as_str(value: object) -> str:
    """Any value as text; structures as JSON.

    >>> as_str(1), as_str(True), as_str([1, 2])
    ('1', 'true', '[1,2]')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, (bool, list, tuple, dict)):
        return json.dumps(value, separators=(",", ":"), default=str)
    return str(value)


def as_any(value: object) -> object:
    """The value as it is."""
    return value


def as_none(value: object) -> None:
    """No value, which is the one that the type has."""
    if value is not None:
        raise ValueError
