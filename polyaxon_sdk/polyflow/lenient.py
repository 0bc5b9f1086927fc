"""Scalars that may be written in another form than their own."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Annotated, TypeAlias

from polyaxon_sdk.polyflow.problems import fault

__all__ = ["FORMS", "Count", "Moment", "Text", "Whole"]

Count: TypeAlias = Annotated[int, "count"]
"""A whole number, as `3.0` or `true` too."""

Whole: TypeAlias = Annotated[int, "whole"]
"""A whole number, as `3.0`, `true` or `"3"` too."""

Moment: TypeAlias = Annotated[str, "moment"]
"""A moment in ISO form, or the seconds (from 2e10 on the milliseconds) since 1970."""

Text: TypeAlias = Annotated[str, "text"]
"""A text; anything else that isn't null becomes its JSON: Kubernetes wants texts, YAML reads `5` and `true`."""

_MOMENT = "a moment such as 2024-02-03T04:05:06"
_LARGEST_SECONDS = 2e10
_SECONDS = re.compile(r"\s*[-+]?\d{1,20}(\.\d{0,20})?\s*", re.ASCII)
_DIGITS = re.compile(r"\s*([-+]?\d+)(\.0*)?\s*")


def as_count(data: object) -> int:
    """The whole number that a number or a boolean is.

    >>> as_count(3.0), as_count(True)
    (3, 1)
    """
    if isinstance(data, int) or (isinstance(data, float) and data.is_integer()):
        return int(data)
    raise fault("no value" if data is None else f"{data!r} is not allowed", expected="a whole number")


def as_whole(data: object) -> int:
    """The whole number that a number, a boolean or a text is.

    >>> as_whole("3")
    3
    """
    found = _DIGITS.fullmatch(data) if isinstance(data, str) and len(data) < 100 else None
    return int(found[1]) if found else as_count(data)


def as_text(data: object) -> str:
    """The text that stands for a value of a label.

    >>> as_text(5), as_text(True), as_text("a")
    ('5', 'true', 'a')
    """
    if data is None:
        raise fault("no value", expected="text")
    return data if isinstance(data, str) else json.dumps(data, separators=(",", ":"), ensure_ascii=False)


def as_moment(data: object) -> str:
    """The moment, as text.

    >>> as_moment(1577880000), as_moment("2020-01-01")
    ('2020-01-01T12:00:00+00:00', '2020-01-01')
    """
    if isinstance(data, str) and not _SECONDS.fullmatch(data):
        return data
    if isinstance(data, bool) or not isinstance(data, (int, float, str)):
        raise fault("no value" if data is None else f"{data!r} is not allowed", expected=_MOMENT)
    from datetime import UTC, datetime, timedelta  # beside it, for those who count seconds

    seconds = float(data)
    try:
        since = timedelta(seconds=seconds if abs(seconds) <= _LARGEST_SECONDS else seconds / 1000)
        return (datetime(1970, 1, 1, tzinfo=UTC) + since).isoformat()
    except (OverflowError, ValueError) as error:
        raise fault(f"{data!r} is not allowed", expected=_MOMENT) from error


FORMS: dict[str, Callable[[object], object]] = {
    "count": as_count,
    "whole": as_whole,
    "moment": as_moment,
    "text": as_text,
}
"""What each of these types makes of plain data, by its mark."""
