"""The operations of a dag: what each gets from the dag and from those before it (semantics 1.17)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from attrs import evolve

from polyaxon_sdk.compiler.doubts import doubts
from polyaxon_sdk.compiler.fitting import Offer, check_reference
from polyaxon_sdk.compiler.graph import graph_of
from polyaxon_sdk.compiler.merging import merge, params_of
from polyaxon_sdk.compiler.params import Declared, give
from polyaxon_sdk.compiler.searching import check_joins, check_matrix, found_by, provided
from polyaxon_sdk.exceptions import did_you_mean
from polyaxon_sdk.polyflow import (
    Problem,
    SpecError,
    V1CompiledOperation,
    V1Component,
    V1Operation,
    is_template,
    write,
)
from polyaxon_sdk.polyflow.handing import handed
from polyaxon_sdk.polyflow.problems import at, fault
from polyaxon_sdk.polyflow.recognition import is_dag

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow import V1Dag

__all__ = ["check_dag", "inheritance_of", "nodes_of", "offer_of"]

T = TypeVar("T", V1Component, V1Operation)

_HANDED_ON = ("cache", "termination", "plugins", "queue")
_SHARED = ("environment", "connections", "volumes")


def nodes_of(dag: V1Dag) -> dict[str, V1Operation]:
    """The operations by name, each with the component that its `dagRef` names.

    Raises:
        SpecError: a `dagRef` that no component of the dag answers.

    >>> from polyaxon_sdk.polyflow import V1Dag
    >>> nodes_of(V1Dag(operations=[V1Operation(name="a")]))["a"].name
    'a'
    """
    components = {component.name: component for component in dag.components or []}
    nodes: dict[str, V1Operation] = {}
    for position, operation in enumerate(dag.operations or []):
        with at("operations", position):
            nodes[operation.name or ""] = _with_component(operation, components)
    return nodes


def _with_component(layer: T, components: Mapping[str | None, V1Component]) -> T:
    if layer.dag_ref is None:
        inner = layer.component
        return layer if inner is None else evolve(layer, component=_with_component(inner, components))
    found = components.get(layer.dag_ref)
    if found is None:
        hint = did_you_mean(layer.dag_ref, [name for name in components if name])
        raise fault(f"no component {layer.dag_ref!r} in this dag", path=("dagRef",), hint=hint)
    return evolve(layer, component=found)


def inheritance_of(holder: V1CompiledOperation) -> dict[str, object]:
    """What an operation that is a dag hands to every operation in it, as plain data.

    >>> from polyaxon_sdk.polyflow import V1Dag, V1Termination
    >>> inheritance_of(V1CompiledOperation(termination=V1Termination(timeout=60), run=V1Dag(connections=["git"])))
    {'termination': {'timeout': 60}, 'run': {'connections': ['git']}}
    """
    if is_dag(holder.run):  # without its operations, which may be thousands: each of them asks
        holder = evolve(holder, run=evolve(holder.run, operations=None, components=None))
    written = write(holder)
    found: dict[str, object] = {key: written[key] for key in _HANDED_ON if key in written}
    dag = written.get("run")
    shared = {key: dag[key] for key in _SHARED if key in dag} if isinstance(dag, dict) else {}
    return {**found, "run": shared} if shared else found


def check_dag(dag: V1Dag, offer: Offer) -> list[str]:
    """Check every operation of a dag against the dag and those before it.

    Args:
        offer: what the dag itself has for them, as `offer_of` gives it.

    Returns:
        Warnings, a line each.

    Raises:
        SpecError: all that is wrong, with its place in the dag.
    """
    try:
        merged, warnings = _checked(dag, offer)
    except SpecError as error:
        raise error.under("run") from error
    _check_outputs(offer, merged)
    return [f"run.{line}" for line in warnings]


def _check_outputs(dag: Offer, merged: Mapping[str, V1CompiledOperation]) -> None:
    """Whether what outputs of a dag come from exists and is of their types."""
    problems: list[Problem] = []
    for name, io in dag.outputs.items():
        found = handed(io.value) if io is not None else None
        if found is None:
            continue
        if found.upstream not in merged:
            hint = did_you_mean(str(found.upstream), merged)
            problems.append(
                Problem(what=f"no operation {found.upstream!r}", path=("outputs", name), hint=hint)
            )
        else:
            told = check_reference(name, found, io, _offer_of(found.upstream, merged))
            problems += [evolve(each, path=("outputs", name)) for each in told]
    if problems:
        raise SpecError(problems)


def _checked(dag: V1Dag, offer: Offer) -> tuple[dict[str, V1CompiledOperation], list[str]]:
    graph = graph_of(dag)
    nodes = nodes_of(dag)
    merged: dict[str, V1CompiledOperation] = {}
    positions = {name: position for position, name in enumerate(nodes)}
    warnings: dict[int, list[str]] = {}
    problems: dict[int, tuple[Problem, ...]] = {}
    for name in (name for level in graph.levels for name in level):
        position = positions[name]
        try:
            merged[name], warnings[position] = _check_node(nodes[name], merged, offer)
        except SpecError as error:
            problems[position] = error.under("operations", position).problems
    if problems:
        raise SpecError(problem for _, some in sorted(problems.items()) for problem in some)
    lines = [f"operations[{position}].{line}" for position in sorted(warnings) for line in warnings[position]]
    return merged, lines


def _check_node(
    operation: V1Operation, before: Mapping[str, V1CompiledOperation], dag: Offer
) -> tuple[V1CompiledOperation, list[str]]:
    notes: list[str] = []
    merged = merge(operation, notes=notes)
    if operation.schedule is not None:
        raise fault("an operation of a dag has no schedule of its own", path=("schedule",))
    given = give(
        Declared(
            inputs=merged.inputs or [],
            outputs=merged.outputs or [],
            strict=bool(merged.strict_params),
            elsewhere=provided(merged),
        ),
        params_of(operation),
    )
    check_matrix(merged)
    check_joins(merged)
    _check_references(operation, merged, before, dag)
    inner = check_dag(merged.run, offer_of(merged, operation)) if is_dag(merged.run) else []
    return merged, [*notes, *given.warnings, *inner, *doubts(merged)]


def offer_of(merged: V1CompiledOperation, operation: V1Operation) -> Offer:
    """What the operations of a dag can refer to: its inputs, and the context values that it is given."""
    unknown = dict.fromkeys([*params_of(operation), *provided(merged)])
    inputs = {**unknown, **{io.name: io for io in merged.inputs or []}}
    outputs = {io.name: io for io in merged.outputs or []}
    return Offer(noun="the dag", inputs=inputs, outputs=outputs, is_around=True, is_lenient=True)


def _check_references(
    operation: V1Operation,
    merged: V1CompiledOperation,
    before: Mapping[str, V1CompiledOperation],
    dag: Offer,
) -> None:
    """Whether what params refer to exists and is of their inputs' types."""
    problems: list[Problem] = []
    inputs = {io.name: io for io in merged.inputs or []}
    for name, param in (operation.params or {}).items():
        if param.ref is not None and not is_template(param.ref):
            offer = dag if param.ref == "dag" else _offer_of(param.upstream, before)
            problems += check_reference(name, param, inputs.get(name), offer)
    if problems:
        raise SpecError(problems)


def _offer_of(upstream: str | None, before: Mapping[str, V1CompiledOperation]) -> Offer:
    merged = before.get(upstream or "")
    if merged is None:  # a run, or an operation that is wrong itself
        return Offer(noun=repr(upstream) if upstream else "the run", is_known=False)
    inputs = {io.name: io for io in merged.inputs or []}
    outputs = {io.name: io for io in [*found_by(merged), *(merged.outputs or [])]}
    return Offer(noun=repr(upstream), inputs=inputs, outputs=outputs)
