"""The values in a query, and how each family of fields reads them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from math import inf, isinf
from typing import NamedTuple

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.types import Json

__all__ = ["Operand", "cores", "memory", "number", "quoted", "text", "truth", "value"]


class Operand(NamedTuple):
    """A value in a query.

    Attributes:
        text: as it was written, without quotes.
        value: what JSON reads in it, otherwise the text; for memory, cpu and bool fields what it amounts to.
    """

    text: str
    value: Json

    @property
    def number(self) -> float | None:
        """The number that it stands for, if it does; `nan`, `inf` and `-inf` do.

        >>> value("1e-3").number, value("nan").number, value("adam").number
        (0.001, nan, None)
        """
        try:
            return float(self.value if isinstance(self.value, bool | int | float) else self.text)
        except (ValueError, OverflowError):
            return None


def value(written: str) -> Operand:
    """A value as JSON reads it where it can, otherwise a text.

    Raises:
        InputError: there is none.

    >>> value("0.1"), value('"0.1"'), value("adam")
    (Operand(text='0.1', value=0.1), Operand(text='0.1', value='0.1'), Operand(text='adam', value='adam'))
    """
    if not written:
        raise InputError("a value is missing", expected="one such as running, <0.1 or nil")
    found = _json(written)
    if found is None:
        raise InputError("null is no value to look for", expected="nil, or the text in quotes")
    return Operand(found if isinstance(found, str) else written, found)


def text(written: str) -> Operand:
    """A value for a text to look into.

    Raises:
        InputError: there is none, or it is a pattern among others.
    """
    if written.startswith("%") or written.endswith("%"):
        raise InputError(f"pattern {quoted(written)} stands in a list", expected="patterns joined by OR")
    return value(written)


def number(written: str) -> Operand:
    """A value that is a number.

    Raises:
        InputError: it is none.
    """
    found = value(written)
    if found.number is None:
        raise InputError(f"{quoted(written)} is no number", expected="one such as 0.1, 1e-3 or nan")
    return found


def memory(written: str) -> Operand:
    """An amount of memory, in whole bytes; units in either case, with `B` or without.

    Raises:
        InputError: it is none.

    >>> memory("1.5Gi").value, memory("2kB").value
    (1610612736, 2000)
    """
    amount = _amount(written, _MEMORY, "an amount of memory", "bytes, or such as 512Mi", end="b")
    return Operand(written, int(amount))


def cores(written: str) -> Operand:
    """An amount of cpu, in cores.

    Raises:
        InputError: it is none.

    >>> cores("2").value, cores("500m").value
    (2.0, 0.5)
    """
    return Operand(written, _amount(written, _CPU, "an amount of cpu", "cores, or such as 500m"))


def truth(written: str) -> Operand:
    """True or false.

    Raises:
        InputError: it is neither.

    >>> truth("True").value, truth("0").value
    (True, False)
    """
    if (found := _TRUTHS.get(written.lower())) is None:
        raise InputError(f"{quoted(written)} is neither true nor false", expected="one of them")
    return Operand(written, found)


def quoted(written: str) -> str:
    """A part of a query for a message, cut where it is long.

    >>> quoted("a" * 100)
    "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…'"
    """
    return repr(written if len(written) <= _LONGEST else f"{written[: _LONGEST - 1]}…")


_LONGEST = 40
_AMOUNT = re.compile(r"([-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?)\s*([a-z]*)", re.ASCII | re.IGNORECASE)
_MEMORY: Mapping[str, float] = {
    "": 1,
    **{letter: 1000**power for power, letter in enumerate("kmgtpe", start=1)},
    **{f"{letter}i": 1024**power for power, letter in enumerate("kmgtpe", start=1)},
}
_CPU: Mapping[str, float] = {"": 1, "m": 1e-3, "u": 1e-6, "n": 1e-9}
_TRUTHS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


def _amount(written: str, units: Mapping[str, float], what: str, expected: str, *, end: str = "") -> float:
    found = _AMOUNT.fullmatch(written)
    unit = found[2].lower().removesuffix(end) if found else "?"
    amount = float(found[1]) * units[unit] if found and unit in units else inf
    if isinf(amount):
        raise InputError(f"{quoted(written)} is not {what}", expected=expected)
    return amount


def _json(written: str) -> Json:
    try:
        found: Json = json.loads(written, parse_constant=str)
    except (ValueError, RecursionError):
        return written
    return written if isinstance(found, float) and isinf(found) else found
