"""Dates and moments at even steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from attrs import field, frozen

from polyaxon_sdk.polyflow.documentation import documented
from polyaxon_sdk.polyflow.hp.parts import Parts, nonzero, taken
from polyaxon_sdk.polyflow.problems import at
from polyaxon_sdk.polyflow.templates import is_template
from polyaxon_sdk.polyflow.values import parse

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.templates import Template

__all__ = ["DateRange", "DateTimeRange", "V1HpDateRange", "V1HpDateTimeRange"]


@documented
@frozen(kw_only=True)
class DateRange(Parts):
    """Days from `start`, every `step` days, up to but not including `stop` (semantics 1.15).

    Args:
        start: the first day, as an ISO date.
        stop: the day before which it ends, as an ISO date.
        step: how many days apart.

    >>> DateRange(start="2024-01-01", stop="2024-01-10", step=1).stop
    '2024-01-10'
    """

    start: str
    stop: str
    step: float | Template = field(validator=nonzero)

    def __attrs_post_init__(self) -> None:
        _check(self, "date")


@documented
@frozen(kw_only=True)
class DateTimeRange(Parts):
    """Moments from `start`, every `step` seconds, up to but not including `stop` (semantics 1.15).

    Args:
        start: the first moment, in ISO form.
        stop: the moment before which it ends, in ISO form.
        step: how many seconds apart.

    >>> DateTimeRange(start="2024-01-01T00:00:00", stop="2024-01-02T00:00:00", step=3600).step
    3600
    """

    start: str
    stop: str
    step: float | Template = field(validator=nonzero)

    def __attrs_post_init__(self) -> None:
        _check(self, "datetime")


def _check(parts: DateRange | DateTimeRange, kind: str) -> None:
    for name in ("start", "stop"):
        value = getattr(parts, name)
        if not is_template(value):
            with at(name):
                parse(kind, value)


def _as_daterange(value: object) -> DateRange | str | None:
    return taken(DateRange, value)


def _as_datetimerange(value: object) -> DateTimeRange | str | None:
    return taken(DateTimeRange, value)


@documented
@frozen(kw_only=True)
class V1HpDateRange:
    """Days at a fixed step (semantics 1.15).

    Args:
        value: `{start, stop, step}`, or these as a list; step in days, stop is not among them; default none.

    >>> V1HpDateRange(value=["2024-01-01", "2024-01-10", 1]).value.step
    1.0
    """

    kind: ClassVar[str] = "daterange"

    value: DateRange | Template | None = field(default=None, converter=_as_daterange)


@documented
@frozen(kw_only=True)
class V1HpDateTimeRange:
    """Moments at a fixed step (semantics 1.15).

    Args:
        value: `{start, stop, step}`, or these as a list; step in seconds, stop is not among them;
            default none.

    >>> V1HpDateTimeRange(value=["2024-01-01T00:00:00", "2024-01-02T00:00:00", 3600]).value.step
    3600.0
    """

    kind: ClassVar[str] = "datetimerange"

    value: DateTimeRange | Template | None = field(default=None, converter=_as_datetimerange)
