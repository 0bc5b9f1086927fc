"""Schedules of which no run is to come."""

import re
from datetime import UTC, datetime

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import Schedule, V1CronSchedule, V1DateTimeSchedule, V1IntervalSchedule
from polyaxon_sdk.runner.schedules.coming import check_coming
from polyaxon_sdk.runner.schedules.ticks import Ticks

NOW = datetime(2026, 3, 1, tzinfo=UTC).timestamp()


def ticks(schedule: Schedule) -> Ticks:
    return Ticks(schedule, created=NOW, zone=UTC)


@pytest.mark.parametrize(
    ("schedule", "line"),
    [
        (V1CronSchedule(cron="61 2 * * *"), "schedule.cron: '61 2 * * *' is no cron line, expected minute"),
        (V1CronSchedule(cron="{{ hour }} 2 * * *"), "schedule.cron: '{{ hour }} 2 * * *' is a template"),
        (V1CronSchedule(cron="@daily", max_runs=0), "schedule.maxRuns: 0 is not allowed, expected 1 or more"),
        (V1IntervalSchedule(frequency=-5), "schedule.frequency: -5 is not allowed, expected more than 0"),
        (V1IntervalSchedule(frequency=1e12), "schedule: its first run is after the year 9999"),
        (V1CronSchedule(cron="@daily", start_at="9999-12-31T12:00:00"), "schedule: its first run is after"),
        (
            V1IntervalSchedule(frequency=60, end_at="2020-01-01"),
            "schedule.endAt: no run is to come before '2020-01-01', expected a later moment",
        ),
        (
            V1DateTimeSchedule(start_at="2020-01-01T00:00:00Z"),
            "schedule.startAt: '2020-01-01T00:00:00Z' has passed, expected a later moment",
        ),
    ],
)
def test_a_schedule_without_a_run_to_come_is_refused(schedule: Schedule, line: str) -> None:
    with pytest.raises(InputError, match=f"^{re.escape(line)}"):
        check_coming(ticks(schedule), NOW)


@pytest.mark.parametrize(
    "schedule",
    [
        V1CronSchedule(cron="@quarterly", start_at="2020-01-01", end_at="2030-01-01"),
        V1IntervalSchedule(frequency="PT1H", start_at="2020-01-01", max_runs=1),
        V1DateTimeSchedule(start_at="2030-01-01T00:00:00Z"),
    ],
)
def test_a_schedule_with_a_run_to_come_is_taken(schedule: Schedule) -> None:
    check_coming(ticks(schedule), NOW)
