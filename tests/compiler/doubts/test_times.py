"""Schedules that name no time."""

from __future__ import annotations

import pytest

from polyaxon_sdk.compiler.doubts.times import time_doubts
from polyaxon_sdk.polyflow import V1CronSchedule


@pytest.mark.parametrize(
    ("most", "doubts"), [(1, []), (0, ["0 is not allowed"]), (-1, ["-1 is not allowed"])]
)
def test_a_schedule_without_runs_is_told(most: int, doubts: list[str]) -> None:
    found = time_doubts(V1CronSchedule(cron="@daily", max_runs=most))
    assert [problem.what for problem in found] == doubts
