"""From an operation to the compiled operation: the stages in their order (semantics 1.2 and 2.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve, frozen

from polyaxon_sdk.compiler.budget import limited
from polyaxon_sdk.compiler.checking import check_parts, declared_of, with_params
from polyaxon_sdk.compiler.connections import Connections
from polyaxon_sdk.compiler.contexts import context_of, globals_of
from polyaxon_sdk.compiler.doubts import doubts
from polyaxon_sdk.compiler.globals import Globals
from polyaxon_sdk.compiler.inits import inits_of, with_inits
from polyaxon_sdk.compiler.merges import Merges
from polyaxon_sdk.compiler.merging import params_of
from polyaxon_sdk.compiler.params import give
from polyaxon_sdk.compiler.rendering import render
from polyaxon_sdk.polyflow import V1CompiledOperation, V1Operation
from polyaxon_sdk.polyflow.recognition import is_dag, is_service
from polyaxon_sdk.polyflow.shapes import shape_of

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
    operation: V1Operation,
    *,
    run: Globals,
    params: Mapping[str, object] | None = None,
    connections: Connections | None = None,
    inherited: Mapping[str, object] | None = None,
    ports: Sequence[int] | None = None,
    merges: Merges | None = None,
) -> Compilation:
    """Compile an operation; nothing is created, printed or changed.

    Of a search, a join, a schedule or a dag, the runtime stays as it is: it is compiled again for each run that
    comes out of it, with its values as `params`.

    Args:
        operation: with what it refers to put in, as `polyaxonfile` reads it.
        run: what templates know of the run, as `{{ globals.NAME }}`.
        params: values that go before the operation's own; texts are read by the input's type.
        connections: what is configured where the run will be.
        inherited: what the dag around the operation hands to it, as `inheritance_of` gives it.
        ports: where a service listens, in place of the ports that it asks for.
        merges: of whoever compiles an operation again and again with other params.

    Raises:
        SpecError: all that is wrong, a line a problem, each with its field path.

    >>> from polyaxon_sdk.polyflow import V1IO, V1Component, V1Container, V1Job
    >>> job = V1Job(container=V1Container(command=["train"], args="{{ params.as_args }}"))
    >>> train = V1Component(inputs=[V1IO(name="epochs", type="int")], run=job)
    >>> compiled = compile_operation(V1Operation(component=train), run=Globals(), params={"epochs": "3"})
    >>> compiled.operation.run.container.args
    ['--epochs=3']
    """
    with limited():
        notes: list[str] = []
        filled = with_params(operation, params or {})
        merged = (merges or Merges()).merge(filled, inherited=inherited, notes=notes)
        if ports is not None and is_service(merged.run):
            merged = evolve(merged, run=evolve(merged.run, ports=[*ports]))
        return _compiled(filled, merged, run, connections or Connections(), notes=notes)


def _compiled(
    operation: V1Operation,
    merged: V1CompiledOperation,
    run: Globals,
    connections: Connections,
    *,
    notes: list[str],
) -> Compilation:
    known = {"globals": globals_of(run, merged), "connections": connections.as_dict()}
    given = give(declared_of(merged), params_of(operation), known)
    doubted = check_parts(merged, operation)
    asking = [*given.contexts, *given.inputs]
    left = _left(merged)
    filled = evolve(
        merged,
        events=None,
        strict_params=merged.strict_params if left else None,
        run=merged.run and with_inits(merged.run, inits_of(asking), store=connections.store),
        inputs=given.inputs or None,
        outputs=given.outputs or None,
        contexts=given.contexts or None,
    )
    values = context_of([*given.inputs, *given.outputs], given.contexts)
    context = {"init": known["connections"], **values, **known}
    rendered, mended = render(filled, context, leaving=left)
    warnings = dict.fromkeys([*notes, *given.warnings, *doubted, *mended, *doubts(rendered)])
    return Compilation(operation=rendered, warnings=tuple(warnings))


def _left(merged: V1CompiledOperation) -> frozenset[str]:
    """What is resolved once for each run that comes out of a search, a join, a schedule or a dag."""
    if merged.matrix is not None or merged.joins:
        return frozenset(field.name for field in shape_of(V1CompiledOperation).fields) - {"matrix", "joins"}
    if merged.schedule is not None or is_dag(merged.run):
        return frozenset({"run"})
    return frozenset()
