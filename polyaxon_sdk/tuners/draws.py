"""One random value of a param (semantics 1.15)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random
from typing import cast

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import HyperParam, V1HpPChoice
from polyaxon_sdk.polyflow.hp.normal import Bell, QBell
from polyaxon_sdk.polyflow.hp.uniform import Bounds, QBounds
from polyaxon_sdk.tuners.spaces import is_discrete, number, values_of

__all__ = ["draw"]

_EXPONENTIAL = frozenset({"loguniform", "qloguniform", "lognormal", "qlognormal"})


def draw(param: HyperParam, source: Random) -> object:
    """A value, drawn from `source`.

    >>> from polyaxon_sdk.polyflow import V1HpChoice
    >>> draw(V1HpChoice(value=["adam"]), Random(1))
    'adam'
    """
    if isinstance(param, V1HpPChoice):
        return _weighted(param, source)
    if is_discrete(param):
        values = values_of(param)
        if not values:
            raise InputError(f"{param.kind} has no values")
        return values[source.randrange(len(values))]
    return _distributed(param, source)


def _weighted(param: V1HpPChoice, source: Random) -> object:
    """What the probabilities miss to 1 goes to the last value."""
    pairs = cast(Sequence[Sequence[object]], param.value)
    left = source.random()
    for value, chance in pairs:
        left -= number(chance)
        if left < 0:
            return value
    return pairs[-1][0]


def _distributed(param: HyperParam, source: Random) -> float:
    parts = param.value
    if isinstance(parts, (Bounds, QBounds)):
        value = source.uniform(number(parts.low), number(parts.high))
    elif isinstance(parts, (Bell, QBell)):
        value = source.gauss(number(parts.loc), number(parts.scale))
    else:
        raise InputError(f"{parts!r} is not resolved yet")
    if param.kind in _EXPONENTIAL:
        value = math.exp(value)
    return _on_grid(value, number(parts.q)) if isinstance(parts, (QBounds, QBell)) else value


def _on_grid(value: float, step: float) -> float:
    """The multiple of `step` at or below the value, without the noise of the multiplication."""
    return round(math.floor(value / step) * step, 10)
