"""A run among its artifacts and the runs around it, as a tree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.text import Text
from rich.tree import Tree

from polyaxon_sdk.cli.show import status_text
from polyaxon_sdk.client.lineage import Artifact, Lineage
from polyaxon_sdk.exceptions import printable
from polyaxon_sdk.index.graph import Edge, Graph, Node

__all__ = ["lineage_tree"]

_DEEPEST = 50
"""Levels that are drawn; what lies deeper would be lines of nothing but indents."""

_FLOWS = {"upstream": "downstream", "downstream": "upstream"}
"""Each end of an edge, and the other one."""


class _Place(NamedTuple):
    """A run that stands in the tree, and the runs on the way to it."""

    tree: Tree
    uuid: str
    way: tuple[str, ...]


def lineage_tree(found: Lineage) -> Tree:
    """The run with what it comes from above its artifacts, and what comes from it below them.

    A run that can be reached in several ways is followed once, where it stands nearest.
    """
    state, graph = found.run, found.graph
    name = printable(f"  {state.name or '-'}  ")
    tree = Tree(Text.assemble((state.uuid[:12], "bold"), name, status_text(state.status)))
    _add_runs(tree, "made from", graph, "upstream")
    _add_artifacts(tree, "inputs", found.inputs)
    _add_artifacts(tree, "outputs", found.outputs)
    _add_runs(tree, "made into", graph, "downstream")
    return tree


def _add_artifacts(tree: Tree, title: str, artifacts: Sequence[Artifact]) -> None:
    if artifacts:
        branch = tree.add(Text(title, style="bold"))
        for artifact in artifacts:
            told = [str(artifact.get(key) or "-") for key in ("kind", "name", "path")]
            summary = artifact.get("summary")
            origin = summary.get("same_as") if isinstance(summary, dict) else None
            branch.add(Text(printable("  ".join([*told, f"the same as {origin}"] if origin else told))))


def _add_runs(tree: Tree, title: str, graph: Graph, ahead: str) -> None:
    """Hang all runs that lie `ahead` under their title, depth first."""
    root, around = graph.nodes[0].uuid, _around(graph, ahead)
    nodes = {node.uuid: node for node in graph.nodes}
    if root not in around:
        return
    waiting, followed = [_Place(tree.add(Text(title, style="bold")), root, (root,))], {root}
    while waiting:
        place = waiting.pop()
        added = []
        for uuid, edges in around.get(place.uuid, {}).items():
            mark = _mark(uuid, place, followed, leads_on=uuid in around)
            below = place.tree.add(_line(nodes[uuid], edges, mark))
            if not mark:
                followed.add(uuid)
                added.append(_Place(below, uuid, (*place.way, uuid)))
        waiting.extend(reversed(added))


def _around(graph: Graph, ahead: str) -> dict[str, dict[str, list[Edge]]]:
    """For each run those next to it in one direction, with the edges between the two."""
    found: dict[str, dict[str, list[Edge]]] = {}
    for edge in graph.edges:
        here, there = getattr(edge, _FLOWS[ahead]), getattr(edge, ahead)
        found.setdefault(here, {}).setdefault(there, []).append(edge)
    return found


def _mark(uuid: str, place: _Place, followed: set[str], *, leads_on: bool) -> str:
    """Why a run is not followed here; nothing where it is."""
    if uuid in place.way:
        return "  (a cycle)"
    if uuid in followed and leads_on:
        return "  (again)"
    return "  (and more: -o json)" if leads_on and len(place.way) >= _DEEPEST else ""


def _line(node: Node, edges: Sequence[Edge], mark: str) -> Text:
    kinds = ", ".join(edge.kind for edge in edges)
    text = Text(printable(f"{kinds}  {node.uuid[:12]}  {node.name or '-'}  "))
    text = text.append_text(status_text(node.status)) if node.status else text.append("not in this home")
    taken = [each.name for edge in edges for each in edge.artifacts]
    via = printable(f"  by {', '.join(taken)}") if taken else ""
    return text.append(f"{via}{mark}", style="dim")
