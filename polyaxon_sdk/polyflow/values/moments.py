"""Dates, times and durations."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

__all__ = ["as_date", "as_datetime", "as_timedelta"]

_CLOCK = re.compile(
    r"(?P<sign>-?)(?:(?P<days>\d+) days?, )?(?P<hours>\d+):(?P<minutes>\d{1,2})"
    r"(?::(?P<seconds>\d{1,2}(?:\.\d+)?))?"
)
_ISO = re.compile(
    r"(?P<sign>[-+]?)P(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?"
)


def as_date(value: object) -> date:
    """A day; a moment at midnight counts as its day.

    >>> as_date("2024-02-03")
    datetime.date(2024, 2, 3)
    """
    moment = as_datetime(value)
    if moment.time() != datetime.min.time():
        raise ValueError
    return moment.date()


def as_datetime(value: object) -> datetime:
    """A moment; a day counts as its midnight.

    >>> as_datetime("2024-02-03T04:05:06Z").isoformat()
    '2024-02-03T04:05:06+00:00'
    """
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    if isinstance(value, str):
        return datetime.fromisoformat(value.strip())
    raise ValueError


def as_timedelta(value: object) -> timedelta:
    """A duration: seconds, `PT1H30M` or `HH:MM:SS`.

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
    return sign * timedelta(**{name: float(part) for name, part in parts.items()})
