"""Suggestions of a random search: draws, each different."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from random import Random

from polyaxon_sdk.polyflow import HyperParam, V1RandomSearch
from polyaxon_sdk.tuners.draws import PATIENCE, draw_each
from polyaxon_sdk.tuners.resolved import resolved, seed_of
from polyaxon_sdk.tuners.spaces import number, size_of

__all__ = ["suggest_distinct", "suggest_randomly"]


def suggest_randomly(matrix: V1RandomSearch) -> Iterator[dict[str, object]]:
    """`numRuns` draws, each different; fewer where there are not as many combinations.

    The same seed, 0 included, gives the same draws.

    >>> from polyaxon_sdk.polyflow import V1HpChoice
    >>> search = V1RandomSearch(params={"lr": V1HpChoice(value=[0.1, 0.2])}, num_runs=9, seed=1)
    >>> len(list(suggest_randomly(search)))
    2
    """
    params, count = resolved(matrix.params), int(number(matrix.num_runs))
    yield from suggest_distinct(params, count=count, seed=seed_of(matrix))


def suggest_distinct(
    params: Mapping[str, HyperParam], *, count: int, seed: int | str | None
) -> Iterator[dict[str, object]]:
    """Up to `count` draws, each different."""
    source = Random(seed)  # noqa: S311  # a search, not a secret
    size = size_of(params)
    wanted = count if size is None else min(count, size)
    seen: set[str] = set()
    misses = 0
    while len(seen) < wanted and misses < PATIENCE:
        values = draw_each(params, source)
        key = json.dumps(values, sort_keys=True, default=str)
        if key in seen:
            misses += 1
            continue
        misses = 0
        seen.add(key)
        yield values
