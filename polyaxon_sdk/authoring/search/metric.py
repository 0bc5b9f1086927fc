"""What a search is for."""

from __future__ import annotations

from collections.abc import Sequence

from polyaxon_sdk.authoring.caller import caller
from polyaxon_sdk.authoring.search.direction import Direction, direction_of
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1OptimizationMetric

__all__ = ["metric_of"]


def metric_of(outputs: Sequence[str], name: str | None) -> V1OptimizationMetric:
    """The output that counts: the one that is named, or the first.

    Args:
        name: with a sign for the most or the least; without one its words tell.

    Raises:
        InputError: there is none.

    >>> metric_of(["loss"], None)
    V1OptimizationMetric(name='loss', optimization='minimize')
    """
    if name is None and not outputs:
        raise InputError("no output to search for", where=caller(), expected="a metric")
    sign, bare = (name[0], name[1:]) if name and name[0] in "+-" else ("", name or outputs[0])
    signs: dict[str, Direction] = {"+": "maximize", "-": "minimize"}
    return V1OptimizationMetric(name=bare, optimization=signs.get(sign) or direction_of(bare))
