"""How much each param of a search told of what came out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean

from polyaxon_sdk.tuners.trials import Trial

__all__ = ["importance_of"]

_FEWEST = 8
"""Of fewer results nothing can be said."""

_IN_GROUP = 4
_GROUPS = 8
"""Into how many groups of neighbours numbers are put at most, and how many results are in one at least."""


def importance_of(trials: Sequence[Trial]) -> dict[str, float]:
    """The share of the results' variance, by rank, that each param explains alone; the most important first.

    That is the first-order effect of functional ANOVA, over groups of neighbouring values, less what chance gives.
    It goes by ranks, so that a few bad results don't hide the rest. Params with one value are left out.

    >>> trials = [Trial(values={"a": at, "b": at % 3}, result=float(at)) for at in range(24)]
    >>> importance_of(trials)
    {'a': 0.967, 'b': 0.0}
    """
    counting = [trial for trial in trials if trial.counts]
    if len(counting) < _FEWEST:
        return {}
    ranks = _ranks([trial.result or 0.0 for trial in counting])
    names = dict.fromkeys(name for trial in counting for name in trial.values)
    shares = {name: _share([trial.values.get(name) for trial in counting], ranks) for name in names}
    found = {name: round(share, 3) for name, share in shares.items() if share is not None}
    return dict(sorted(found.items(), key=lambda one: -one[1]))


def _share(values: Sequence[object], ranks: Sequence[float]) -> float | None:
    """What of the ranks' variance the groups of some values explain; None where there is one group."""
    groups = _grouped(values, ranks)
    count, middle = len(ranks), fmean(ranks)
    whole = sum((rank - middle) ** 2 for rank in ranks)
    if len(groups) < 2 or len(groups) >= count or not whole:
        return None
    within = sum((rank - fmean(group)) ** 2 for group in groups for rank in group)
    return max(0.0, 1 - within / whole * (count - 1) / (count - len(groups)))


def _grouped(values: Sequence[object], ranks: Sequence[float]) -> list[list[float]]:
    groups: dict[str, list[float]] = {}
    for value, rank in zip(values, ranks, strict=True):
        groups.setdefault(repr(value), []).append(rank)
    most = max(2, min(_GROUPS, len(values) // _IN_GROUP))
    if len(groups) <= most or not all(isinstance(value, int | float) for value in values):
        return list(groups.values())
    places = _ranks([float(value) for value in values if isinstance(value, int | float)])
    near: Mapping[int, list[float]] = {at: [] for at in range(most)}
    for place, rank in zip(places, ranks, strict=True):
        near[min(int(place * most / len(values)), most - 1)].append(rank)
    return [group for group in near.values() if group]


def _ranks(values: Sequence[float]) -> list[float]:
    """The position of each value among all; equal ones share theirs."""
    order = sorted(range(len(values)), key=values.__getitem__)
    found = [0.0] * len(values)
    start = 0
    for end in range(1, len(order) + 1):
        if end == len(order) or values[order[end]] != values[order[start]]:
            for at in order[start:end]:
                found[at] = (start + end - 1) / 2
            start = end
    return found
