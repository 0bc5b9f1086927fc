"""Moments in queries and in runs, in seconds since the epoch; what names no zone is in UTC."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.query.operands import quoted

__all__ = ["LAST_MONTH", "MONTH", "Span", "seconds", "span"]

LAST_MONTH = "last_month"
"""The only moment with a name: the last 30 days."""

MONTH = timedelta(days=30).total_seconds()


class Span(NamedTuple):
    """The time that a moment takes up, as exactly as it is written: a day, a minute.

    Attributes:
        start: the first instant.
        end: the first instant after it.
    """

    start: float
    end: float


def span(written: str) -> Span:
    """The time that a written moment takes up.

    Raises:
        InputError: it is no moment.

    >>> span("1970-01-01"), span("1970-01-01 00:01")
    (Span(start=0.0, end=86400.0), Span(start=60.0, end=120.0))
    """
    try:
        rest, after = next(form for pattern, form in _FORMS.items() if re.fullmatch(pattern, written))
        start = datetime.fromisoformat(f"{written}{rest}")
        start = start if start.tzinfo else start.replace(tzinfo=UTC)
        return Span(start.timestamp(), after(start).timestamp())
    except (StopIteration, ValueError, OverflowError) as error:
        expected = f"one such as 2024-01-31, 2024-01-31 09:30 or {LAST_MONTH}"
        raise InputError(f"{quoted(written)} is no moment", expected=expected) from error


def seconds(value: object) -> float | None:
    """A run's moment, which may be seconds, a datetime or ISO text; none where it is no moment.

    >>> seconds("1970-01-01T00:01:00"), seconds(60), seconds("soon")
    (60.0, 60.0, None)
    """
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).timestamp()
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _later(**length: float) -> Callable[[datetime], datetime]:
    return lambda start: start + timedelta(**length)


def _next_year(start: datetime) -> datetime:
    return start.replace(year=start.year + 1)


def _next_month(start: datetime) -> datetime:
    return (start + timedelta(days=31)).replace(day=1)


_DAY = r"\d{4}-\d\d-\d\d"
_MINUTE = rf"{_DAY}[T ]\d\d:\d\d"
_ZONE = r"(Z|[-+]\d\d:?\d\d)?"

_FORMS: Mapping[str, tuple[str, Callable[[datetime], datetime]]] = {
    r"\d{4}": ("-01-01", _next_year),
    r"\d{4}-\d\d": ("-01", _next_month),
    _DAY: ("", _later(days=1)),
    _MINUTE + _ZONE: ("", _later(minutes=1)),
    rf"{_MINUTE}:\d\d{_ZONE}": ("", _later(seconds=1)),
    rf"{_MINUTE}:\d\d\.\d{{1,6}}{_ZONE}": ("", _later(microseconds=1)),
}
"""How moments are written: what makes each a whole date, and where the time ends that it takes up."""
