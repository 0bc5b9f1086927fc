"""Putting values into the templates of a compiled operation, each as its field takes it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import get_args

from polyaxon_sdk.compiler.templates import render_native, render_text
from polyaxon_sdk.compiler.walking import Spot, Walk, items_of
from polyaxon_sdk.polyflow import Template, V1CompiledOperation, convert

__all__ = ["render"]


def render(
    operation: V1CompiledOperation, context: Mapping[str, object], *, leaving: Collection[str] = ()
) -> tuple[V1CompiledOperation, list[str]]:
    """The operation with every template resolved, and a warning for each that was mended.

    In containers results stay text; elsewhere a template that is one expression gives its value
    (semantics 2.1).

    Args:
        context: the names that templates see.
        leaving: the fields that stay as they are, beside inputs, outputs, contexts, hooks and build.

    Raises:
        SpecError: all templates that don't resolve, or give what their field doesn't take.
    """
    walk = Walk(lambda template, spot: _rendered(template, spot, context))
    return walk.over(operation, leaving=leaving), walk.warnings


def _rendered(template: str, spot: Spot, context: Mapping[str, object]) -> object:
    if spot.text:
        listed = spot.kind is not object and items_of(spot.kind, list) is not None
        return _as_text(template, context, listed=listed)
    if spot.kind is object:
        return render_native(template, context)
    if Template in get_args(spot.kind):
        return convert(spot.kind, render_native(template, context))
    return render_text(template, context)


def _as_text(template: str, context: Mapping[str, object], *, listed: bool) -> object:
    """As text; but nothing stays nothing, and a list one where the field takes a list."""
    whole = render_native(template, context)
    if whole is None or (listed and isinstance(whole, list)):
        return whole
    return render_text(template, context)
