"""Operations whose runs are not taken from earlier ones."""

from __future__ import annotations

from typing import TypeVar

from attrs import evolve

from polyaxon_sdk.polyflow import V1Cache, V1CompiledOperation, V1Component, V1Operation

__all__ = ["anew"]

T = TypeVar("T", V1CompiledOperation, V1Operation)


def anew(operation: T) -> T:
    """The same, all of it carried out, unless it says itself that earlier runs are taken (semantics 1.12).

    >>> anew(V1Operation()).cache
    V1Cache(disable=True, ttl=None, io=None, sections=None)
    """
    if _says(operation):
        return operation
    said = operation.cache
    return evolve(operation, cache=evolve(said if isinstance(said, V1Cache) else V1Cache(), disable=True))


def _says(layer: V1CompiledOperation | V1Operation | V1Component) -> bool:
    said = layer.cache
    says = said.disable is not None if isinstance(said, V1Cache) else said is not None
    inner = None if isinstance(layer, V1CompiledOperation) else layer.component
    return says or (inner is not None and _says(inner))
