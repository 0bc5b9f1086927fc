"""Whether a schedule can be kept: told before its run is made, and again to whoever keeps it."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from attrs import AttrsInstance

from polyaxon_sdk.compiler.doubts.times import time_doubts
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import Schedule, V1DateTimeSchedule, is_template
from polyaxon_sdk.polyflow.shapes import shape_of
from polyaxon_sdk.runner.schedules.ticks import Ticks

__all__ = ["check_coming", "check_schedule"]


def check_schedule(schedule: Schedule) -> None:
    """Refuse one that names no times at all; those that it names may be over.

    Raises:
        InputError: the field and what it should be.

    >>> from polyaxon_sdk.polyflow import V1IntervalSchedule
    >>> check_schedule(V1IntervalSchedule(frequency=60))
    """
    for field in shape_of(type(cast(AttrsInstance, schedule))).fields:
        if is_template(value := getattr(schedule, field.name)):
            raise InputError(
                f"{value!r} is a template that nothing fills in",
                path=f"schedule.{field.key}",
                expected="a value",
            )
    for problem in time_doubts(schedule):
        raise problem.error()


def check_coming(ticks: Ticks, now: float) -> None:
    """Refuse a schedule of which no run is to come.

    Args:
        ticks: its times.
        now: seconds since the epoch.

    Raises:
        InputError: as `check_schedule`, and where its times are over, or after all that a calendar has.
    """
    schedule = ticks.schedule
    check_schedule(schedule)
    try:
        first = next(ticks.after(now), None)
        if first is not None:
            datetime.fromtimestamp(first, ticks.zone)
            return
    except (OverflowError, ValueError):
        raise InputError("its first run is after the year 9999", path="schedule") from None
    if isinstance(schedule, V1DateTimeSchedule):
        raise InputError(
            f"{schedule.start_at!r} has passed", path="schedule.startAt", expected="a later moment"
        )
    end = getattr(schedule, "end_at", None)
    raise InputError(f"no run is to come before {end!r}", path="schedule.endAt", expected="a later moment")
