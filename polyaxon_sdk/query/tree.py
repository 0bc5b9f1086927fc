"""The tree of a query: conditions, and what joins them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from attrs import field as attribute
from attrs import frozen

__all__ = ["And", "Condition", "Node", "Or", "conditions_of"]


@frozen
class Condition:
    """A field and what is asked of it; its text is a query.

    Args:
        field: such as `status` or `metrics.loss`.
        operation: the text after the colon, such as `<0.1`.
        at: where the field begins in the query, counted from 0; equal conditions may stand at different places.
        operation_at: where the operation begins.

    >>> str(Condition("metrics.loss", "<0.1"))
    'metrics.loss:<0.1'
    """

    field: str
    operation: str
    at: int = attribute(default=0, eq=False, repr=False, kw_only=True)
    operation_at: int = attribute(default=0, eq=False, repr=False, kw_only=True)

    def __str__(self) -> str:
        return f"{self.field}:{self.operation}"


@frozen
class And:
    """All of these hold."""

    terms: tuple[Node, ...]

    def __str__(self) -> str:
        return ", ".join(str(term) if isinstance(term, Condition) else f"({term})" for term in self.terms)


@frozen
class Or:
    """One of these holds."""

    terms: tuple[Node, ...]

    def __str__(self) -> str:
        return " OR ".join(f"({term})" if isinstance(term, Or) else str(term) for term in self.terms)


Node: TypeAlias = Condition | And | Or
"""A query or a part of one. `parse_query(str(node)) == node`."""


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
