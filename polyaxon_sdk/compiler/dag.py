"""The operations of a dag: what each gets from the dag and from those before it (semantics 1.17)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, TypeVar

from attrs import evolve

from polyaxon_sdk.compiler.graph import Graph, graph_of
from polyaxon_sdk.compiler.merging import merge, params_of
from polyaxon_sdk.compiler.params import Declared, give
from polyaxon_sdk.compiler.searching import check_joins, check_matrix, provided
from polyaxon_sdk.exceptions import did_you_mean
from polyaxon_sdk.polyflow import (
    V1IO,
    SpecError,
    V1CompiledOperation,
    V1Component,
    V1Operation,
    V1Param,
    write,
)
from polyaxon_sdk.polyflow.problems import at, fault
from polyaxon_sdk.polyflow.recognition import is_dag

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow import V1Dag

__all__ = ["check_dag", "inheritance_of", "names_of", "nodes_of"]

T = TypeVar("T", V1Component, V1Operation)

_HANDED_ON = ("cache", "termination", "plugins", "queue")
_SHARED = ("environment", "connections", "volumes")
_PATHS = frozenset({"str", "path", "s3", "gcs", "wasb"})


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
    written = write(holder)
    found: dict[str, object] = {key: written[key] for key in _HANDED_ON if key in written}
    dag = written.get("run")
    shared = {key: dag[key] for key in _SHARED if key in dag} if isinstance(dag, dict) else {}
    return {**found, "run": shared} if shared else found


def check_dag(dag: V1Dag, inputs: Collection[str]) -> Graph:
    """Check every operation of a dag against the dag and those before it.

    Args:
        inputs: the names of the dag's own inputs and context values.

    Raises:
        SpecError: the first operation that is wrong, with its place in the dag.
    """
    try:
        return _checked(dag, inputs)
    except SpecError as error:
        raise error.under("run") from error


def _checked(dag: V1Dag, inputs: Collection[str]) -> Graph:
    graph = graph_of(dag)
    nodes = nodes_of(dag)
    merged: dict[str, V1CompiledOperation] = {}
    positions = {name: position for position, name in enumerate(nodes)}
    for name in (name for level in graph.levels for name in level):
        try:
            merged[name] = _check_node(nodes[name], merged, inputs)
        except SpecError as error:
            raise error.under("operations", positions[name]) from error
    return graph


def _check_node(
    operation: V1Operation, before: Mapping[str, V1CompiledOperation], inputs: Collection[str]
) -> V1CompiledOperation:
    merged = merge(operation)
    if operation.schedule is not None:
        raise fault("an operation of a dag has no schedule of its own", path=("schedule",))
    give(
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
    own = {io.name: io for io in merged.inputs or []}
    for name, param in (operation.params or {}).items():
        if param.ref == "dag":
            _check_dag_reference(name, param, inputs)
        _check_reference(name, param, own.get(name), before)
    if is_dag(merged.run):
        check_dag(merged.run, names_of(merged, operation))
    return merged


def names_of(merged: V1CompiledOperation, operation: V1Operation) -> set[str]:
    """The names that the operations of a dag can refer to as its inputs."""
    return {io.name for io in merged.inputs or []} | set(params_of(operation)) | provided(merged)


def _check_dag_reference(name: str, param: V1Param, inputs: Collection[str]) -> None:
    section, _, key = _path(str(param.value)).partition(".")
    if section == "inputs" and key and key not in inputs:
        told = f"the dag has no {section}.{key}"
        raise fault(told, path=("params", name), hint=did_you_mean(key, inputs))


def _check_reference(
    name: str,
    param: V1Param,
    io: V1IO | None,
    before: Mapping[str, V1CompiledOperation],
) -> None:
    """Whether what a param refers to exists and is of the input's type (semantics 1.5)."""
    if param.upstream is None or not isinstance(param.value, str):
        return
    section, _, key = _path(param.value).partition(".")
    if section not in ("inputs", "outputs") or not key:
        return
    upstream = before[param.upstream]
    found = {one.name: one for one in (*(upstream.inputs or []), *(getattr(upstream, section) or []))}
    if key not in found:
        told = f"{param.upstream!r} declares no {section}.{key}"
        raise fault(told, path=("params", name), hint=did_you_mean(key, found))
    if io is not None and not param.context_only and not _fits(found[key], io):
        told = f"{param.upstream}'s {section}.{key} is {_kind(found[key])}"
        raise fault(told, path=("params", name), expected=_kind(io))


def _path(value: str) -> str:
    return value.strip().removeprefix("{{").removesuffix("}}").strip()


def _kind(io: V1IO) -> str:
    kind = io.type or "any"
    return f"a list of {kind}" if io.is_list else kind


def _fits(given: V1IO, wanted: V1IO) -> bool:
    kinds = {given.type, wanted.type}
    return len(kinds) == 1 or kinds <= _PATHS or kinds <= {"float", "metric"} or bool({None, "any"} & kinds)
