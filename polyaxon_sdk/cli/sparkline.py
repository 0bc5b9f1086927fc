"""A series of numbers in one line of a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import isfinite

__all__ = ["sparkline"]

_BARS = "▁▂▃▄▅▆▇█"
_NO_NUMBER = "·"


def sparkline(values: Sequence[float], width: int) -> str:
    """The course of `values`, oldest first, in at most `width` characters.

    Where there are more values, each character stands for the mean of its share of them; a share without a
    finite number is a dot.

    >>> sparkline([0, 1, 2, 3], 8), sparkline([5, 5], 8), sparkline([], 8)
    ('▁▃▆█', '▄▄', '')
    """
    shares = [_mean(share) for share in _shares(values, width)]
    finite = [mean for mean in shares if mean is not None]
    if not finite:
        return _NO_NUMBER * len(shares)
    low, high = min(finite), max(finite)
    return "".join(_NO_NUMBER if mean is None else _bar(mean, low, high) for mean in shares)


def _shares(values: Sequence[float], width: int) -> list[Sequence[float]]:
    count = min(width, len(values))
    bounds = [len(values) * number // count for number in range(count + 1)] if count else []
    return [values[start:end] for start, end in pairwise(bounds)]


def _mean(share: Sequence[float]) -> float | None:
    finite = [value for value in share if isfinite(value)]
    # Each is divided before they are added, so that no sum of large numbers gets infinite.
    return sum(value / len(finite) for value in finite) if finite else None


def _bar(value: float, low: float, high: float) -> str:
    half, span = len(_BARS) // 2 - 1, high / 2 - low / 2
    if span == 0:
        return _BARS[half]
    return _BARS[min(int((value / 2 - low / 2) / span * len(_BARS)), len(_BARS) - 1)]
