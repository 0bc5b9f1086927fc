"""Histograms, from raw values or counts, as events (semantics 5.4; its defect T3 is not ours)."""

from __future__ import annotations

import sys
from bisect import bisect_right
from math import isfinite

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.tracking.arrays import array_of, floats_of, listed
from polyaxon_sdk.tracking.interface import Place
from polyaxon_sdk.tracking.numbers import shown, step_of
from polyaxon_sdk.tracking.series import Series

__all__ = ["counted", "log_counted", "log_histogram"]

_MOST = 512


def log_counted(place: Place, series: Series, values: object, counts: object) -> None:
    """Keep the edges of bins and what each bin counts.

    `numpy.histogram` returns the counts first, and existing scripts pass them so: of the two, the one that is
    longer by one is taken as the edges.

    Raises:
        ValueError, TypeError: they are no numbers, or neither is longer by one.
    """
    edges, counted = floats_of(values, "values"), floats_of(counts, "counts")
    if len(counted) == len(edges) + 1:
        edges, counted = counted, edges
    if len(edges) != len(counted) + 1 or not counted:
        raise ValueError(f"there are {len(edges)} edges for {len(counted)} counts: bins have one edge more")
    series.log(place, {"values": edges, "counts": counted})


def log_histogram(place: Place, series: Series, values: object, bins: object, max_bins: int | None) -> None:
    """Count raw values and keep what was counted; values that are no finite numbers are left out.

    Args:
        place, series: where it goes.
        values: numbers, in an array of any shape or a list.
        bins: how many bins, their edges, or the name of a rule that numpy knows.
        max_bins: how many bins a number or a rule may give.

    Raises:
        InputError, ValueError: `values`, `bins` or `max_bins` are nothing of that kind.
    """
    most = step_of(_MOST if max_bins is None else max_bins)
    if most is None or most < 1:
        raise InputError(
            f"{shown(max_bins)} is no number of bins", path="max_bins", expected="a whole number from 1 on"
        )
    if isinstance(bins, int) and bins < 1:
        raise InputError(f"{bins} is no number of bins", path="bins", expected="a whole number from 1 on")
    if "numpy" in sys.modules or isinstance(bins, str):
        edges, counts = _counted_by_numpy(values, bins, most)
    else:
        edges, counts = counted(_finite(values), bins, most)
    log_counted(place, series, edges, counts)


def _counted_by_numpy(values: object, bins: object, most: int) -> tuple[object, object]:
    import numpy  # it is imported already, or the only one to know the rule

    try:
        numbers = array_of(values).reshape(-1).astype(float)
    except (TypeError, ValueError):  # each library has words of its own for it
        raise InputError(f"{shown(values)} is no array of numbers", path="values") from None
    numbers = numbers[numpy.isfinite(numbers)]
    rule = bins if isinstance(bins, str | int) else floats_of(bins, "bins")
    if isinstance(rule, int):
        rule = min(rule, most)
    counts, edges = numpy.histogram(numbers, bins=rule)
    if isinstance(rule, str) and len(counts) > most:
        counts, edges = numpy.histogram(numbers, bins=most)
    return edges, counts


def _finite(values: object) -> list[float]:
    rows = listed(values)
    return [number for number in floats_of(_flat(rows), "values") if isfinite(number)]


def _flat(values: object) -> list[float]:
    if not isinstance(values, list):
        raise InputError(f"{shown(values)} is no list of numbers", path="values")
    return [each for value in values for each in (_flat(value) if isinstance(value, list) else [value])]


def counted(numbers: list[float], bins: object, most: int) -> tuple[list[float], list[int]]:
    """The edges of bins and what they count, as `numpy.histogram` has it, without numpy.

    Raises:
        ValueError, TypeError: `bins` are none.

    >>> counted([1.0, 2.0, 2.5], 2, 512)
    ([1.0, 1.75, 2.5], [1, 2])
    """
    if isinstance(bins, int):
        low, high = (min(numbers), max(numbers)) if numbers else (0.0, 1.0)
        if low == high:
            low, high = low - 0.5, high + 0.5
        count = min(bins, most)
        edges = [low + (high - low) * index / count for index in range(count)] + [high]
    else:
        edges = sorted(floats_of(bins, "bins"))
    counts = [0] * (len(edges) - 1)
    for number in numbers:
        if edges[0] <= number <= edges[-1]:
            counts[min(bisect_right(edges, number), len(counts)) - 1] += 1
    return edges, counts
