"""Results as a model takes them that believes in bells: whatever their scale, however bad the bad ones."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from statistics import NormalDist, fmean, median

__all__ = ["warped"]


def warped(results: Sequence[float]) -> list[float]:
    """Results, the more the better, with their median at 0; 1 is the root mean square of the better half from there.

    The worse half keeps its order alone, laid out as the worse half of a bell: how much worse a run is than the
    median tells nothing of where the best is, and one that is worse a million times would drown the rest.

    >>> [round(each, 2) for each in warped([-1e9, 1.0, 2.0, 3.0])]
    [-1.15, -0.32, 0.45, 1.34]
    """
    if not results:
        return []
    middle = median(results)
    better = [each - middle for each in results if each >= middle]
    spread = sqrt(fmean(each * each for each in better)) or 1.0
    worse = sorted({each for each in results if each < middle}, reverse=True)
    bell, count = NormalDist(), len(worse)
    places = {each: bell.inv_cdf(0.5 - 0.5 * (at + 0.5) / count) for at, each in enumerate(worse)}
    return [places.get(each, (each - middle) / spread) for each in results]
