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
from polyaxon_sdk.polyflow.shapes import camel

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow import HyperParam, V1Hyperband, V1Matrix

__all__ = ["search_doubts"]

_MANY_BRACKETS = 100
"""More than `tuners` makes."""

_LOGARITHMIC = frozenset({"loguniform", "qloguniform", "lognormal", "qlognormal"})

_LARGEST = 709
"""The largest exponent of e that a float holds."""


def search_doubts(matrix: V1Matrix, inputs: Sequence[str]) -> Iterator[Problem]:
    """Spaces with nothing in them, names that miss an input by a letter, shares that are none.

    Args:
        inputs: the names of the operation's inputs.

    >>> from polyaxon_sdk.polyflow import V1Mapping
    >>> [problem.what for problem in search_doubts(V1Mapping(values=[]), [])]
    ['no run at all']
    """
    yield from share_doubts(matrix.early_stopping, ("matrix", "earlyStopping"))
    yield from _amounts(matrix)
    if is_hyperband(matrix):
        yield from _brackets(matrix)
        if matrix.metric is None:
            expected = "the output that ranks runs"
            yield Problem(what="missing", path=("matrix", "metric"), expected=expected, missing=True)
    names: dict[str, Path] = {}
    if is_mapping(matrix):
        if matrix.values == []:
            yield Problem(what="no run at all", path=("matrix", "values"), expected="at least one mapping")
        for at, row in enumerate(_rows(matrix.values)):
            names |= {name: ("matrix", "values", at, name) for name in row if name not in names}
    else:
        if not matrix.params and matrix.kind != "iterative":
            expected = "inputs and their values"
            yield Problem(
                what="nothing to search",
                path=("matrix", "params"),
                expected=expected,
                missing=matrix.params is None,
            )
        for name, values in matrix.params.items() if isinstance(matrix.params, dict) else ():
            names[name] = ("matrix", "params", name)
            yield from _figures(values, (*names[name], "value"))
    for name, path in names.items():
        if name not in inputs and (hint := did_you_mean(name, inputs)):
            yield Problem(what="no input has this name, so only templates see it", path=path, hint=hint)


def _rows(values: object) -> list[Mapping[str, object]]:
    return values if isinstance(values, list) else []


def _amounts(matrix: V1Matrix) -> Iterator[Problem]:
    """The figure without which a search has no runs."""
    key = {"hyperband": "max_iterations", "tpe": "num_runs"}.get(matrix.kind, "kind")
    most = getattr(matrix, "max_iterations", None)
    if matrix.kind == "tpe" and isinstance(most, int) and most < 1:
        yield Problem(what=f"{most} is not allowed", path=("matrix", "maxIterations"), expected="1 or more")
    if getattr(matrix, key) is None:
        yield Problem(what="no run at all", path=("matrix", camel(key)), expected="1 or more", missing=True)


def _brackets(matrix: V1Hyperband) -> Iterator[Problem]:
    eta, most = matrix.eta, matrix.max_iterations
    if isinstance(eta, float) and isinstance(most, int) and log(most) / log(eta) >= _MANY_BRACKETS:
        told = f"{eta:g} gives more than {_MANY_BRACKETS} brackets"
        yield Problem(what=told, path=("matrix", "eta"), expected="a larger one, such as 3")


def _figures(param: HyperParam, path: Path) -> Iterator[Problem]:
    """Figures of a param that give no value."""
    if param.value is None or param.value == []:
        yield Problem(what="no values", path=path, expected="at least one", missing=param.value is None)
    for key, least in (("num", 1), ("step", 0), ("q", 0), ("scale", 0)):
        figure = getattr(param.value, key, None)
        if isinstance(figure, (int, float)) and figure < least:
            expected = f"{least} or more" if key in ("num", "scale") else "more than 0"
            yield Problem(what=f"{figure:g} gives no values", path=(*path, key), expected=expected)
    highest = getattr(param.value, "high" if "uniform" in param.kind else "loc", None)
    if param.kind in _LOGARITHMIC and isinstance(highest, (int, float)) and highest > _LARGEST:
        expected = "natural logarithms, such as -9.2 for 0.0001"
        yield Problem(what=f"e to the {highest:g} is no number", path=path, expected=expected)
