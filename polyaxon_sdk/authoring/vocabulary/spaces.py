"""Values to search: in a signature, `rate: Annotated[float, Log(1e-5, 1e-1)]`, and in a sweep (semantics 1.15)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from polyaxon_sdk.authoring.caller import caller
from polyaxon_sdk.exceptions import InputError

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.hp import HyperParam

__all__ = [
    "Choice",
    "DateRange",
    "GeomSpace",
    "LinSpace",
    "Log",
    "LogNormal",
    "LogSpace",
    "LogUniform",
    "Normal",
    "Range",
    "Space",
    "Uniform",
]

_Spell = Callable[[object], object]


class Space:
    """The values that a search gives to one input; each kind of them is a class below."""

    def __init__(self, name: str, **parts: object) -> None:
        self._name = name
        self._parts = {part: value for part, value in parts.items() if value is not None}

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((self._name, repr(self._parts)))

    def __repr__(self) -> str:
        parts = ", ".join(f"{part}={value!r}" for part, value in self._parts.items())
        return f"{type(self).__name__}({parts})"

    def distribution(self, *, whole: bool = False, spell: _Spell = lambda value: value) -> HyperParam:
        """The distribution, as the specification has it.

        Args:
            whole: whether the input takes whole numbers only.
            spell: from a value of the input to JSON.

        >>> Log(1e-5, 1e-1).distribution().kind
        'loguniform'
        """
        from polyaxon_sdk import polyflow  # attrs and cattrs cost 50 ms, for those who search

        name, parts = self._of_spec(whole=whole, spell=spell)
        made: HyperParam = getattr(polyflow, f"V1Hp{name}")(value=parts)
        return made

    def _of_spec(self, *, whole: bool, spell: _Spell) -> tuple[str, object]:  # noqa: ARG002  # the others need it
        step = self._parts.get("q", 1 if whole and self._name in _STEPPED else None)
        if step is None:
            return self._name, self._parts
        return f"Q{self._name}", {**self._parts, "q": step}


_STEPPED = frozenset({"Uniform", "LogUniform", "Normal", "LogNormal"})
"""Distributions that give any number; with a step, multiples of it."""


class Uniform(Space):
    """Any number from `low` to `high`, all as likely; with `step` its multiples.

    >>> Uniform(0, 1).distribution().value
    Bounds(low=0.0, high=1.0, size=None)
    """

    def __init__(self, low: float, high: float, step: float | None = None) -> None:
        super().__init__("Uniform", low=low, high=_above(low, high), q=step)


class Log(Space):
    """Any number from `low` to `high`, each magnitude as likely; with `step` its multiples.

    >>> Log(1e-5, 1e-1)
    Log(low=-11.512925464970229, high=-2.3025850929940455)
    """

    def __init__(self, low: float, high: float, step: float | None = None) -> None:
        from math import log  # a module of its own, for those who search

        if low <= 0:
            raise InputError(f"Log from {low:g}", where=caller(), expected="a number above 0")
        super().__init__("LogUniform", low=log(low), high=log(_above(low, high)), q=step)


LogUniform = Log
"""The same, by the specification's name."""


class Normal(Space):
    """Numbers around `mean`; with `step` its multiples."""

    def __init__(self, mean: float, deviation: float, step: float | None = None) -> None:
        super().__init__("Normal", loc=mean, scale=deviation, q=step)


class LogNormal(Space):
    """Numbers whose logarithm is around `mean`; with `step` its multiples."""

    def __init__(self, mean: float, deviation: float, step: float | None = None) -> None:
        super().__init__("LogNormal", loc=mean, scale=deviation, q=step)


class Range(Space):
    """Numbers from `start` on, `step` apart, up to but not including `stop`."""

    def __init__(self, start: float, stop: float, step: float = 1) -> None:
        super().__init__("Range", start=start, stop=_above(start, stop), step=step)


class LinSpace(Space):
    """`num` numbers from `start` to `stop`, evenly spaced."""

    def __init__(self, start: float, stop: float, num: int) -> None:
        super().__init__("LinSpace", start=start, stop=_above(start, stop), num=num)


class LogSpace(Space):
    """`num` powers of `base`, the exponents from `start` to `stop` evenly spaced."""

    def __init__(self, start: float, stop: float, num: int, base: float = 10) -> None:
        super().__init__("LogSpace", start=start, stop=_above(start, stop), num=num, base=base)


class GeomSpace(Space):
    """`num` numbers from `start` to `stop`, each the same multiple of the one before it."""

    def __init__(self, start: float, stop: float, num: int) -> None:
        super().__init__("GeomSpace", start=start, stop=_above(start, stop), num=num)


class DateRange(Space):
    """Days from `start` on, `step` days apart, up to but not including `stop`."""

    def __init__(self, start: object, stop: object, step: int = 1) -> None:
        super().__init__("DateRange", start=str(start), stop=str(stop), step=step)


class Choice(Space):
    """Any of these values; with `weights`, each as likely as its weight says.

    >>> Choice("adam", "sgd").distribution().value
    ['adam', 'sgd']
    """

    def __init__(self, *values: object, weights: Sequence[float] | None = None) -> None:
        if not values:
            raise InputError("a choice of nothing", where=caller(), expected="Choice(value, ...)")
        if weights is not None and len(weights) != len(values):
            raise InputError(f"{len(weights)} weights for {len(values)} values", where=caller())
        super().__init__(
            "PChoice" if weights else "Choice", values=values, weights=tuple(weights) if weights else None
        )

    def _of_spec(self, *, whole: bool, spell: _Spell) -> tuple[str, object]:  # noqa: ARG002  # values are as they are
        values = [spell(value) for value in self._parts["values"]]  # type: ignore[attr-defined]  # a tuple
        weights = self._parts.get("weights")
        if not isinstance(weights, tuple):
            return self._name, values
        total = sum(weights)
        return self._name, [[value, weight / total] for value, weight in zip(values, weights, strict=True)]


def _above(low: float, high: float) -> float:
    if high <= low:
        raise InputError(f"{high:g} is not above {low:g}", where=caller(), expected="low < high")
    return high
