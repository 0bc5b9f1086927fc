"""Scalars, from a call to the journal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from threading import RLock
from time import time
from typing import Protocol, TypeAlias, cast, overload

from polyaxon_sdk.runs.journal import Room, void
from polyaxon_sdk.runs.scalars import EARLIEST, NO_STEP, RECORD
from polyaxon_sdk.tracking.devices import promise_of, waits
from polyaxon_sdk.tracking.numbers import NO_MOMENT, is_plain, moment_of, number_of, shown, step_of
from polyaxon_sdk.tracking.pending import Awaited, Pending

__all__ = ["LogMetric", "LogMetrics", "MetricLog", "Metrics", "Number", "log_metric_of", "log_metrics_of"]


class _Float(Protocol):
    def __float__(self) -> float: ...


class _Index(Protocol):
    def __index__(self) -> int: ...


Number: TypeAlias = "float | int | _Float | _Index"
"""A number, or a scalar of numpy, torch or TensorFlow."""


class Journal(Protocol):
    """Where scalars go: `polyaxon_sdk.runs.journal.ScalarJournal`, or nowhere."""

    room: Room

    def append(self, series: int, step: int | None, time: float, value: float) -> object:
        """Keep one point."""


class Metrics:
    """The scalars of one run in this process: gives series their ids and takes what the quick path can't.

    Attributes:
        journal: where points go.
        defers_host: whether scalars of torch, jax and TensorFlow in the host's memory are treated as those of
            a device.
    """

    def __init__(
        self, journal: Journal, name_series: Callable[[int, str], None], on_trouble: Callable[[str], None]
    ) -> None:
        self.journal = journal
        self._name_series = name_series
        self._on_trouble = on_trouble
        self.defers_host = False
        self._lock = RLock()
        self._ids: dict[str, int] = {}
        self._pending = Pending(self._keep, hold=self._hold, release=self._release, on_trouble=on_trouble)

    def log(self, name: str, value: Number, step: int | None, timestamp: float | None) -> None:
        """Keep one point whatever its arguments are; what is no number is told once and left out."""
        promise = None if is_plain(value) else promise_of(value, on_host=self.defers_host)
        number = None if promise is not None else self._number(name, value)
        if promise is None and number is None:
            self._on_trouble(f"metric {name!r} is left out: {shown(value)} is no number")
            return
        at, moment = step_of(step), self.moment(name, timestamp)
        if at is None and step is not None:
            self._on_trouble(
                f"metric {name!r} is kept without its step: {shown(step)} is no whole number of 64 bits"
            )
        series = self._series(str(name))
        if series is None:
            return
        if promise is not None:
            self._pending.add(Awaited(str(name), series, at, moment, promise))
        elif number is not None and not self._waits_behind(str(name), series, at, moment, number):
            self.journal.append(series, at, moment, number)

    def moment(self, name: str, timestamp: object) -> float:
        """The time that is meant, by default now; what is none is told once."""
        if (moment := moment_of(timestamp)) is None:
            self._on_trouble(f"metric {name!r} {NO_MOMENT}")
            return time()
        return moment

    def settle(self, within: float) -> None:
        """Wait up to `within` seconds for the values that devices are still computing."""
        self._pending.settle(within)

    def restart(self) -> None:
        """Go on in a forked child."""
        self._lock = RLock()
        self._ids = {}
        self._pending.restart()

    def _number(self, name: str, value: object) -> float | None:
        if not is_plain(value) and waits(value):
            self._on_trouble(
                f"metric {name!r} waits for its device: a {type(value).__name__} can't be taken without"
            )
        return number_of(value)

    def _series(self, name: str) -> int | None:
        with self._lock:
            known = self._ids.get(name)
            if known is None:
                known = len(self._ids)
                try:
                    self._name_series(known, name)
                except OSError as error:
                    self._on_trouble(f"metric {name!r} is left out: {error.strerror or error}")
                    return None
                self._ids[name] = self.journal.room[2][name] = known
            return known

    def _hold(self, name: str) -> None:
        """Keep the quick path from overtaking what waits: it must not know the series meanwhile."""
        self.journal.room[2].pop(name, None)

    def _waits_behind(self, name: str, series: int, step: int | None, moment: float, number: float) -> bool:
        return self._pending.add_behind(Awaited(name, series, step, moment, lambda: number))

    def _release(self, name: str, series: int) -> None:
        self.journal.room[2][name] = series

    def _keep(self, point: Awaited, number: float) -> None:
        self.journal.append(point.series, point.step, point.time, number)


class MetricLog(Protocol):
    """What takes the points that the quick path can't."""

    def log(self, name: str, value: Number, step: int | None, timestamp: float | None) -> None:
        """Keep one point whatever its arguments are."""

    def moment(self, name: str, timestamp: object) -> float:
        """The time that is meant."""


class Source(Protocol):
    """What a verb asks at every call for the run that is meant: its metrics, and their journal."""

    @property
    def metrics(self) -> MetricLog:
        """The metrics."""

    journal: Journal


class LogMetric(Protocol):
    """The type of `log_metric`."""

    def __call__(
        self, name: str, value: Number, step: int | None = None, timestamp: float | None = None
    ) -> None:
        """Log one value."""


class LogMetrics(Protocol):
    """The type of `log_metrics`."""

    @overload
    def __call__(
        self, step: int | None = None, timestamp: float | None = None, **metrics: Number
    ) -> None: ...

    @overload
    def __call__(
        self,
        metrics: Mapping[str, Number],
        /,
        step: int | None = None,
        timestamp: float | None = None,
        **more: Number,
    ) -> None: ...


def log_metric_of(source: Source) -> LogMetric:
    """The verb `log_metric` on the metrics of `source`.

    One flat function: with the store into memory at a tenth of a microsecond, each further call would show.
    """
    pack, now = RECORD.pack_into, time

    def log_metric(name: str, value: Number, step: int | None = None, timestamp: float | None = None) -> None:
        """Log one value of the series `name`: a training loop may call it at every step.

        Args:
            name: the series, such as `loss` or `val/accuracy`.
            value: a number; NaN and the infinities are kept as they are. A scalar that a device is computing
                is not waited for: it is kept, in its place, once it is there.
            step: a whole number, in any order; None where the series has no steps.
            timestamp: seconds since the epoch, by default now.

        What is no number is told once on stderr and left out: logging never raises. Once the call returns, the
        value survives the death of the process (semantics 5.2).

        >>> log_metric("loss", 0.25, step=1)  # doctest: +SKIP
        """
        free, memory, series = source.journal.room
        try:
            if type(value) is not float or timestamp is not None:
                # an accelerator's scalar would have to be waited for, and a time may be none
                return source.metrics.log(name, value, step, timestamp)
            known = series[name]
            slot = next(free)
        except (KeyError, StopIteration, TypeError):
            return source.metrics.log(name, value, step, timestamp)
        try:
            pack(memory, slot, known, NO_STEP if step is None else step, value, now())
        except Exception:  # the __index__ of a step may raise whatever it likes
            void(memory, slot)
            source.metrics.log(name, value, step, timestamp)

    return log_metric


def log_metrics_of(source: Source) -> LogMetrics:
    """The verb `log_metrics` on the metrics of `source`.

    As flat as `log_metric`, which it would have to call for each of many values.
    """
    pack, now = RECORD.pack_into, time

    def log_metrics(
        *given: object, step: int | None = None, timestamp: float | None = None, **metrics: Number
    ) -> None:
        """Log several values at one step and time, each as `log_metric` does.

        Args:
            given: the values by name as a mapping, where they are no keywords; then the step and the timestamp, where
                they are none.
            step, timestamp, metrics: as for `log_metric`.

        >>> log_metrics(step=1, loss=0.25, accuracy=0.9)  # doctest: +SKIP
        >>> log_metrics({"loss": 0.25, "val/loss": 0.5}, step=1)  # doctest: +SKIP
        """
        if given:
            if isinstance(given[0], Mapping):
                metrics = {**given[0], **metrics}
                given = given[1:]
            step, timestamp = _placed(given, step, timestamp)
        moment = now() if timestamp is None else source.metrics.moment(", ".join(metrics), timestamp)
        mark = moment or EARLIEST
        at = NO_STEP if step is None else step
        journal = source.journal
        free, memory, series = journal.room  # asked for again after whatever may have replaced it
        for name, value in metrics.items():
            try:
                if type(value) is float:
                    known = series[name]
                    slot = next(free)
                    try:
                        pack(memory, slot, known, at, value, mark)
                        continue
                    except Exception:  # as in log_metric
                        void(memory, slot)
            except (KeyError, StopIteration, TypeError):
                pass
            source.metrics.log(name, value, step, moment)
            free, memory, series = journal.room

    return log_metrics


def _placed(given: Sequence[object], step: object, timestamp: object) -> tuple[int | None, float | None]:
    """Step and timestamp, of which some are given by their place."""

    def log_metrics(step: object = None, timestamp: object = None) -> tuple[object, object]:
        return step, timestamp

    named = {"step": step, "timestamp": timestamp}
    placed = log_metrics(*given, **{name: value for name, value in named.items() if value is not None})
    return cast("tuple[int | None, float | None]", placed)
