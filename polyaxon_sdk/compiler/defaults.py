"""An input's own value in a run: as it was written, as far as that says the same (semantics 1.5)."""

from __future__ import annotations

from polyaxon_sdk.compiler.literals import literal
from polyaxon_sdk.polyflow import V1IO
from polyaxon_sdk.polyflow.values import canonical

__all__ = ["as_default"]

_WRITTEN = frozenset({"date", "datetime", "float", "int", "metric", "str", "timedelta", "uuid"})
"""The types whose defaults stay as they were written: 3 of a float, `PT1H` of a timedelta."""

_NUMBERS = frozenset({"float", "int", "metric"})


def as_default(io: V1IO, value: object) -> object:
    """The default that an input has in a run; a param of the same text is read by the type instead.

    Raises:
        InputError: it is no value of the type, or breaks a bound.

    >>> lr = V1IO(name="lr", type="float", value=3)
    >>> as_default(lr, 3), as_default(lr, "3"), lr.parse("3")
    (3, 3, 3.0)
    """
    parsed = io.parse(value)
    kind = canonical(io.type or "any")
    item = kind.removeprefix("list[").removesuffix("]")
    if item not in _WRITTEN:
        return parsed
    if isinstance(value, str) and (io.is_list or item != kind):
        return parsed
    return _number(value) if item in _NUMBERS else value


def _number(value: object) -> object:
    if isinstance(value, list):
        return [_number(one) for one in value]
    return literal(value) if isinstance(value, str) else value
