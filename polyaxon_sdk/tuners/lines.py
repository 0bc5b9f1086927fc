"""A param as a line from 0 to 1, on which every value has its place (semantics 1.15)."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from statistics import NormalDist
from typing import Protocol

from attrs import frozen

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import HyperParam
from polyaxon_sdk.polyflow.hp.normal import Bell, QBell
from polyaxon_sdk.polyflow.hp.uniform import Bounds, QBounds
from polyaxon_sdk.polyflow.problems import at
from polyaxon_sdk.tuners.figures import figured
from polyaxon_sdk.tuners.spaces import is_discrete, number, values_of

__all__ = ["Drawn", "Line", "Listed", "line_of", "lines_of"]

_EXPONENTIAL = frozenset({"loguniform", "qloguniform", "lognormal", "qlognormal"})
_UNORDERED = frozenset({"choice", "pchoice"})
_EDGE = 1e-9
"""How near the ends of the line a normal distribution is asked; beyond is infinity."""


class Line(Protocol):
    """The values of a param, laid out so that the same length is as likely everywhere."""

    def value(self, place: float) -> object:
        """The value at a place from 0 to 1."""

    def place(self, value: object) -> float | None:
        """Where a value is; None where the param can't have it."""


@frozen
class Listed:
    """Values that can be counted, each with the same share of the line.

    Args:
        values: in their order.
        is_ordered: neighbours are alike, as in a range; the values of a choice aren't.

    >>> Listed(["adam", "sgd"], is_ordered=False).value(0.7)
    'sgd'
    """

    values: Sequence[object]
    is_ordered: bool

    def value(self, place: float) -> object:
        """The value at a place from 0 to 1."""
        return self.values[self.index(place)]

    def place(self, value: object) -> float | None:
        """The middle of a value's share; None where it is none of them."""
        index = self.find(value)
        return None if index is None else (index + 0.5) / len(self.values)

    def index(self, place: float) -> int:
        """The position of the value at a place."""
        return min(int(place * len(self.values)), len(self.values) - 1)

    def find(self, value: object) -> int | None:
        """The position of a value."""
        near = self._near(value) if self.is_ordered else range(len(self.values))
        return next((index for index in near if _same(self.values[index], value)), None)

    def _near(self, value: object) -> Sequence[int]:
        sample = self.values[0] if len(self.values) else None
        if isinstance(sample, str):
            found = bisect_left(self.values, str(value), key=str)
        elif isinstance(value, (int, float)):
            sign = -1 if number(self.values[-1]) < number(sample) else 1
            found = bisect_left(self.values, sign * value, key=lambda one: sign * number(one))
        else:
            return ()
        return range(max(0, found - 1), min(len(self.values), found + 2))


@frozen
class Drawn:
    """Values of a distribution; a logarithmic one is even in the logarithm.

    >>> from polyaxon_sdk.polyflow import V1HpUniform
    >>> Drawn(V1HpUniform(value="2:6")).value(0.5)
    4.0
    """

    param: HyperParam

    def value(self, place: float) -> float:
        """The value at a place from 0 to 1.

        Raises:
            InputError: its figures give no number.
        """
        return figured(self.param, lambda: self._value(place))

    def _value(self, place: float) -> float:
        parts = self._parts
        if isinstance(parts, (Bounds, QBounds)):
            low, high = number(parts.low), number(parts.high)
            value = low + place * (high - low)
        else:
            bell = _bell(parts)
            inside = min(max(place, _EDGE), 1 - _EDGE)
            value = bell.inv_cdf(inside) if bell.stdev > 0 else bell.mean
        if self.param.kind in _EXPONENTIAL:
            value = math.exp(value)
        return _on_grid(value, number(parts.q)) if isinstance(parts, (QBounds, QBell)) else value

    def place(self, value: object) -> float | None:
        """Where a value is, the nearest end where it is beyond; None where it is no number."""
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
            return None
        parts = self._parts
        if isinstance(parts, (QBounds, QBell)):
            value += number(parts.q) / 2
        if self.param.kind in _EXPONENTIAL:
            value = math.log(value) if value > 0 else -math.inf
        return min(max(_share(parts, value), 0.0), 1.0)

    @property
    def _parts(self) -> Bounds | QBounds | Bell | QBell:
        parts = self.param.value
        if isinstance(parts, (Bounds, QBounds, Bell, QBell)):
            return parts
        raise InputError("no values" if parts is None else f"{parts!r} is not resolved yet")


def line_of(param: HyperParam) -> Listed | Drawn:
    """The line of a param.

    Raises:
        InputError: it has no values, or is a template that is not resolved yet.
    """
    if not is_discrete(param):
        return Drawn(param)
    values = values_of(param)
    if not len(values):
        raise InputError(f"{param.kind} has no values")
    return Listed(values, is_ordered=param.kind not in _UNORDERED)


def lines_of(params: Mapping[str, HyperParam]) -> dict[str, Listed | Drawn]:
    """The line of each param.

    Raises:
        SpecError: as `line_of`, with the place of the param.

    >>> from polyaxon_sdk.polyflow import V1HpChoice
    >>> lines_of({"optimizer": V1HpChoice(value=["adam"])})["optimizer"].value(0.5)
    'adam'
    """
    lines: dict[str, Listed | Drawn] = {}
    for name, param in params.items():
        with at("matrix", "params", name):
            lines[name] = line_of(param)
    return lines


def _share(parts: Bounds | QBounds | Bell | QBell, value: float) -> float:
    if isinstance(parts, (Bounds, QBounds)):
        low, high = number(parts.low), number(parts.high)
        return (value - low) / (high - low) if high > low else 0.5
    bell = _bell(parts)
    return bell.cdf(value) if bell.stdev > 0 else 0.5


def _bell(parts: Bell | QBell) -> NormalDist:
    scale = number(parts.scale)
    if scale < 0:
        raise InputError(f"a scale of {scale:g}", expected="0 or more")
    return NormalDist(number(parts.loc), scale)


def _on_grid(value: float, step: float) -> float:
    """The multiple of `step` at or below the value, without the noise of the multiplication."""
    return round(math.floor(value / step) * step, 10)


def _same(one: object, other: object) -> bool:
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
    return one == other


def _proves(listed: Listed, drawn: Drawn) -> tuple[Line, Line]:
    return listed, drawn
