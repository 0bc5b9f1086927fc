"""When an operation runs again."""

from __future__ import annotations

import re

import pytest

from polyaxon_sdk.polyflow import SpecError, read_operation, write


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        (1577880000, "2020-01-01T12:00:00+00:00"),
        ("1577880000", "2020-01-01T12:00:00+00:00"),
        (1577880000000.0, "2020-01-01T12:00:00+00:00"),
        ("2020-01-02", "2020-01-02"),
        ("{{ globals.created_at }}", "{{ globals.created_at }}"),
    ],
)
def test_a_start_may_be_seconds(written: object, moment: str) -> None:
    found = read_operation({"schedule": {"kind": "datetime", "startAt": written}})
    assert write(found)["schedule"] == {"kind": "datetime", "startAt": moment}


@pytest.mark.parametrize("most", [0, -1])
def test_no_runs_at_all_may_be_said(most: int) -> None:
    schedule = {"kind": "cron", "cron": "@daily", "maxRuns": most}
    assert write(read_operation({"schedule": schedule}))["schedule"] == schedule


@pytest.mark.parametrize(
    ("schedule", "line"),
    [
        ({"kind": "datetime", "startAt": True}, "schedule.startAt: True is not allowed, expected a moment"),
        ({"kind": "datetime", "startAt": "1" * 19}, f"schedule.startAt: '{'1' * 19}' is not allowed"),
        ({"kind": "cron", "cron": "@daily", "maxRuns": "2"}, "schedule.maxRuns: '2' is not allowed"),
        ({"kind": "interval", "frequency": "120"}, "schedule.frequency: '120' is not allowed, expected PT1H"),
    ],
)
def test_what_is_no_time_is_refused(schedule: object, line: str) -> None:
    with pytest.raises(SpecError, match="^" + re.escape(line)):
        read_operation({"schedule": schedule})
