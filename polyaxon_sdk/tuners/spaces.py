"""The values of a param that can be counted (semantics 1.15)."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import SupportsFloat, cast, overload

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import (
    HyperParam,
    V1HpChoice,
    V1HpDateRange,
    V1HpDateTimeRange,
    V1HpGeomSpace,
    V1HpLinSpace,
    V1HpLogSpace,
    V1HpPChoice,
    V1HpRange,
)
from polyaxon_sdk.polyflow.hp.spaces import LogSpace
from polyaxon_sdk.polyflow.problems import at
from polyaxon_sdk.polyflow.values import parse
from polyaxon_sdk.tuners.figures import figured

__all__ = ["is_discrete", "number", "pools_of", "size_of", "values_of"]

_MAX_VALUES = 10**15
"""How many values a param may have."""

_DISCRETE = (
    V1HpChoice,
    V1HpPChoice,
    V1HpRange,
    V1HpLinSpace,
    V1HpLogSpace,
    V1HpGeomSpace,
    V1HpDateRange,
    V1HpDateTimeRange,
)


def is_discrete(param: HyperParam) -> bool:
    """Whether the values can be counted.

    >>> is_discrete(V1HpChoice(value=[1, 2]))
    True
    """
    return isinstance(param, _DISCRETE)


def values_of(param: HyperParam) -> Sequence[object]:
    """The values in their order; each is computed when it is asked for.

    Raises:
        InputError: a distribution has no countable values, its figures give no numbers, or a template is not
            resolved yet.

    >>> list(values_of(V1HpChoice(value=["adam", "sgd"])))
    ['adam', 'sgd']
    """
    if isinstance(param.value, str):
        raise InputError(f"{param.value!r} is not resolved yet")
    if param.value is None and is_discrete(param):
        return ()
    return figured(param, lambda: _values_of(param))


def _values_of(param: HyperParam) -> Sequence[object]:
    if isinstance(param, V1HpChoice):
        return cast(Sequence[object], param.value)
    if isinstance(param, V1HpPChoice):
        return [pair[0] for pair in cast(Sequence[Sequence[object]], param.value)]
    if isinstance(param, V1HpRange):
        return _range(param)
    if isinstance(param, (V1HpLinSpace, V1HpLogSpace, V1HpGeomSpace)):
        return _space(param)
    if isinstance(param, (V1HpDateRange, V1HpDateTimeRange)):
        return _dates(param)
    raise InputError(f"{param.kind} is a distribution", expected="values that can be counted")


def pools_of(params: Mapping[str, HyperParam]) -> dict[str, Sequence[object]]:
    """The values of each param.

    Raises:
        SpecError: as `values_of`, with the place of the param.

    >>> pools_of({"rate": V1HpChoice(value=[0.1])})
    {'rate': [0.1]}
    """
    pools: dict[str, Sequence[object]] = {}
    for name, param in params.items():
        with at("matrix", "params", name):
            pools[name] = values_of(param)
    return pools


def size_of(params: Mapping[str, HyperParam]) -> int | None:
    """How many combinations there are; none where they can't be counted.

    Raises:
        SpecError: as `pools_of`.

    >>> size_of({"rate": V1HpChoice(value=[1, 2]), "depth": V1HpChoice(value=[1, 2, 3])})
    6
    """
    if not all(map(is_discrete, params.values())):
        return None
    return math.prod(map(len, pools_of(params).values()))


def number(value: object) -> float:
    """A part of a distribution as a number.

    Raises:
        InputError: it is a template that is not resolved yet, or larger than any number.
    """
    if isinstance(value, str):
        raise InputError(f"{value!r} is not resolved yet", expected="a number")
    try:
        return float(cast(SupportsFloat, value))
    except OverflowError as error:
        raise InputError("a number of more than 300 digits", expected="a smaller one") from error


class _Formula(Sequence[object]):
    """`size` values, each computed from its position."""

    def __init__(self, param: HyperParam, size: int, at: Callable[[int], object]) -> None:
        if size > _MAX_VALUES:
            raise InputError(f"{size:.3g} values", expected=f"at most {_MAX_VALUES:.0e}")
        self._param = param
        self._size = max(0, size)
        self._at = at

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, index: int) -> object: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[object]: ...
    def __getitem__(self, index: int | slice) -> object:
        if isinstance(index, slice):
            return [self[one] for one in range(*index.indices(self._size))]
        if not -self._size <= index < self._size:
            raise IndexError(index)
        return figured(self._param, lambda: self._at(index % self._size))


def _range(param: V1HpRange) -> Sequence[object]:
    parts = param.value
    assert parts is not None
    assert not isinstance(parts, str)
    start, stop, step = number(parts.start), number(parts.stop), number(parts.step)
    return _Formula(param, math.ceil(round((stop - start) / step, 9)), lambda at: start + at * step)


def _space(param: V1HpLinSpace | V1HpLogSpace | V1HpGeomSpace) -> Sequence[object]:
    parts = param.value
    assert parts is not None
    assert not isinstance(parts, str)
    start, stop, size = number(parts.start), number(parts.stop), int(number(parts.num))

    def evenly(at: int) -> float:
        if at == size - 1 and at > 0:
            return stop
        return start + at * (stop - start) / max(1, size - 1)

    if isinstance(param, V1HpLinSpace):
        return _Formula(param, size, evenly)
    if isinstance(param, V1HpLogSpace):
        assert isinstance(param.value, LogSpace)
        base = number(param.value.base if param.value.base is not None else 10)
        return _Formula(param, size, lambda at: base ** evenly(at))
    if start * stop <= 0:
        raise InputError(f"geomspace from {start:g} to {stop:g}", expected="two ends of the same sign, not 0")
    ratio = (stop / start) ** (1 / max(1, size - 1))
    return _Formula(param, size, lambda at: stop if at == size - 1 and at > 0 else start * ratio**at)


def _moment(text: str) -> datetime:
    found = parse("datetime", text)
    assert isinstance(found, date)
    return found if isinstance(found, datetime) else datetime.combine(found, time())


def _dates(param: V1HpDateRange | V1HpDateTimeRange) -> Sequence[object]:
    parts = param.value
    assert parts is not None
    assert not isinstance(parts, str)
    days = isinstance(param, V1HpDateRange)
    step = timedelta(days=number(parts.step)) if days else timedelta(seconds=number(parts.step))
    start, stop = _moment(parts.start), _moment(parts.stop)
    if (start.tzinfo is None) != (stop.tzinfo is None):
        start, stop = (end if end.tzinfo else end.replace(tzinfo=UTC) for end in (start, stop))

    def at(index: int) -> str:
        moment: datetime | date = start + index * step
        return (moment.date() if days and isinstance(moment, datetime) else moment).isoformat()

    return _Formula(param, math.ceil((stop - start) / step), at)
