"""Schedules: when an operation runs again (semantics 1.14)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, TypeAlias

from attrs import field, frozen

from polyaxon_sdk.polyflow.bounds import duration, moment
from polyaxon_sdk.polyflow.documentation import documented
from polyaxon_sdk.polyflow.kinds import Kinds

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.lenient import Moment
    from polyaxon_sdk.polyflow.templates import Template

__all__ = ["Schedule", "V1CronSchedule", "V1DateTimeSchedule", "V1IntervalSchedule"]


@documented
@frozen(kw_only=True)
class V1CronSchedule:
    """Runs at the times that a cron line names (semantics 1.14).

    Args:
        cron: five fields, or `@daily` and the like.
        start_at: the ISO moment before which there is no run; default: now.
        end_at: the ISO moment from which there is no run; default: never.
        max_runs: how many there will be; default: no limit.
        depends_on_past: a run waits until the one before it is done; default false.

    >>> V1CronSchedule(cron="0 0 * * 1").kind
    'cron'
    """

    kind: ClassVar[str] = "cron"

    cron: str
    start_at: Moment | None = field(default=None, validator=moment)
    end_at: Moment | None = field(default=None, validator=moment)
    max_runs: int | Template | None = None
    depends_on_past: bool | Template | None = None


@documented
@frozen(kw_only=True)
class V1IntervalSchedule:
    """Runs at a steady pace (semantics 1.14).

    Args:
        frequency: seconds as a number, `PT1H` or `HH:MM:SS`.
        start_at: the ISO moment of the first run, from which the pace counts; default: now.
        end_at: the ISO moment from which there is no run; default: never.
        max_runs: how many there will be; default: no limit.
        depends_on_past: a run waits until the one before it is done; default false.

    >>> V1IntervalSchedule(frequency=3600).kind
    'interval'
    """

    kind: ClassVar[str] = "interval"

    frequency: str | float = field(validator=duration)
    start_at: Moment | None = field(default=None, validator=moment)
    end_at: Moment | None = field(default=None, validator=moment)
    max_runs: int | Template | None = None
    depends_on_past: bool | Template | None = None


@documented
@frozen(kw_only=True)
class V1DateTimeSchedule:
    """Runs once (semantics 1.14).

    Args:
        start_at: the ISO moment.

    >>> V1DateTimeSchedule(start_at="2030-01-01T00:00:00+00:00").kind
    'datetime'
    """

    kind: ClassVar[str] = "datetime"

    start_at: Moment = field(validator=moment)


if TYPE_CHECKING:
    Schedule: TypeAlias = V1CronSchedule | V1IntervalSchedule | V1DateTimeSchedule
else:
    Schedule = Annotated[
        object,
        Kinds(cron="V1CronSchedule", interval="V1IntervalSchedule", datetime="V1DateTimeSchedule"),
    ]
