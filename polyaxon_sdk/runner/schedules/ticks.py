"""The times that a schedule names (semantics 1.14)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from attrs import frozen
from cronsim import CronSim

from polyaxon_sdk.compiler.doubts.times import cron_line
from polyaxon_sdk.polyflow import Schedule, V1CronSchedule, V1DateTimeSchedule
from polyaxon_sdk.polyflow.values import parse

__all__ = ["Ticks", "seconds_of"]


@frozen
class Ticks:
    """The times of a schedule, as seconds since the epoch.

    A cron line is meant in the time of `zone`: what it names in an hour that is left out in spring comes right after,
    and what it names of an hour that comes twice in autumn comes once, unless it is for every hour.

    Args:
        schedule: as it is written.
        created: when it was made, in seconds since the epoch: an interval without `startAt` counts from there.
        zone: the time zone of cron lines.

    >>> from polyaxon_sdk.polyflow import V1IntervalSchedule
    >>> next(Ticks(V1IntervalSchedule(frequency=60), created=0.0, zone=UTC).after(90.0))
    120.0
    """

    schedule: Schedule
    created: float
    zone: tzinfo

    @property
    def end(self) -> float:
        """From when on there is none."""
        end = getattr(self.schedule, "end_at", None)
        return math.inf if end is None else seconds_of(end)

    def after(self, moment: float) -> Iterator[float]:
        """Those after `moment`, in their order; a time of the schedule's start is one of them."""
        for tick in self._after(moment):
            if tick >= self.end:
                return
            yield tick

    def last(self, moment: float) -> float | None:
        """The last one that is not after `moment`."""
        upto = min(moment, math.nextafter(self.end, -math.inf))
        if isinstance(self.schedule, V1CronSchedule):
            before = self._local(math.floor(upto) + 1)
            tick = next(CronSim(cron_line(self.schedule.cron), before, reverse=True), None)
            found = -math.inf if tick is None else tick.timestamp()
            return found if found >= self._start and found > self._since else None
        if isinstance(self.schedule, V1DateTimeSchedule):
            return self._start if self._start <= upto else None
        steps = math.floor((upto - self._first) / self._step)
        return self._first + steps * self._step if steps >= 0 else None

    def _after(self, moment: float) -> Iterator[float]:
        if isinstance(self.schedule, V1CronSchedule):
            # What comes just before the start: a tick at the start itself is one.
            since = max(moment, self._start - 1, self._since)
            for tick in CronSim(cron_line(self.schedule.cron), self._local(math.floor(since))):
                if (found := tick.timestamp()) > moment and found >= self._start:
                    yield found
        elif isinstance(self.schedule, V1DateTimeSchedule):
            yield from [self._start] if self._start > moment else []
        else:
            steps = max(0, math.floor((moment - self._first) / self._step) + 1)
            while True:
                yield self._first + steps * self._step
                steps += 1

    @property
    def _since(self) -> float:
        return -math.inf if getattr(self.schedule, "start_at", None) else self.created

    @property
    def _start(self) -> float:
        start = getattr(self.schedule, "start_at", None)
        return -math.inf if start is None else seconds_of(start)

    @property
    def _first(self) -> float:
        return self._start if self._start > -math.inf else self.created + self._step

    @property
    def _step(self) -> float:
        found = parse("timedelta", getattr(self.schedule, "frequency", None))
        assert isinstance(found, timedelta)
        return found.total_seconds()

    def _local(self, moment: float) -> datetime:
        return datetime.fromtimestamp(moment, self.zone)


def seconds_of(text: object) -> float:
    """A moment of a schedule in seconds since the epoch; one without a time zone is in UTC.

    >>> seconds_of("1970-01-01T01:00:00")
    3600.0
    """
    moment = parse("datetime", text)
    assert isinstance(moment, date)
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
