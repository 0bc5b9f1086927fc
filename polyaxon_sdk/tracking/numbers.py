"""What a person logs as a value, a step or a time, as a number; nothing here raises."""

from __future__ import annotations

from operator import index
from time import time
from typing import TYPE_CHECKING, Protocol, TypeAlias, cast

from polyaxon_sdk.runs.scalars import NO_STEP

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["NO_MOMENT", "Moment", "is_plain", "moment_of", "number_of", "shown", "step_of"]


class _Item(Protocol):
    def item(self) -> object: ...


Moment: TypeAlias = "float | datetime"
"""Seconds since the epoch, or a datetime."""

NO_MOMENT = "gets the time of now: its timestamp is no datetime and no seconds since the epoch (milliseconds are none)"
"""What is said of a timestamp that `moment_of` can't take."""

_FIRST, _LAST = -62_135_596_800, 253_402_300_800
"""The years 1 to 9999, in seconds since the epoch: those that a calendar has."""


def is_plain(value: object) -> bool:
    """Whether `value` is a number of Python's or numpy's, and nothing that has to be asked for one.

    >>> is_plain(1), is_plain("1")
    (True, False)
    """
    kind = type(value)
    return kind is int or kind is float or kind is bool or kind.__module__ == "numpy"


def number_of(value: object) -> float | None:
    """A number, or a scalar of numpy and its kin; None for what is none, texts among it."""
    if isinstance(value, str | bytes | None):
        return None
    try:
        return float(cast(float, value))
    except Exception:  # a value's own __float__ may raise whatever it likes
        return _item_of(value)


def _item_of(value: object) -> float | None:
    """The one number of an array that has one."""
    try:
        return float(cast(float, cast("_Item", value).item()))
    except Exception:  # most values have no item, and an array's own method may raise whatever it likes
        return None


def step_of(step: object) -> int | None:
    """A whole number of 64 bits, given in whatever type; None for what is none.

    >>> step_of(3.0), step_of(3.5)
    (3, None)
    """
    try:
        whole = index(cast(int, step))
    except Exception:  # a value's own __index__ may raise whatever it likes
        number = number_of(step)
        if number is None or number != number // 1:
            return None
        whole = int(number)
    return whole if NO_STEP < whole <= -(NO_STEP + 1) else None


def moment_of(timestamp: object) -> float | None:
    """Seconds since the epoch, given as a number or a datetime, and now for None; None for what no calendar has.

    >>> moment_of(1.5), moment_of("now"), moment_of(float("nan"))
    (1.5, None, None)
    """
    if timestamp is None:
        return time()
    try:
        stamp = getattr(timestamp, "timestamp", None)
        number = number_of(stamp() if callable(stamp) else timestamp)
    except Exception:  # a value's own methods may raise whatever they like
        return None
    return number if number is not None and _FIRST <= number < _LAST else None


def shown(value: object) -> str:
    """The type of `value` and what it looks like, in at most 80 characters."""
    try:
        text = f"{type(value).__name__} {str(value)!r}"
    except Exception:  # a value's own __str__ may raise whatever it likes
        text = type(value).__name__
    return text if len(text) <= 80 else f"{text[:77]}..."
