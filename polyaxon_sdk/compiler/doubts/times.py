"""Schedules that name no time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from typing import TYPE_CHECKING

from polyaxon_sdk.polyflow import Problem, is_template
from polyaxon_sdk.polyflow.values import parse

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow import Schedule

__all__ = ["NICKNAMES", "time_doubts"]

NICKNAMES = {"@quarterly": "0 0 1 */3 *"}
"""The nicknames of Polyaxon's that cron itself hasn't (semantics 1.14)."""


def time_doubts(schedule: Schedule) -> Iterator[Problem]:
    """A cron line that is none, and an end that is no later than the start.

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
    from croniter import croniter  # 50 ms, and few operations have a schedule

    try:
        croniter.expand(NICKNAMES.get(line, line), strict=True)
    except (ValueError, KeyError):
        return False
    return True


def _moment(text: str) -> float:
    from datetime import date, datetime, time  # beside it

    moment = parse("datetime", text)
    assert isinstance(moment, date)
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
