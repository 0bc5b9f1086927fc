"""Runs and what links them: a graph in which values and artifacts flow from upstream to downstream."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Edge", "Graph", "Node", "Shared"]


class Node(NamedTuple):
    """A run of a graph.

    Attributes:
        level: how many edges away it is: below 0 upstream of the run that was asked for, above 0 downstream.
        name: what it is called; None where it has no name, or lies elsewhere.
        project: its project; None where it lies elsewhere.
        kind: what it is of, such as `job`; None where it lies elsewhere.
        status: its status; None where it lies elsewhere.
    """

    uuid: str
    level: int
    name: str | None = None
    project: str | None = None
    kind: str | None = None
    status: str | None = None


class Shared(NamedTuple):
    """An artifact that one run made and another took in, as the one that made it calls it.

    Attributes:
        state: what both know it by (semantics 5.9).
    """

    name: str
    kind: str | None
    path: str | None
    state: str


class Edge(NamedTuple):
    """That one run comes from another.

    Attributes:
        upstream: the uuid of the run that was there first.
        downstream: the uuid of the run that comes from it.
        kind: how: `copy`, `restart` or `cache`; `run` where it was begun within it or refers to it; `join`, `dag`, …;
            `artifact` where an artifact alone links them.
        values: the paths of what the second took from the first.
        artifacts: what the first made and the second took in; on the first edge between two runs alone.
    """

    upstream: str
    downstream: str
    kind: str
    values: tuple[str, ...] = ()
    artifacts: tuple[Shared, ...] = ()


class Graph(NamedTuple):
    """The runs around one, each once, and all edges that were followed to find them.

    Attributes:
        nodes: nearest first; the run that was asked for is the first one.
        is_whole: whether it ends by itself, or where it was asked to, not because there were too many runs.
    """

    nodes: list[Node]
    edges: list[Edge]
    is_whole: bool = True

    def above(self, uuid: str) -> list[Edge]:
        """The edges from runs that `uuid` comes from."""
        return [edge for edge in self.edges if edge.downstream == uuid]

    def below(self, uuid: str) -> list[Edge]:
        """The edges to runs that come from `uuid`."""
        return [edge for edge in self.edges if edge.upstream == uuid]
