"""Putting in the components that an operation refers to (semantics 1.2)."""

from __future__ import annotations

import os
from typing import TypeVar

from attrs import evolve

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyaxonfile.document import Document
from polyaxon_sdk.polyaxonfile.reading import parse
from polyaxon_sdk.polyaxonfile.resolver import ReferenceKey, Resolver
from polyaxon_sdk.polyflow import SpecError, V1Component, V1Operation
from polyaxon_sdk.polyflow.problems import at, fault
from polyaxon_sdk.polyflow.recognition import is_dag
from polyaxon_sdk.polyflow.shapes import camel

__all__ = ["put_in"]

T = TypeVar("T", V1Component, V1Operation)

Trail = tuple[Document, ...]

_DEEPEST = 32
"""How many references may follow one another."""


def put_in(holder: T, document: Document, resolver: Resolver) -> T:
    """The same component or operation, with what it refers to in its `component`; the reference stays.

    Args:
        document: where it was read from, which references may be relative to.
        resolver: finds what is referred to.

    Raises:
        InputError: a document is absent or no component, or documents refer to each other in a circle.
    """
    try:
        return _put_in(holder, (document,), resolver)
    except SpecError as error:
        raise document.located(error) from error


def _put_in(holder: T, trail: Trail, resolver: Resolver) -> T:
    holder = _with_tuner(_inside(holder, trail, resolver), trail[-1])
    target = _target(holder)
    found = _follow(*target, trail, resolver) if target else None
    if target is None or found is None:
        if holder.component is None:
            return holder
        with at("component"):
            return evolve(holder, component=_put_in(holder.component, trail, resolver))
    resolver.documents.append(found)
    component = parse(found, notes=resolver.notes)
    if isinstance(component, V1Operation):
        raise fault(f"{found.name} is an operation", path=(target[0],), expected="a component")
    try:
        component = _put_in(component, (*trail, found), resolver)
    except SpecError as error:
        raise found.located(error) from error
    return evolve(holder, component=component)


def _follow(key: ReferenceKey, reference: str, trail: Trail, resolver: Resolver) -> Document | None:
    try:
        found = resolver.follow(key, reference, trail[-1])
    except InputError as error:
        raise fault(str(error), path=(key,)) from error
    if found is not None and found.place in {document.place for document in trail}:
        circle = " -> ".join(document.title for document in (*trail, found))
        raise fault(f"files refer to each other in a circle: {circle}", path=(key,))
    if len(trail) > _DEEPEST:
        raise fault(f"more than {_DEEPEST} references, each in the document of the one before", path=(key,))
    return found


def _inside(holder: T, trail: Trail, resolver: Resolver) -> T:
    """The same for what a dag holds."""
    if not is_dag(holder.run):
        return holder
    operations, components = holder.run.operations, holder.run.components
    dag = evolve(
        holder.run,
        operations=operations and _each("operations", operations, trail, resolver),
        components=components and _each("components", components, trail, resolver),
    )
    return evolve(holder, run=dag)


def _each(key: str, holders: list[T], trail: Trail, resolver: Resolver) -> list[T]:
    found: list[T] = []
    for position, holder in enumerate(holders):
        with at("run", key, position):
            found.append(_put_in(holder, trail, resolver))
    return found


def _with_tuner(holder: T, document: Document) -> T:
    """The same with the place of its tuner's file, which is relative to the document."""
    matrix = holder.matrix
    tuner = getattr(matrix, "tuner", None)
    if matrix is None or tuner is None or tuner.path_ref is None:
        return holder
    if document.origin is not None and not document.origin.is_ours:
        path = ("matrix", "tuner", "pathRef")
        raise fault(f"{document.name} names a file of this machine", path=path, expected="hubRef")
    if document.path is None:
        return holder
    placed = evolve(tuner, path_ref=os.path.abspath(document.path.parent / tuner.path_ref))
    return evolve(holder, matrix=evolve(matrix, tuner=placed))


def _target(holder: V1Component | V1Operation) -> tuple[ReferenceKey, str] | None:
    """The reference and its key; none where the component stands in it already."""
    given = [name for name in holder.references if name not in ("component", "dag_ref")]
    if len(given) > 1:
        raise fault(f"{' and '.join(camel(name) for name in given)}: which one?", expected="one reference")
    if holder.component is not None:
        return None
    if holder.path_ref is not None:
        return "pathRef", holder.path_ref
    if holder.url_ref is not None:
        return "urlRef", holder.url_ref
    return ("hubRef", holder.hub_ref) if holder.hub_ref is not None else None
