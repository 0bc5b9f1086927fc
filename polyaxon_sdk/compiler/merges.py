"""Merging operations that differ in nothing but the values of their params."""

from __future__ import annotations

from collections.abc import Mapping

from polyaxon_sdk.compiler.merging import merge
from polyaxon_sdk.polyflow import V1CompiledOperation, V1Operation
from polyaxon_sdk.polyflow.shapes import shape_of

__all__ = ["Merges"]


class Merges:
    """Merges operations one after the other; one that is the last but for the values of its params is merged with it.

    >>> from polyaxon_sdk.polyflow import V1Component, V1Job, V1Param
    >>> merges, train = Merges(), V1Component(run=V1Job())
    >>> first, second = (V1Operation(component=train, params={"lr": V1Param(value=lr)}) for lr in (0.1, 0.2))
    >>> merges.merge(first, inherited=None, notes=[]) is merges.merge(second, inherited=None, notes=[])
    True
    """

    def __init__(self) -> None:
        self._last: tuple[list[object], V1CompiledOperation, list[str]] | None = None

    def merge(
        self, operation: V1Operation, *, inherited: Mapping[str, object] | None, notes: list[str]
    ) -> V1CompiledOperation:
        """As `merge`."""
        parts = [*_parts_of(operation), inherited]
        if self._last is None or not _are_same(self._last[0], parts):
            told: list[str] = []
            self._last = parts, merge(operation, inherited=inherited, notes=told), told
        notes += self._last[2]
        return self._last[1]


def _parts_of(operation: V1Operation) -> list[object]:
    """What is merged of an operation: of its own params their names, and which of them are for templates alone."""
    names = (field.name for field in shape_of(V1Operation).fields)
    params = operation.params or {}
    own = [*params], [name for name, param in params.items() if param.context_only]
    return [*(getattr(operation, name) for name in names if name != "params"), *own]


def _are_same(one: list[object], other: list[object]) -> bool:
    """Whether they are the same objects, which nobody changes, or names: equal ones may be of other types within."""
    pairs = zip(one, other, strict=True)
    return all(a is b or (_is_name(a) and _is_name(b) and a == b) for a, b in pairs)


def _is_name(value: object) -> bool:
    names = value if isinstance(value, list) else [value]
    return all(isinstance(name, str) for name in names)
