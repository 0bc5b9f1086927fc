"""Suggestions of a grid: every combination, one at a time."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from polyaxon_sdk.polyflow import V1GridSearch
from polyaxon_sdk.polyflow.problems import at
from polyaxon_sdk.tuners.resolved import resolved
from polyaxon_sdk.tuners.spaces import number, pools_of

__all__ = ["suggest_grid"]


def suggest_grid(matrix: V1GridSearch) -> Iterator[dict[str, object]]:
    """Every combination, the last param changing fastest; each is made when it is asked for.

    >>> from polyaxon_sdk.polyflow import V1HpChoice
    >>> next(suggest_grid(V1GridSearch(params={"lr": V1HpChoice(value=[0.1, 0.2])})))
    {'lr': 0.1}
    """
    pools = pools_of(resolved(matrix.params))
    size = math.prod(map(len, pools.values()))
    wanted = size if matrix.num_runs is None else min(size, int(number(matrix.num_runs)))
    for position in range(wanted):
        yield _at(position, pools)


def _at(position: int, pools: dict[str, Sequence[object]]) -> dict[str, object]:
    """The combination at a position, read as digits: the last param is the lowest."""
    digits: dict[str, object] = {}
    for name, values in reversed(pools.items()):
        position, digit = divmod(position, len(values))
        with at("matrix", "params", name):
            digits[name] = values[digit]
    return dict(reversed(digits.items()))
