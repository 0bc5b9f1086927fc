"""Ranges of numbers as a text says them: `1e-4..1e-1:log`."""

from __future__ import annotations

import re

from polyaxon_sdk.authoring.caller import caller
from polyaxon_sdk.authoring.vocabulary.spaces import Log, Range, Space, Uniform
from polyaxon_sdk.exceptions import InputError

__all__ = ["NUMBERS", "interval_in", "is_interval"]

NUMBERS = frozenset({"int", "float"})
"""The types of inputs that have intervals."""

_INTERVAL = re.compile(
    r"(?P<low>[^.:]+(?:\.\d+)?(?:e[-+]?\d+)?)\.\.(?P<high>[^:]+?)(?::(?P<how>[^:]+))?", re.IGNORECASE
)


def is_interval(text: str) -> bool:
    """Whether a text has the form of one.

    >>> is_interval("1..3"), is_interval("0.5")
    (True, False)
    """
    return _INTERVAL.fullmatch(text) is not None


def interval_in(text: str, *, whole: bool) -> Space | None:
    """The space that a text stands for; None where it has another form.

    Args:
        whole: whether the input takes whole numbers only.

    Raises:
        InputError: its parts are no numbers, or its end is not above its begin.

    >>> interval_in("1..3", whole=True)
    Range(start=1, stop=3.5, step=1)
    """
    if (found := _INTERVAL.fullmatch(text)) is None:
        return None
    how = found["how"] and found["how"].lower()
    try:
        low, high = float(found["low"]), float(found["high"])
        step = float(how) if how not in {None, "log"} else 1.0 if whole else None
    except ValueError as error:
        expected = "LOW..HIGH, LOW..HIGH:log or LOW..HIGH:STEP"
        raise InputError(f"{text!r} is no range", where=caller(), expected=expected) from error
    if how == "log":
        return Log(low, high)
    if step is None:
        return Uniform(low, high)
    start, stop = (int(low), int(high)) if whole else (low, high)
    return Range(start, stop + step / 2, int(step) if whole else step)
