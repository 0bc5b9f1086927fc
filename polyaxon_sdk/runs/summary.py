"""Summaries of series, kept as points arrive (semantics 5.7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import isnan, sqrt

from polyaxon_sdk.types import Json

__all__ = ["SeriesSummary", "quartiles"]


class SeriesSummary:
    """Count, mean, standard deviation, least, greatest and last value of one series of scalars.

    The deviation is the sample's, by Welford's method. NaN counts as a point and can be the last value; it is
    left out of everything else, as pandas does.

    >>> summary = SeriesSummary()
    >>> summary.add(1, 10.0, 0.5)
    >>> summary.view()["last"]
    0.5
    """

    def __init__(self) -> None:
        self.count = 0
        self._numbers = 0
        self._mean = 0.0
        self._squares = 0.0
        self._values: tuple[float, float] | None = None
        self._steps: tuple[int, int] | None = None
        self._stepped = 0
        self._times: tuple[float, float] | None = None
        self._last: float = 0.0

    def add(self, step: int | None, time: float, value: float) -> None:
        """Take one more point in."""
        self.count += 1
        self._last = value
        self._times = _widened(self._times, time)
        if step is not None:
            self._stepped += 1
            self._steps = (
                (min(self._steps[0], step), max(self._steps[1], step)) if self._steps else (step, step)
            )
        if isnan(value):
            return
        self._numbers += 1
        distance = value - self._mean
        self._mean += distance / self._numbers
        self._squares += distance * (value - self._mean)
        self._values = _widened(self._values, value)

    def view(self) -> dict[str, Json]:
        """The summary as a JSON object."""
        low, high = self._values or (None, None)
        seen: dict[str, Json] = {"count": self.count, "last": self._last, "min": low, "max": high}
        if self._numbers:
            seen["mean"] = self._mean
        if self._numbers > 1:
            seen["std"] = sqrt(self._squares / (self._numbers - 1))
        if self._steps:
            seen["step"] = {"count": self._stepped, "min": self._steps[0], "max": self._steps[1]}
        if self._times:
            seen["timestamp"] = {"min": self._times[0], "max": self._times[1]}
        return seen


def quartiles(values: Iterable[float]) -> dict[str, Json]:
    """The quartiles by linear interpolation, without NaN; nothing where there are no values."""
    ordered = sorted(value for value in values if not isnan(value))
    if not ordered:
        return {}
    return {f"{percent}%": _quantile(ordered, percent / 100) for percent in (25, 50, 75)}


def _quantile(ordered: Sequence[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    if ordered[below] == ordered[above]:
        return ordered[below]
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def _widened(bounds: tuple[float, float] | None, value: float) -> tuple[float, float]:
    return (min(bounds[0], value), max(bounds[1], value)) if bounds else (value, value)
