"""Arithmetic on the figures of a param: what comes out is a number, or a mistake that is told."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TypeVar

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import HyperParam

__all__ = ["figured"]

T = TypeVar("T")

_LOGARITHMIC = frozenset({"loguniform", "qloguniform", "lognormal", "qlognormal"})


def figured(param: HyperParam, compute: Callable[[], T]) -> T:
    """What `compute` makes of a param's figures.

    Raises:
        InputError: no finite number comes out.

    >>> from polyaxon_sdk.polyflow import V1HpLogUniform
    >>> figured(V1HpLogUniform(value="0:1000"), lambda: math.exp(1000))
    Traceback (most recent call last):
    polyaxon_sdk.exceptions.InputError: loguniform gives no finite number, expected bounds as natural logarithms
    """
    try:
        found = compute()
    except ArithmeticError as error:
        raise _beyond(param) from error
    if isinstance(found, complex) or (isinstance(found, float) and not math.isfinite(found)):
        raise _beyond(param)
    return found


def _beyond(param: HyperParam) -> InputError:
    expected = "bounds as natural logarithms" if param.kind in _LOGARITHMIC else "smaller figures"
    return InputError(f"{param.kind} gives no finite number", expected=expected)
