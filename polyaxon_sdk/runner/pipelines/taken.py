"""Whether the runs of a search take the values that it tries, told before any of them starts."""

from __future__ import annotations

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1IO, HyperParam, V1CompiledOperation, V1Matrix
from polyaxon_sdk.tuners.spaces import is_discrete, values_of

__all__ = ["check_taken"]

_FLOATS = frozenset({"uniform", "loguniform", "normal", "lognormal"})
_MOST = 10_000
"""How many values of a param are looked at."""


def check_taken(matrix: V1Matrix, tried: V1CompiledOperation) -> None:
    """Refuse values that no run takes, as each run of them would fail alike.

    Args:
        matrix: of the search, with its templates resolved.
        tried: what each run is.

    Raises:
        InputError: an input takes a value of its param not, or none that is drawn.

    >>> check_taken(V1GridSearch(params={"x": V1HpChoice(value=[1, 2])}), V1CompiledOperation())  # doctest: +SKIP
    """
    params = getattr(matrix, "params", None)
    inputs = {io.name: io for io in tried.inputs or []}
    for name, values in (params if isinstance(params, dict) else {}).items():
        if name in inputs:
            _check(inputs[name], values)


def _check(io: V1IO, param: HyperParam) -> None:
    path = f"matrix.params.{io.name}"
    if param.kind in _FLOATS and io.type == "int":
        told = f"{param.kind} draws floats, and {io.name!r} is an int"
        raise InputError(told, path=path, expected=f"q{param.kind}, a range, or an input of type float")
    for value in values_of(param)[:_MOST] if is_discrete(param) else ():
        try:
            io.parse(value)
        except InputError as error:
            raise InputError(error.what, path=path, expected=error.expected, hint=error.hint) from error
