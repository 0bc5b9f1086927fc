"""The graph of a dag: who waits for whom, in which order they can run (semantics 1.17)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from attrs import frozen

from polyaxon_sdk.exceptions import did_you_mean
from polyaxon_sdk.polyflow import Problem, SpecError, V1Operation
from polyaxon_sdk.polyflow.problems import fault

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow import V1Component, V1Dag

__all__ = ["Graph", "graph_of"]


@frozen(kw_only=True)
class Graph:
    """The operations of a dag by name, and what each waits for.

    Args:
        upstream: each name to the names it waits for, in order.
        levels: the names that can run together, level after level, sorted within each.
    """

    upstream: Mapping[str, list[str]]
    levels: list[list[str]]

    @property
    def downstream(self) -> dict[str, list[str]]:
        """Each name to the names that wait for it."""
        found: dict[str, list[str]] = {name: [] for name in self.upstream}
        for name, above in self.upstream.items():
            for one in above:
                found[one].append(name)
        return {name: sorted(below) for name, below in found.items()}


def graph_of(dag: V1Dag) -> Graph:
    """The graph of a dag, from dependencies, references and events.

    Raises:
        SpecError: no operations, a name missing or given twice, of a component too, an unknown upstream, a circle.

    >>> from polyaxon_sdk.polyflow import V1Dag
    >>> graph_of(V1Dag(operations=[V1Operation(name="b", dependencies=["a"]), V1Operation(name="a")])).levels
    [['a'], ['b']]
    """
    operations = dag.operations or []
    if not operations:
        raise fault("no operations", path=("operations",), expected="at least one")
    _names(dag.components or [], "components")
    names = _names(operations, "operations")
    upstream = {name: _upstream(one) for name, one in zip(names, operations, strict=True)}
    problems = [problem for at, one in enumerate(operations) for problem in _wrong_events(one, at, names)]
    problems += [
        Problem(
            what=f"{name!r} waits for {above!r}, which is no operation of this dag",
            path=("operations", position),
            hint=did_you_mean(above, names),
        )
        for position, name in enumerate(names)
        for above in upstream[name]
        if above not in upstream
    ]
    if problems:
        raise SpecError(problems)
    return Graph(upstream=upstream, levels=_levels(upstream))


def _names(members: Sequence[V1Operation] | Sequence[V1Component], section: str) -> list[str]:
    names: dict[str, None] = {}
    problems: list[Problem] = []
    for position, member in enumerate(members):
        path = (section, position, "name")
        if not member.name:
            problems.append(Problem(what="missing", path=path, expected="a name in the dag", missing=True))
        elif member.name in names:
            problems.append(Problem(what=f"a second {member.name!r}", path=path, expected="unique names"))
        names[member.name or ""] = None
    if problems:
        raise SpecError(problems)
    return list(names)


def _wrong_events(operation: V1Operation, position: int, names: list[str]) -> Iterator[Problem]:
    """Events of an operation of this dag whose reference misses the word for one: `b`, `op.b`."""
    for at, event in enumerate(operation.events if isinstance(operation.events, list) else []):
        name = event.ref.rpartition(".")[2]
        if event.upstream is None and name in names:
            yield Problem(
                what=f"invalid reference {event.ref!r}",
                path=("operations", position, "events", at, "ref"),
                expected="ops.NAME",
                hint=f", did you mean {f'ops.{name}'!r}?",
            )


def _upstream(operation: V1Operation) -> list[str]:
    found = list(operation.dependencies) if isinstance(operation.dependencies, list) else []
    found += [param.upstream for param in (operation.params or {}).values() if param.upstream]
    if isinstance(operation.events, list):
        found += [event.upstream for event in operation.events if event.upstream]
    return sorted(set(found))


def _levels(upstream: Mapping[str, list[str]]) -> list[list[str]]:
    sorter = TopologicalSorter(upstream)
    try:
        sorter.prepare()
    except CycleError as error:
        circle = " -> ".join(reversed(error.args[1]))
        raise fault(f"operations wait for each other in a circle: {circle}", path=("operations",)) from error
    levels: list[list[str]] = []
    while ready := sorter.get_ready():
        levels.append(sorted(ready))
        sorter.done(*ready)
    return levels
