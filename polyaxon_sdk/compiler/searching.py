"""What a matrix and joins give an operation, and whether its inputs take it (semantics 1.15 and 3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from attrs import evolve

from polyaxon_sdk.compiler.fitting import Offer, check_reference
from polyaxon_sdk.polyflow import V1IO, Problem, SpecError, V1CompiledOperation, V1Param
from polyaxon_sdk.polyflow.problems import fault
from polyaxon_sdk.polyflow.recognition import is_hyperband, is_mapping

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow import HyperParam, V1JoinParam

__all__ = ["check_joins", "check_matrix", "found_by", "provided", "wrong_paths"]

_PICKS = frozenset({"choice", "pchoice"})
_NUMBERS = frozenset({"int", "float"})
_DATES = {"daterange": frozenset({"date", "datetime"}), "datetimerange": frozenset({"date", "datetime"})}


def provided(merged: V1CompiledOperation) -> frozenset[str]:
    """The names that the matrix and the joins give values to."""
    names = {name for join in merged.joins or [] for name in join.params or {}}
    matrix = merged.matrix
    if is_mapping(matrix):
        values = matrix.values if isinstance(matrix.values, list) else []
        names |= {name for row in values for name in row}
    elif matrix is not None:
        names |= set(matrix.params) if isinstance(matrix.params, dict) else set()
    if (resource := getattr(matrix, "resource", None)) is not None:  # of hyperband and asha
        names.add(resource.name)
    return frozenset(names)


def found_by(merged: V1CompiledOperation) -> list[V1IO]:
    """What the run of a search with a metric has as outputs, beside those that each run of it has.

    >>> from polyaxon_sdk.polyflow import V1OptimizationMetric, V1RandomSearch
    >>> metric = V1OptimizationMetric(name="loss", optimization="minimize")
    >>> search = V1RandomSearch(params={}, num_runs=3, metric=metric)
    >>> [io.name for io in found_by(V1CompiledOperation(matrix=search))]
    ['best_run', 'best_loss', 'importance']
    """
    metric = getattr(merged.matrix, "metric", None)
    if metric is None:
        return []
    best = V1IO(name=f"best_{metric.name}", type="float")
    return [V1IO(name="best_run"), best, V1IO(name="importance", type="dict")]


def check_matrix(merged: V1CompiledOperation) -> None:
    """Raise `SpecError` where an input can't take what the matrix gives it."""
    matrix = merged.matrix
    if matrix is None or is_mapping(matrix):
        return
    inputs = {io.name: io for io in merged.inputs or []}
    params = matrix.params if isinstance(matrix.params, dict) else {}
    problems = [
        problem for name, values in params.items() if (problem := _unfit(name, values, inputs)) is not None
    ]
    if is_hyperband(matrix) and matrix.resource is None:
        path, expected = ("matrix", "resource"), "a mapping with a name"
        problems.append(Problem(what="missing", path=path, expected=expected, missing=True))
    if problems:
        raise SpecError(problems)


def _unfit(name: str, values: HyperParam, inputs: Mapping[str, V1IO]) -> Problem | None:
    io = inputs.get(name)
    if io is None or values.kind in _PICKS:
        return None
    wanted = _DATES.get(values.kind, _NUMBERS)
    if io.type in wanted:
        return None
    told = f"{values.kind} gives no {io.type}"
    return Problem(what=told, path=("matrix", "params", name), expected=f"an input of type {_either(wanted)}")


def _either(words: frozenset[str]) -> str:
    return " or ".join(sorted(words))


def check_joins(merged: V1CompiledOperation) -> None:
    """Raise `SpecError` where an input can't take what the joins collect (semantics 3.3)."""
    inputs = {io.name: io for io in merged.inputs or []}
    for position, join in enumerate(merged.joins or []):
        if join.params is None:
            raise fault(
                "missing", path=("joins", position, "params"), expected="what to collect", missing=True
            )
        for name, param in join.params.items():
            io = inputs.get(name)
            if io is None:
                continue
            if wrong := list(wrong_paths(name, param, io)):
                raise SpecError(wrong).under("joins", position)
            if io.is_list or (isinstance(param.value, dict) and not param.context_only):
                continue
            if io.type not in ("artifacts", "list", "any", None):
                raise fault(
                    f"a join gives a list, {name!r} is one {io.type}",
                    path=("joins", position, "params", name),
                    expected="isList: true for the input",
                )


def wrong_paths(name: str, param: V1JoinParam, io: V1IO | None) -> Iterator[Problem]:
    """What is wrong with a path that is looked up in each run that is found, for an item of that input."""
    if isinstance(param.value, dict) and not {"files", "dirs"} & set(param.value):
        return
    found = Offer(noun="a run", is_known=False, is_lenient=True)
    item = None if io is None or param.context_only or _is_any_list(io) else evolve(io, is_list=None)
    yield from check_reference(name, V1Param(value=param.value), item, found)


def _is_any_list(io: V1IO) -> bool:
    """Whether it takes a list of whatever there is."""
    return not io.is_list and io.type == "list"
