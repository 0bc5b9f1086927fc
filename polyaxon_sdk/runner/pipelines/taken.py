"""Whether the runs of a search take the values that it tries, told before any of them starts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from polyaxon_sdk.exceptions import InputError, did_you_mean
from polyaxon_sdk.polyflow import V1IO, HyperParam, V1CompiledOperation, V1Matrix
from polyaxon_sdk.polyflow.recognition import is_mapping
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
        InputError: an input takes a value of its param not, or none that is drawn; a param that is searched is no
            input, of a component that takes no others.

    >>> check_taken(V1GridSearch(params={"x": V1HpChoice(value=[1, 2])}), V1CompiledOperation())  # doctest: +SKIP
    """
    found = getattr(matrix, "params", None)
    params: Mapping[str, HyperParam] = found if isinstance(found, dict) else {}
    inputs = {io.name: io for io in tried.inputs or []}
    if tried.strict_params:
        _check_names("matrix.params.", params, tried)
        for at, row in enumerate(_rows(matrix)):
            _check_names(f"matrix.values[{at}].", row, tried)
    for name, values in params.items():
        if name in inputs:
            _check(inputs[name], values)


def _rows(matrix: V1Matrix) -> list[dict[str, object]]:
    return matrix.values if is_mapping(matrix) and isinstance(matrix.values, list) else []


def _check_names(path: str, names: Iterable[str], tried: V1CompiledOperation) -> None:
    known = [io.name for io in (*(tried.inputs or []), *(tried.outputs or []))]
    for name in names:
        if name not in known:
            inputs = ", ".join(sorted(io.name for io in tried.inputs or []))
            others = f", the inputs are {inputs}" if inputs else ", there are no inputs"
            hint = did_you_mean(name, known) or others
            raise InputError("no such input", path=f"{path}{name}", hint=hint)


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
