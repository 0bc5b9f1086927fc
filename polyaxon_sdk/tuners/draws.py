"""Random values of params (semantics 1.15)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random
from typing import cast

from polyaxon_sdk.polyflow import HyperParam, V1HpPChoice
from polyaxon_sdk.polyflow.problems import at
from polyaxon_sdk.tuners.lines import line_of
from polyaxon_sdk.tuners.spaces import number

__all__ = ["PATIENCE", "draw", "draw_each"]

PATIENCE = 1_000
"""How many draws in a row may be known already before the space counts as used up."""


def draw(param: HyperParam, source: Random) -> object:
    """A value, drawn from `source`.

    >>> from polyaxon_sdk.polyflow import V1HpChoice
    >>> draw(V1HpChoice(value=["adam"]), Random(1))
    'adam'
    """
    if isinstance(param, V1HpPChoice) and isinstance(param.value, list) and param.value:
        return _weighted(param, source)
    return line_of(param).value(source.random())


def draw_each(params: Mapping[str, HyperParam], source: Random) -> dict[str, object]:
    """A value of each param.

    Raises:
        SpecError: the figures of one give no value, with the place of that one.

    >>> from polyaxon_sdk.polyflow import V1HpChoice
    >>> draw_each({"optimizer": V1HpChoice(value=["adam"])}, Random(1))
    {'optimizer': 'adam'}
    """
    drawn: dict[str, object] = {}
    for name, param in params.items():
        with at("matrix", "params", name):
            drawn[name] = draw(param, source)
    return drawn


def _weighted(param: V1HpPChoice, source: Random) -> object:
    """What the probabilities miss to 1 goes to the last value."""
    pairs = cast(Sequence[Sequence[object]], param.value)
    left = source.random()
    for value, chance in pairs:
        left -= number(chance)
        if left < 0:
            return value
    return pairs[-1][0]
