"""Facts that a later attempt of a run superseded, as it did points: they tell no more of the run, and are kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from polyaxon_sdk.runs.fact import STEPPED, Fact

__all__ = ["Rewound", "rewound"]


class Rewound(NamedTuple):
    """The facts of a run, told apart.

    Attributes:
        standing: those that count.
        superseded: for each rewind, in order, those that it took out.
    """

    standing: list[Fact]
    superseded: list[list[Fact]]


def rewound(facts: Iterable[Fact]) -> Rewound:
    """Tell the facts that count from those that rewinds took out; `facts` are in their order.

    >>> [len(taken) for taken in rewound(facts).superseded]  # doctest: +SKIP
    [2, 0]
    """
    standing, superseded = list[Fact](), list[list[Fact]]()
    for fact in facts:
        if fact.kind == "rewind" and isinstance(step := fact.fields.get("step"), int):
            superseded.append([each for each in standing if _is_behind(each, step)])
            standing = [each for each in standing if not _is_behind(each, step)]
        standing.append(fact)
    return Rewound(standing, superseded)


def _is_behind(fact: Fact, step: int) -> bool:
    at = fact.fields.get("step")
    return fact.kind in STEPPED and isinstance(at, int) and at >= step
