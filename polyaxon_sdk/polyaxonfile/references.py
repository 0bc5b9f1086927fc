"""Putting in the components that an operation refers to (semantics 1.2)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from attrs import evolve

from polyaxon_sdk.polyaxonfile.document import Document, read_document
from polyaxon_sdk.polyaxonfile.reading import parse
from polyaxon_sdk.polyflow import SpecError, V1Component, V1Dag, V1Operation
from polyaxon_sdk.polyflow.problems import at, fault
from polyaxon_sdk.polyflow.shapes import camel

__all__ = ["put_in"]

T = TypeVar("T", V1Component, V1Operation)


def put_in(holder: T, document: Document, *, refs: Mapping[str, Path]) -> T:
    """The same component or operation, with what it refers to in its `component`; the reference stays.

    Args:
        document: where it was read from: a `pathRef` is relative to that file.
        refs: the file that answers a `urlRef` or `hubRef`.

    Raises:
        InputError: a file is absent or no component, or files refer to each other in a circle.
    """
    trail = (document.path.resolve(),) if document.path else ()
    try:
        return _put_in(holder, document, refs, trail)
    except SpecError as error:
        raise document.located(error) from error


def _put_in(holder: T, document: Document, refs: Mapping[str, Path], trail: tuple[Path, ...]) -> T:
    holder = _inside(holder, document, refs, trail)
    target = _target(holder, document, refs)
    if target is None:
        if holder.component is None:
            return holder
        with at("component"):
            return evolve(holder, component=_put_in(holder.component, document, refs, trail))
    key, path = target
    if path.resolve() in trail:
        circle = " -> ".join(step.name for step in (*trail, path))
        raise fault(f"files refer to each other in a circle: {circle}", path=(key,))
    if not path.is_file():
        raise fault(f"no such file: {path}", path=(key,))
    found = read_document(path)
    component = parse(found)
    if isinstance(component, V1Operation):
        raise fault(f"{path} is an operation", path=(key,), expected="a component")
    try:
        component = _put_in(component, found, refs, (*trail, path.resolve()))
    except SpecError as error:
        raise found.located(error) from error
    return evolve(holder, component=component)


def _inside(holder: T, document: Document, refs: Mapping[str, Path], trail: tuple[Path, ...]) -> T:
    """The same for what a dag holds."""
    if not isinstance(holder.run, V1Dag):
        return holder
    operations, components = holder.run.operations, holder.run.components
    dag = evolve(
        holder.run,
        operations=operations and _each("operations", operations, document, refs, trail),
        components=components and _each("components", components, document, refs, trail),
    )
    return evolve(holder, run=dag)


def _each(
    key: str, holders: list[T], document: Document, refs: Mapping[str, Path], trail: tuple[Path, ...]
) -> list[T]:
    found: list[T] = []
    for position, holder in enumerate(holders):
        with at("run", key, position):
            found.append(_put_in(holder, document, refs, trail))
    return found


def _target(
    holder: V1Component | V1Operation, document: Document, refs: Mapping[str, Path]
) -> tuple[str, Path] | None:
    """The reference's key and the file that it means; none where the component stands in it already."""
    given = [name for name in holder.references if name not in ("component", "dag_ref")]
    if len(given) > 1:
        raise fault(f"{' and '.join(camel(name) for name in given)}: which one?", expected="one reference")
    if holder.component is not None:
        return None
    if holder.path_ref is not None:
        folder = document.path.parent if document.path else Path.cwd()
        return "pathRef", folder / holder.path_ref
    for key, ref in (("urlRef", holder.url_ref), ("hubRef", holder.hub_ref)):
        if ref is not None and ref in refs:
            return key, refs[ref]
    return None
