"""Suggestions of a mapping: what it lists."""

from __future__ import annotations

from collections.abc import Iterator

from polyaxon_sdk.polyflow import V1Mapping
from polyaxon_sdk.tuners.resolved import resolved

__all__ = ["suggest_mapping"]


def suggest_mapping(matrix: V1Mapping) -> Iterator[dict[str, object]]:
    """Each mapping, in order.

    >>> list(suggest_mapping(V1Mapping(values=[{"lr": 0.1}, {"lr": 0.2}])))
    [{'lr': 0.1}, {'lr': 0.2}]
    """
    for values in resolved(matrix.values):
        yield dict(values)
