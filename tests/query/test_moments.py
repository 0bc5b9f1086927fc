from datetime import UTC, datetime, timedelta, timezone
from re import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.query import span
from polyaxon_sdk.query.moments import seconds

DAY = 86_400.0


@pytest.mark.parametrize(
    ("text", "start", "length"),
    [
        ("2024", datetime(2024, 1, 1, tzinfo=UTC), 366 * DAY),
        ("2024-02", datetime(2024, 2, 1, tzinfo=UTC), 29 * DAY),
        ("2024-12", datetime(2024, 12, 1, tzinfo=UTC), 31 * DAY),
        ("2024-02-29", datetime(2024, 2, 29, tzinfo=UTC), DAY),
        ("2024-02-29 10:30", datetime(2024, 2, 29, 10, 30, tzinfo=UTC), 60),
        ("2024-02-29T10:30:05Z", datetime(2024, 2, 29, 10, 30, 5, tzinfo=UTC), 1),
        ("2024-02-29 10:30+02:00", datetime(2024, 2, 29, 8, 30, tzinfo=UTC), 60),
        ("2024-02-29 10:30:05.250000", datetime(2024, 2, 29, 10, 30, 5, 250_000, tzinfo=UTC), 1e-6),
    ],
)
def test_a_moment_is_as_long_as_it_is_exact(text: str, start: datetime, length: float) -> None:
    found = span(text)
    assert found.start == start.timestamp()
    assert found.end - found.start == pytest.approx(length, abs=1e-6)


@pytest.mark.parametrize(
    "text", ["soon", "2024-13-01", "2023-02-29", "2024-1-1", "10:30", "9999", "0000", "20240101", ""]
)
def test_what_is_no_moment_is_refused(text: str) -> None:
    line = f"{text!r} is no moment, expected one such as 2024-01-31, 2024-01-31 09:30 or last_month"
    with pytest.raises(InputError, match=escape(line)):
        span(text)


@given(st.datetimes(min_value=datetime(1970, 1, 2), max_value=datetime(3000, 1, 1)))
def test_a_moment_of_a_run_is_within_what_is_written_of_it(moment: datetime) -> None:
    at = seconds(moment)
    assert at is not None
    assert all(
        found.start <= at < found.end for found in map(span, (f"{moment:%Y-%m-%d %H:%M}", f"{moment:%Y-%m}"))
    )


@pytest.mark.parametrize(
    "value",
    [
        3600,
        3600.0,
        datetime(1970, 1, 1, 1),
        datetime(1970, 1, 1, 2, tzinfo=timezone(timedelta(hours=1))),
        "1970-01-01 01:00:00",
        "1970-01-01T02:00:00+01:00",
        "1970-01-01T01:00:00Z",
    ],
)
def test_a_run_may_hold_a_moment_in_any_form(value: object) -> None:
    assert seconds(value) == 3600.0


@pytest.mark.parametrize("value", [None, True, "soon", []])
def test_what_holds_no_moment_has_none(value: object) -> None:
    assert seconds(value) is None
