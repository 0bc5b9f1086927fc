"""One random value of a param (semantics 1.15)."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import cast

from polyaxon_sdk.polyflow import HyperParam, V1HpPChoice
from polyaxon_sdk.tuners.lines import line_of
from polyaxon_sdk.tuners.spaces import number

__all__ = ["draw"]


def draw(param: HyperParam, source: Random) -> object:
    """A value, drawn from `source`.

    >>> from polyaxon_sdk.polyflow import V1HpChoice
    >>> draw(V1HpChoice(value=["adam"]), Random(1))
    'adam'
    """
    if isinstance(param, V1HpPChoice):
        return _weighted(param, source)
    return line_of(param).value(source.random())


def _weighted(param: V1HpPChoice, source: Random) -> object:
    """What the probabilities miss to 1 goes to the last value."""
    pairs = cast(Sequence[Sequence[object]], param.value)
    left = source.random()
    for value, chance in pairs:
        left -= number(chance)
        if left < 0:
            return value
    return pairs[-1][0]
