"""Dates, times and durations."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

__all__ = ["as_date", "as_datetime", "as_moment", "as_timedelta"]

_NUMBER = r"\d+(?:\.\d+)?"
_CLOCK = re.compile(
    r"(?P<sign>[-+]?)(?:(?P<days>\d+)\s*d(?:ays?)?(?:,?\s*(?=\d)|\Z))?"
    r"(?:(?P<hours>\d+):(?P<minutes>\d{1,2})(?::(?P<seconds>\d{1,2}(?:\.\d+)?))?)?",
    re.IGNORECASE,
)
_ISO = re.compile(
    rf"(?P<sign>[-+]?)P(?:(?P<years>{_NUMBER})Y)?(?:(?P<months>{_NUMBER})M)?"
    rf"(?:(?P<weeks>{_NUMBER})W)?(?:(?P<days>{_NUMBER})D)?"
    rf"(?:T(?:(?P<hours>{_NUMBER})H)?(?:(?P<minutes>{_NUMBER})M)?(?:(?P<seconds>{_NUMBER})S)?)?"
)
_DAYS = {"years": 365, "months": 30}
"""How long a duration takes what has no length of its own to be."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:[T ].*)?")
_MILLISECONDS_FROM = 2e10
"""A larger count since 1970 is one of milliseconds."""


def as_date(value: object) -> date:
    """A day; a moment at midnight, or its seconds since 1970, counts as its day.

    >>> as_date("2024-02-03")
    datetime.date(2024, 2, 3)
    """
    moment = as_datetime(value)
    if moment.time() != datetime.min.time():
        raise ValueError
    return moment.date()


def as_moment(value: object) -> date:
    """A moment; a day stays a day.

    >>> as_moment("2024-02-03").isoformat(), as_moment("2024-02-03T04:05:06").isoformat()
    ('2024-02-03', '2024-02-03T04:05:06')
    """
    moment = as_datetime(value)
    is_day = type(value) is date or (isinstance(value, str) and _DAY.fullmatch(value.strip()) is not None)
    return moment.date() if is_day else moment


def as_datetime(value: object) -> datetime:
    """A moment; a day counts as its midnight, a number as so many seconds since 1970.

    >>> as_datetime("2024-02-03T04:05:06Z").isoformat()
    '2024-02-03T04:05:06+00:00'
    """
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    if isinstance(value, str) and _DATE.fullmatch(value.strip()):
        return datetime.fromisoformat(re.sub("[Zz]$", "+00:00", value.strip()))  # 3.10 knows no Z
    return _since_1970(value)


def _since_1970(value: object) -> datetime:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise ValueError
    count = float(value)
    seconds = count if abs(count) <= _MILLISECONDS_FROM else count / 1000
    return datetime(1970, 1, 1) + timedelta(seconds=seconds)


def as_timedelta(value: object) -> timedelta:
    """A duration: seconds, `PT1H30M`, `HH:MM:SS`, or these after days: `2d`, `1 day, 02:00:00`.

    >>> as_timedelta("PT1H") == as_timedelta("01:00:00") == as_timedelta(3600)
    True
    """
    if isinstance(value, timedelta):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return timedelta(seconds=value)
    if not isinstance(value, str):
        raise ValueError
    if re.fullmatch(r"-?\d+(\.\d+)?", value):
        return timedelta(seconds=float(value))
    found = _CLOCK.fullmatch(value) or _ISO.fullmatch(value)
    parts = {name: part for name, part in (found.groupdict() if found else {}).items() if part}
    sign = -1 if parts.pop("sign", "") == "-" else 1
    if not parts:
        raise ValueError
    days = sum(float(parts.pop(name, 0)) * length for name, length in _DAYS.items())
    return sign * (timedelta(days) + timedelta(**{name: float(part) for name, part in parts.items()}))
