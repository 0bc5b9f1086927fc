"""The tree of a query: conditions, and what joins them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from attrs import frozen

__all__ = ["And", "Condition", "Node", "Or", "conditions_of"]


@frozen
class Condition:
    """One field and what is asked of it.

    Args:
        field: such as `status` or `metrics.loss`.
        operation: the text after the colon, such as `<0.1`.
    """

    field: str
    operation: str


@frozen
class And:
    """All of these hold."""

    terms: tuple[Node, ...]


@frozen
class Or:
    """One of these holds."""

    terms: tuple[Node, ...]


Node: TypeAlias = "Condition | And | Or"
"""A query or a part of one."""


def conditions_of(node: Node) -> Iterator[Condition]:
    """Every condition of a query, from left to right.

    >>> [one.field for one in conditions_of(And((Condition("a", "1"), Condition("b", "2"))))]
    ['a', 'b']
    """
    if isinstance(node, Condition):
        yield node
        return
    for term in node.terms:
        yield from conditions_of(term)
