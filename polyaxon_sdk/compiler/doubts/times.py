"""Schedules that name no time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from polyaxon_sdk.polyflow import Problem, is_template
from polyaxon_sdk.polyflow.values import parse

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow import Schedule

__all__ = ["cron_line", "time_doubts"]

_NICKNAMES = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@quarterly": "0 0 1 */3 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}
"""Those of cron, and `@quarterly` (semantics 1.14)."""


def cron_line(line: str) -> str:
    """The fields that a cron line, or its nickname, stands for.

    >>> cron_line("@hourly")
    '0 * * * *'
    """
    return _NICKNAMES.get(line.strip().lower(), line)


def time_doubts(schedule: Schedule) -> Iterator[Problem]:
    """A cron line that is none, a pace that leads nowhere, and an end that is no later than the start.

    >>> from polyaxon_sdk.polyflow import V1CronSchedule
    >>> [problem.what for problem in time_doubts(V1CronSchedule(cron="99 * * * *"))]
    ["'99 * * * *' is no cron line"]
    """
    cron = getattr(schedule, "cron", None)
    if isinstance(cron, str) and not is_template(cron) and not _is_cron(cron):
        yield Problem(
            what=f"{cron!r} is no cron line",
            path=("schedule", "cron"),
            expected="minute, hour, day, month and weekday such as '0 9 * * MON', or @daily",
        )
    pace = getattr(schedule, "frequency", None)
    if pace is not None and not is_template(pace) and not _seconds(pace) > 0:
        expected = "more than 0: a number of seconds, PT1H or HH:MM:SS"
        told = repr(pace) if isinstance(pace, str) else f"{pace:g}"
        yield Problem(what=f"{told} is not allowed", path=("schedule", "frequency"), expected=expected)
    most = getattr(schedule, "max_runs", None)
    if isinstance(most, int) and most < 1:
        yield Problem(
            what=f"{most} is not allowed",
            path=("schedule", "maxRuns"),
            expected="1 or more, else it never runs",
        )
    start, end = getattr(schedule, "start_at", None), getattr(schedule, "end_at", None)
    if start and end and not is_template(start) and not is_template(end) and _moment(end) <= _moment(start):
        yield Problem(
            what=f"{end!r} is not after startAt", path=("schedule", "endAt"), expected="a later moment"
        )


def _is_cron(line: str) -> bool:
    from cronsim import CronSim, CronSimError  # few operations have a schedule

    try:
        return next(CronSim(cron_line(line), datetime.now(UTC)), None) is not None
    except (CronSimError, ValueError):  # ValueError: a number of thousands of digits
        return False


def _seconds(pace: object) -> float:
    found = parse("timedelta", pace)
    assert isinstance(found, timedelta)
    return found.total_seconds()


def _moment(text: str) -> float:
    from datetime import date, time  # beside it

    moment = parse("datetime", text)
    assert isinstance(moment, date)
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
