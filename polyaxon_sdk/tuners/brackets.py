"""Hyperband's plan: how many runs with how much to spend (Li et al. 2018, algorithm 1)."""

from __future__ import annotations

import math

from attrs import frozen

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1Hyperband
from polyaxon_sdk.tuners.spaces import number

__all__ = ["MAX_BRACKETS", "Bracket", "Rung", "brackets_of", "whole_logarithm"]

MAX_BRACKETS = 100
"""How many brackets a plan may have."""


@frozen(kw_only=True)
class Rung:
    """One step of a bracket: so many runs, each with so much to spend."""

    runs: int
    resource: float


@frozen(kw_only=True)
class Bracket:
    """One way to share the budget: from many short runs to few long ones.

    Args:
        number: how often the runs are thinned out.
        rungs: the steps, the first with the most runs.
    """

    number: int
    rungs: tuple[Rung, ...]


def brackets_of(matrix: V1Hyperband) -> list[Bracket]:
    """The brackets, the one with the most and shortest runs first; none where no run gets anything.

    Raises:
        InputError: so many that the plan is of no use.

    >>> from polyaxon_sdk.polyflow import V1HpChoice
    >>> plan = brackets_of(V1Hyperband(params={"lr": V1HpChoice(value=[1])}, max_iterations=9, eta=3))
    >>> [(rung.runs, rung.resource) for rung in plan[0].rungs]
    [(9, 1.0), (3, 3.0), (1, 9.0)]
    """
    if matrix.max_iterations is None:
        return []
    most = number(matrix.max_iterations)
    eta = number(matrix.eta if matrix.eta is not None else 3)
    if eta <= 1 or math.log(max(most, 1)) / math.log(eta) > MAX_BRACKETS:
        raise InputError(
            f"eta {eta:g} gives more than {MAX_BRACKETS} brackets", path="matrix.eta", expected="a larger one"
        )
    highest = whole_logarithm(most, eta)
    return [_bracket(each, highest, most, eta) for each in range(highest, -1, -1)]


def _bracket(number: int, highest: int, most: float, eta: float) -> Bracket:
    runs = math.ceil(round((highest + 1) * eta**number / (number + 1), 9))
    resource = most * eta**-number
    rungs = tuple(
        Rung(runs=math.floor(runs * eta**-step + 1e-9), resource=resource * eta**step)
        for step in range(number + 1)
    )
    return Bracket(number=number, rungs=rungs)


def whole_logarithm(most: float, eta: float) -> int:
    """The largest whole power of `eta` that `most` holds; a rounded logarithm loses one.

    >>> whole_logarithm(243, 3)
    5
    """
    found = 0
    while eta > 1 and eta ** (found + 1) <= most * (1 + 1e-9):
        found += 1
    return found
