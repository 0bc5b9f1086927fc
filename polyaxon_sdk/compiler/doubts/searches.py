"""Searches that try nothing, or what no input takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import log
from typing import TYPE_CHECKING

from polyaxon_sdk.compiler.doubts.limits import share_doubts
from polyaxon_sdk.exceptions import did_you_mean
from polyaxon_sdk.polyflow import Problem
from polyaxon_sdk.polyflow.problems import Path
from polyaxon_sdk.polyflow.recognition import is_hyperband, is_mapping

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow import V1Hyperband, V1Matrix

__all__ = ["search_doubts"]

_MANY_BRACKETS = 100
"""More than `tuners` makes."""


def search_doubts(matrix: V1Matrix, inputs: Sequence[str]) -> Iterator[Problem]:
    """Spaces with nothing in them, names that miss an input by a letter, shares that are none.

    Args:
        inputs: the names of the operation's inputs.

    >>> from polyaxon_sdk.polyflow import V1Mapping
    >>> [problem.what for problem in search_doubts(V1Mapping(values=[]), [])]
    ['no run at all']
    """
    yield from share_doubts(matrix.early_stopping, ("matrix", "earlyStopping"))
    if is_hyperband(matrix):
        yield from _brackets(matrix)
    names: dict[str, Path] = {}
    if is_mapping(matrix):
        if matrix.values == []:
            yield Problem(what="no run at all", path=("matrix", "values"), expected="at least one mapping")
        for at, row in enumerate(_rows(matrix.values)):
            names |= {name: ("matrix", "values", at, name) for name in row if name not in names}
    else:
        if matrix.params == {}:
            yield Problem(
                what="nothing to search", path=("matrix", "params"), expected="inputs and their values"
            )
        for name, values in matrix.params.items() if isinstance(matrix.params, dict) else ():
            names[name] = ("matrix", "params", name)
            yield from _space(values.value, (*names[name], "value"))
    for name, path in names.items():
        if name not in inputs and (hint := did_you_mean(name, inputs)):
            yield Problem(what="no input has this name, so only templates see it", path=path, hint=hint)


def _rows(values: object) -> list[Mapping[str, object]]:
    return values if isinstance(values, list) else []


def _brackets(matrix: V1Hyperband) -> Iterator[Problem]:
    eta, most = matrix.eta, matrix.max_iterations
    if isinstance(eta, float) and isinstance(most, int) and log(most) / log(eta) >= _MANY_BRACKETS:
        told = f"{eta:g} gives more than {_MANY_BRACKETS} brackets"
        yield Problem(what=told, path=("matrix", "eta"), expected="a larger one, such as 3")


def _space(value: object, path: Path) -> Iterator[Problem]:
    num = getattr(value, "num", None)
    if isinstance(num, int) and num < 1:
        yield Problem(what=f"{num} is not allowed", path=(*path, "num"), expected="1 or more")
