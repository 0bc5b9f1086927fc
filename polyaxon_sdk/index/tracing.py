"""Following the links between runs from one of them, level by level, upstream and downstream."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, func, literal, select

from polyaxon_sdk.index.graph import Edge, Graph, Node, Shared
from polyaxon_sdk.index.tables import artifacts, edges, runs

__all__ = ["trace"]

MOST_RUNS = 10_000
_MOST_SHARED = 20_000
"""Links by artifacts that are followed from 500 runs: each of many may have taken in what each of many made."""

_BATCH = 500

_above, _below = runs.alias("above"), runs.alias("below")
_made, _taken = artifacts.alias("made"), artifacts.alias("taken")


class _Links:
    """What was found between pairs of runs."""

    def __init__(self) -> None:
        self.told: dict[tuple[str, str], dict[str, tuple[str, ...]]] = {}
        self.shared: dict[tuple[str, str], dict[Shared, None]] = {}

    def add(self, row: Row[Any]) -> None:
        """Take in one link: one that a record tells, or an artifact."""
        pair = row.upstream, row.downstream
        if hasattr(row, "state"):
            self.shared.setdefault(pair, {})[Shared(row.name, row.kind, row.path, row.state)] = None
            return
        kinds = self.told.setdefault(pair, {})
        kinds[row.kind] = tuple(dict.fromkeys([*kinds.get(row.kind, ()), *json.loads(row.taken)]))

    def edges(self, uuids: Sequence[str]) -> list[Edge]:
        """An edge for each pair of these runs and kind, in their order."""
        place = {uuid: number for number, uuid in enumerate(uuids)}
        pairs = [pair for pair in {**self.told, **self.shared} if place.keys() >= set(pair)]
        return [
            edge
            for pair in sorted(pairs, key=lambda pair: [place[each] for each in pair])
            for edge in self._between(pair)
        ]

    def _between(self, pair: tuple[str, str]) -> Iterator[Edge]:
        shared = tuple(sorted(self.shared.get(pair, ()), key=str))
        for kind, values in sorted(self.told.get(pair, {"artifact": ()}).items()):
            yield Edge(*pair, kind, values, shared)
            shared = ()


class _Side(NamedTuple):
    """One of the two directions.

    Attributes:
        ahead: the end of a link that lies in this direction.
        sign: that of the levels.
        links: the links of some runs in it, told or by artifacts.
    """

    ahead: str
    sign: int
    links: Callable[[Sequence[str]], Iterable[Select[Any]]]


def trace(connection: Connection, uuid: str, depth: int | None, *, most: int = MOST_RUNS) -> Graph:
    """The runs around `uuid`, as far as `depth` links away, or all; `most` of them.

    The runs that others of its upstream made, too, are not looked for: each is found in its own graph.
    """
    levels, links, is_whole = {uuid: 0}, _Links(), True
    for side in (_Side("upstream", -1, _upstream), _Side("downstream", 1, _downstream)):
        level, reached, frontier = 0, {uuid}, [uuid]
        while frontier and level != depth:
            level += 1
            rows = list(_rows(connection, side, frontier))
            for row in rows:
                links.add(row)
            new = sorted({getattr(row, side.ahead) for row in rows} - reached)
            frontier = new[: max(0, most - len(levels))]
            is_whole = is_whole and len(frontier) == len(new) and _shared_in(rows) < _MOST_SHARED
            reached.update(frontier)
            levels = {**dict.fromkeys(frontier, side.sign * level), **levels}
    nodes = _nodes(connection, levels)
    return Graph(nodes, links.edges([node.uuid for node in nodes]), is_whole)


def _shared_in(rows: Iterable[Row[Any]]) -> int:
    return sum(hasattr(row, "state") for row in rows)


def _rows(connection: Connection, side: _Side, frontier: Sequence[str]) -> Iterator[Row[Any]]:
    for batch in _batches(frontier):
        for wanted in side.links(batch):
            yield from connection.execute(wanted)


def _upstream(batch: Sequence[str]) -> Iterable[Select[Any]]:
    of_these = _below.c.uuid.in_(batch)
    yield _CLONED.where(of_these)
    yield _LINKED.where(of_these)
    yield _SHARED.where(of_these)


def _downstream(batch: Sequence[str]) -> Iterable[Select[Any]]:
    yield _CLONED.where(_below.c.original.in_(batch))
    yield _LINKED.where(edges.c.upstream.in_(batch))
    yield _SHARED.where(_above.c.uuid.in_(batch))


_CLONED = select(
    _below.c.original.label("upstream"),
    _below.c.uuid.label("downstream"),
    func.coalesce(_below.c.cloning_kind, "copy").label("kind"),
    literal("[]").label("taken"),
).where(_below.c.original.is_not(None), _below.c.original != _below.c.uuid)
_LINKED = (
    select(edges.c.upstream, _below.c.uuid.label("downstream"), edges.c.kind, edges.c.taken)
    .join(_below, _below.c.id == edges.c.run)
    .where(edges.c.upstream != _below.c.uuid)
)
_SHARED = (
    select(
        _above.c.uuid.label("upstream"),
        _below.c.uuid.label("downstream"),
        *(_made.c[name] for name in ("name", "kind", "path", "state")),
    )
    .join(_made, _made.c.run == _above.c.id)
    .join(_taken, _taken.c.state == _made.c.state)
    .join(_below, _below.c.id == _taken.c.run)
    .where(_made.c.is_input.is_(False), _taken.c.is_input.is_(True), _above.c.uuid != _below.c.uuid)
    .limit(_MOST_SHARED)
)


def _nodes(connection: Connection, levels: dict[str, int]) -> list[Node]:
    columns = [runs.c[name] for name in ("uuid", "name", "project", "kind", "status", "created_at")]
    known = {}
    for batch in _batches(list(levels)):
        for row in connection.execute(select(*columns).where(runs.c.uuid.in_(batch))):
            known[row.uuid] = row
    nodes = [_node(uuid, level, known.get(uuid)) for uuid, level in levels.items()]
    return sorted(
        nodes, key=lambda node: (abs(node.level), node.level, _born(known.get(node.uuid)), node.uuid)
    )


def _node(uuid: str, level: int, row: Row[Any] | None) -> Node:
    return (
        Node(uuid, level) if row is None else Node(uuid, level, row.name, row.project, row.kind, row.status)
    )


def _born(row: Row[Any] | None) -> float:
    return (row.created_at or 0.0) if row is not None else 0.0


def _batches(items: Sequence[str]) -> Iterator[Sequence[str]]:
    waiting = iter(items)
    while batch := list(islice(waiting, _BATCH)):
        yield batch
