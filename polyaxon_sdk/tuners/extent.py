"""How many runs a search will have."""

from __future__ import annotations

from polyaxon_sdk.polyflow import (
    V1TPE,
    V1Bayes,
    V1GridSearch,
    V1Hyperband,
    V1Mapping,
    V1Matrix,
    V1RandomSearch,
)
from polyaxon_sdk.tuners.brackets import brackets_of
from polyaxon_sdk.tuners.spaces import number, size_of
from polyaxon_sdk.tuners.tpe import total_of

__all__ = ["extent_of", "told_of"]


def extent_of(matrix: V1Matrix) -> int | None:
    """How many runs a search has where nothing ends it before; None where that shows as it goes on.

    Args:
        matrix: with its templates resolved.

    Raises:
        InputError: it isn't resolved, or is wrong.

    >>> from polyaxon_sdk.polyflow import V1HpChoice
    >>> extent_of(V1RandomSearch(num_runs=9, params={"rate": V1HpChoice(value=[0.1, 0.2])}))
    2
    """
    if isinstance(matrix, V1Mapping):
        return len(matrix.values) if isinstance(matrix.values, list) else None
    if not isinstance(matrix.params, dict) or getattr(matrix, "tuner", None) is not None:
        return None
    if isinstance(matrix, V1Hyperband):
        return sum(rung.runs for bracket in brackets_of(matrix) for rung in bracket.rungs)
    if isinstance(matrix, V1GridSearch):
        asked = None if matrix.num_runs is None else int(number(matrix.num_runs))
    elif isinstance(matrix, V1RandomSearch):
        asked = int(number(matrix.num_runs))
    elif isinstance(matrix, V1Bayes):
        asked = int(number(matrix.num_initial_runs)) + int(number(matrix.max_iterations))
    elif isinstance(matrix, V1TPE):
        asked = total_of(matrix)
    else:
        return None
    there = size_of(matrix.params)
    return min((each for each in (there, asked) if each is not None), default=None)


def told_of(matrix: V1Matrix) -> str:
    """What a person is told first of a search that leaves combinations out; empty where it tries all, or nobody can.

    Args:
        matrix: with its templates resolved.

    Raises:
        InputError: it isn't resolved, or is wrong.

    >>> from polyaxon_sdk.polyflow import V1HpChoice
    >>> told_of(V1RandomSearch(num_runs=1, params={"rate": V1HpChoice(value=[0.1, 0.2])}))
    'tries 1 of 2 combinations'
    """
    if isinstance(matrix, V1Hyperband | V1Mapping) or not isinstance(matrix.params, dict):
        return ""  # hyperband tries some of them several times
    tried, there = extent_of(matrix), size_of(matrix.params)
    if tried is None or there is None or tried >= there:
        return ""
    return f"tries {tried:,} of {there:,} combinations"
