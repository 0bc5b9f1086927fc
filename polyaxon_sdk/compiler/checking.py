"""Whether an operation can be compiled, without knowing anything of the run (semantics 1.7)."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve, frozen

from polyaxon_sdk.compiler.doubts import doubts
from polyaxon_sdk.compiler.fitting import Offer, check_reference
from polyaxon_sdk.compiler.merging import merge, params_of
from polyaxon_sdk.compiler.params import Declared, Given, give
from polyaxon_sdk.compiler.searching import check_joins, check_matrix, provided
from polyaxon_sdk.polyflow import SpecError, V1CompiledOperation, V1Operation, V1Param, is_template
from polyaxon_sdk.polyflow.handing import handed
from polyaxon_sdk.polyflow.problems import fault
from polyaxon_sdk.polyflow.recognition import is_dag

__all__ = ["Checked", "check", "check_parts", "declared_of", "examine", "with_params"]


@frozen(kw_only=True)
class Checked:
    """An operation that was checked.

    Args:
        operation: as it was given.
        merged: it and its component as one.
        given: its inputs and outputs with their values, templates and references left alone.
        warnings: a line each.
    """

    operation: V1Operation
    merged: V1CompiledOperation
    given: Given
    warnings: list[str]


def check(operation: V1Operation, *, params: Mapping[str, object] | None = None) -> list[str]:
    """Check an operation with its params: types, what is missing, the runtime, dag and search.

    Templates aren't rendered, since they may name what only a run has.

    Returns:
        Warnings, a line each.

    Raises:
        SpecError: all that is wrong, a line a problem.

    >>> from polyaxon_sdk.polyflow import V1IO, V1Component, V1Job
    >>> train = V1Component(inputs=[V1IO(name="epochs", type="int")], run=V1Job())
    >>> check(V1Operation(component=train), params={"epochs": "3"})
    []
    """
    return examine(with_params(operation, params or {})).warnings


def examine(operation: V1Operation) -> Checked:
    """As `check`, with what was found on the way.

    >>> from polyaxon_sdk.polyflow import V1Component, V1Job
    >>> examine(V1Operation(component=V1Component(name="train", run=V1Job()))).merged.name
    'train'
    """
    notes: list[str] = []
    merged = merge(operation, notes=notes)
    given = give(declared_of(merged), params_of(operation))
    notes += [*given.warnings, *check_parts(merged, operation)]
    return Checked(operation=operation, merged=merged, given=given, warnings=notes)


def check_parts(merged: V1CompiledOperation, operation: V1Operation) -> list[str]:
    """Check the references, the search, the joins and the dag of an operation that was merged.

    Returns:
        Warnings, a line each: what looks wrong in it, and in a dag's operations.

    Raises:
        SpecError: what is wrong with them.
    """
    _check_references(merged, operation)
    check_matrix(merged)
    check_joins(merged)
    if not is_dag(merged.run):
        _check_not_handed(merged)
        return doubts(merged)
    if merged.build is not None:
        raise fault("a dag has no image of its own", path=("build",), expected="a build in its operations")
    from polyaxon_sdk.compiler.dag import check_dag, offer_of  # graphs, for dags

    return [*doubts(merged), *check_dag(merged.run, offer_of(merged, operation))]


def _check_not_handed(merged: V1CompiledOperation) -> None:
    for io in merged.outputs or []:
        if handed(io.value):
            raise fault("only a dag has operations", path=("outputs", io.name), expected="another value")


def _check_references(merged: V1CompiledOperation, operation: V1Operation) -> None:
    inputs = {io.name: io for io in merged.inputs or []}
    unknown = Offer(noun="the run", is_known=False)
    problems = [
        problem
        for name, param in params_of(operation).items()
        if param.ref is not None and not is_template(param.ref)
        for problem in check_reference(name, param, inputs.get(name), unknown)
    ]
    if problems:
        raise SpecError(problems)


def with_params(operation: V1Operation, params: Mapping[str, object]) -> V1Operation:
    """The operation with these values among its params, before its own of the same name.

    >>> with_params(V1Operation(), {"lr": 0.1}).params["lr"].value
    0.1
    """
    if not params:
        return operation
    values = {
        name: value if isinstance(value, V1Param) else V1Param(value=value) for name, value in params.items()
    }
    return evolve(operation, params={**(operation.params or {}), **values})


def declared_of(merged: V1CompiledOperation) -> Declared:
    """What a merged operation declares."""
    return Declared(
        inputs=merged.inputs or [],
        outputs=merged.outputs or [],
        strict=bool(merged.strict_params),
        elsewhere=provided(merged),
    )
