"""Schedules that name no time."""

from __future__ import annotations

import pytest

from polyaxon_sdk.compiler.doubts.times import time_doubts
from polyaxon_sdk.polyflow import V1CronSchedule, V1IntervalSchedule


@pytest.mark.parametrize(
    ("most", "doubts"), [(1, []), (0, ["0 is not allowed"]), (-1, ["-1 is not allowed"])]
)
def test_a_schedule_without_runs_is_told(most: int, doubts: list[str]) -> None:
    found = time_doubts(V1CronSchedule(cron="@daily", max_runs=most))
    assert [problem.what for problem in found] == doubts


@pytest.mark.parametrize("pace", [0, -5, "PT0S", "-PT5S"])
def test_a_pace_that_leads_nowhere_is_told(pace: str | float) -> None:
    [problem] = time_doubts(V1IntervalSchedule(frequency=pace))
    assert (problem.path, problem.what) == (("schedule", "frequency"), f"{pace!r} is not allowed")


@pytest.mark.parametrize("line", ["0 0 30 2 *", "61 2 * * *", f"{'9' * 5000} * * * *", "* * * *"])
def test_a_line_that_names_no_time_is_told(line: str) -> None:
    assert [problem.path for problem in time_doubts(V1CronSchedule(cron=line))] == [("schedule", "cron")]
