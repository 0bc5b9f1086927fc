"""The times that schedules name."""

import math
from datetime import UTC, datetime, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from polyaxon_sdk.polyflow import Schedule, V1CronSchedule, V1DateTimeSchedule, V1IntervalSchedule
from polyaxon_sdk.runner.schedules.ticks import Ticks

BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2026, 3, 1, tzinfo=UTC).timestamp()


def ticks(schedule: Schedule, *, created: float = START, zone: ZoneInfo = BERLIN) -> Ticks:
    return Ticks(schedule, created=created, zone=zone)


def shown(line: str, day: datetime, count: int) -> list[str]:
    """The first ticks of a cron line from a day on, as a clock on the wall shows them."""
    found = islice(ticks(V1CronSchedule(cron=line)).after(day.timestamp()), count)
    return [datetime.fromtimestamp(tick, BERLIN).strftime("%d %H:%M %Z") for tick in found]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("30 2 * * *", ["29 03:00 CEST", "30 02:30 CEST"]),
        ("30 * * * *", ["29 00:30 CET", "29 01:30 CET", "29 03:30 CEST"]),
        ("@daily", ["29 00:00 CET", "30 00:00 CEST"]),
    ],
)
def test_an_hour_that_is_left_out_loses_no_daily_run(line: str, expected: list[str]) -> None:
    assert shown(line, datetime(2026, 3, 28, 23, 59, tzinfo=BERLIN), len(expected)) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("30 2 * * *", ["25 02:30 CEST", "26 02:30 CET"]),
        ("30 * * * *", ["25 00:30 CEST", "25 01:30 CEST", "25 02:30 CEST", "25 02:30 CET"]),
    ],
)
def test_an_hour_that_comes_twice_gives_one_daily_run(line: str, expected: list[str]) -> None:
    assert shown(line, datetime(2026, 10, 24, 23, 59, tzinfo=BERLIN), len(expected)) == expected


def test_an_interval_counts_from_its_start() -> None:
    schedule = V1IntervalSchedule(frequency="PT1H", start_at="2026-03-01T00:30:00+00:00")
    assert [tick - START for tick in islice(ticks(schedule).after(START), 2)] == [1800.0, 5400.0]


def test_an_interval_without_a_start_counts_from_when_it_was_made() -> None:
    assert next(ticks(V1IntervalSchedule(frequency=60)).after(START)) == START + 60


@pytest.mark.parametrize("moment", [START, START - 100, START + 90])
def test_a_date_is_one_tick(moment: float) -> None:
    schedule = V1DateTimeSchedule(start_at="2026-03-01T00:01:30+00:00")
    found = list(ticks(schedule).after(moment))
    assert found == ([START + 90] if moment < START + 90 else [])


def test_a_cron_line_begins_at_its_start_and_stops_before_its_end() -> None:
    schedule = V1CronSchedule(
        cron="* * * * *", start_at="2026-03-01T00:05:00+00:00", end_at="2026-03-01T00:07:00+00:00"
    )
    assert [tick - START for tick in ticks(schedule).after(START)] == [300.0, 360.0]


@given(
    frequency=st.floats(0.5, 1e6), start=st.none() | st.integers(-(10**6), 10**6), moment=st.floats(-1e6, 1e7)
)
@settings(max_examples=50, deadline=None)
def test_the_last_tick_is_the_one_before_the_next(frequency: float, start: int | None, moment: float) -> None:
    start_at = (
        None if start is None else (datetime(2026, 3, 1, tzinfo=UTC) + timedelta(seconds=start)).isoformat()
    )
    found = ticks(V1IntervalSchedule(frequency=frequency, start_at=start_at))
    coming, last = next(found.after(START + moment)), found.last(START + moment)
    assert coming > START + moment - 1e-3
    assert last is None or math.isclose(coming - last, frequency, abs_tol=1e-3)


@given(
    minute=st.sampled_from(["*", "*/7", "5,50", "30"]),
    hour=st.sampled_from(["*", "2", "1-3", "*/6"]),
    zone=st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"]),
    day=st.integers(0, 364),
)
@settings(max_examples=25, deadline=None)
def test_cron_lines_name_what_the_clock_shows(minute: str, hour: str, zone: str, day: int) -> None:
    """On days whose hours all come once, each minute that matches is a tick, and no other one."""
    place = ZoneInfo(zone)
    midnight = datetime(2026, 1, 1, tzinfo=place) + timedelta(days=day)
    end = midnight + timedelta(days=1)
    start = midnight.timestamp()
    found = ticks(V1CronSchedule(cron=f"{minute} {hour} * * *"), created=start - 1, zone=place)
    minutes = range(round(start), round(end.timestamp()), 60)
    wall = [datetime.fromtimestamp(each, place) for each in minutes]
    wanted = [each.timestamp() for each in wall if _in(minute, each.minute) and _in(hour, each.hour)]
    got = list(takewhile(lambda tick: tick < end.timestamp(), found.after(start - 1)))
    is_plain = len(minutes) == 1440
    assert got == wanted or not is_plain


def _in(field: str, value: int) -> bool:
    if field.startswith("*"):
        return value % int(field[2:] or 1) == 0
    low, dash, high = field.partition("-")
    return int(low) <= value <= int(high) if dash else str(value) in field.split(",")
