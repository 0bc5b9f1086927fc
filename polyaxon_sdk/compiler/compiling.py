"""From an operation to the compiled operation: the stages in their order (semantics 1.2 and 2.4)."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve, frozen

from polyaxon_sdk.compiler.contexts import context_of
from polyaxon_sdk.compiler.globals import Globals
from polyaxon_sdk.compiler.merging import merge
from polyaxon_sdk.compiler.params import Declared, Given, give
from polyaxon_sdk.compiler.rendering import render
from polyaxon_sdk.polyflow import V1CompiledOperation, V1Component, V1Operation, V1Param

__all__ = ["Compilation", "compile_operation"]


@frozen(kw_only=True)
class Compilation:
    """A compiled operation and what a person should know about how it came about.

    Args:
        operation: every input has its value, every template is resolved.
        warnings: a line each.
    """

    operation: V1CompiledOperation
    warnings: tuple[str, ...] = ()


def compile_operation(
    operation: V1Operation, *, run: Globals, params: Mapping[str, object] | None = None
) -> Compilation:
    """Compile an operation; nothing is created, printed or changed.

    Args:
        operation: with what it refers to put in, as `polyaxonfile` reads it.
        run: what templates know of the run, as `{{ globals.NAME }}`.
        params: values that go before the operation's own; texts are read by the input's type.

    Raises:
        SpecError: all that is wrong, a line a problem, each with its field path.

    >>> from polyaxon_sdk.polyflow import V1IO, V1Container, V1Job
    >>> job = V1Job(container=V1Container(command=["train"], args="{{ params.as_args }}"))
    >>> train = V1Component(inputs=[V1IO(name="epochs", type="int")], run=job)
    >>> compiled = compile_operation(V1Operation(component=train), run=Globals(), params={"epochs": "3"})
    >>> compiled.operation.run.container.args
    ['--epochs=3']
    """
    merged = merge(operation)
    known = {"globals": run.as_dict()}
    given = give(_declared(merged), {**_params(operation), **_as_params(params or {})}, known)
    filled = evolve(
        merged,
        inputs=given.inputs or None,
        outputs=given.outputs or None,
        contexts=given.contexts or None,
    )
    rendered, mended = render(filled, _context(given, known))
    return Compilation(operation=rendered, warnings=(*given.warnings, *mended))


def _declared(merged: V1CompiledOperation) -> Declared:
    return Declared(
        inputs=merged.inputs or [], outputs=merged.outputs or [], strict=bool(merged.strict_params)
    )


def _params(layer: V1Operation | V1Component) -> dict[str, V1Param]:
    under = _params(layer.component) if layer.component else {}
    return {**under, **(layer.params or {})}


def _as_params(values: Mapping[str, object]) -> dict[str, V1Param]:
    return {
        name: value if isinstance(value, V1Param) else V1Param(value=value) for name, value in values.items()
    }


def _context(given: Given, known: Mapping[str, object]) -> dict[str, object]:
    return {**context_of(given.inputs, given.contexts), **known}
