"""Putting values into the templates of a compiled operation, each as its field takes it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TypeVar, cast, get_args, get_origin

import attrs

from polyaxon_sdk.compiler.budget import OverLimitError
from polyaxon_sdk.compiler.templates import heal, render_native, render_text
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import (
    Problem,
    SpecError,
    Template,
    V1CompiledOperation,
    V1Container,
    convert,
    is_template,
)
from polyaxon_sdk.polyflow.problems import Path, spell
from polyaxon_sdk.polyflow.recognition import is_join_param
from polyaxon_sdk.polyflow.shapes import shape_of

__all__ = ["render"]

C = TypeVar("C")

_LEFT = frozenset({"inputs", "outputs", "contexts", "hooks", "build"})
"""Rendered with the params already, or by the operations that they start."""


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
    renderer = _Renderer(context)
    rendered = renderer.fields(operation, (), text=False, leaving=_LEFT.union(leaving))
    if renderer.problems:
        raise SpecError(renderer.problems)
    return cast(V1CompiledOperation, rendered), renderer.warnings


class _Renderer:
    """One walk over an operation, which goes on after a mistake so as to name them all."""

    def __init__(self, context: Mapping[str, object]) -> None:
        self.context = context
        self.problems: list[Problem] = []
        self.warnings: list[str] = []

    def fields(
        self, value: attrs.AttrsInstance, path: Path, *, text: bool, leaving: Collection[str] = ()
    ) -> attrs.AttrsInstance:
        changes: dict[str, object] = {}
        for field in shape_of(type(value)).fields:
            item = getattr(value, field.name)
            if item is None or field.name in leaving:
                continue
            new = self.value(item, field.type, (*path, field.key), text=text)
            if new is not item:
                changes[field.name] = new
        made = self.noting(path, lambda: _evolved(value, changes), value) if changes else value
        if isinstance(made, V1Container):
            self.doubt(made, path)
        return made

    def doubt(self, container: V1Container, path: Path) -> None:
        """What doesn't look right to us may be right to a cluster, so it is a warning."""
        try:
            container.check()
        except SpecError as error:
            self.warnings += [str(problem.error()) for problem in error.under(*path).problems]

    def value(self, item: object, kind: object, path: Path, *, text: bool) -> object:
        if isinstance(item, str):
            return self.template(item, kind, path, text=text) if is_template(item) else item
        if isinstance(item, list):
            inner = _inner(kind, list)
            return _kept(
                item, [self.value(one, inner, (*path, at), text=text) for at, one in enumerate(item)]
            )
        if isinstance(item, dict):
            inner = _inner(kind, dict)
            return _kept(
                item, {key: self.value(one, inner, (*path, key), text=text) for key, one in item.items()}
            )
        if is_join_param(item):
            return item  # its paths are looked up in each run that is found
        if attrs.has(type(item)):
            return self.fields(
                cast(attrs.AttrsInstance, item), path, text=text or isinstance(item, V1Container)
            )
        return item

    def template(self, template: str, kind: object, path: Path, *, text: bool) -> object:
        healed = heal(template)
        if healed != template:
            self.warnings.append(f"{spell(path)}: {template!r} was read as {healed!r}")
        unresolved: object = template
        return self.noting(path, lambda: _rendered(healed, kind, self.context, text=text), unresolved)

    def noting(self, path: Path, action: Callable[[], C], otherwise: C) -> C:
        """What the action gives; where it fails, its problems are kept for later."""
        try:
            return action()
        except SpecError as error:
            self.problems += error.under(*path).problems
        except InputError as error:
            problem = Problem(what=error.what, path=path, expected=error.expected, hint=error.hint)
            self.problems.append(problem)
            if isinstance(error, OverLimitError):  # the next one may take as long
                raise SpecError(self.problems) from error
        return otherwise


def _evolved(value: attrs.AttrsInstance, changes: dict[str, object]) -> attrs.AttrsInstance:
    return attrs.evolve(value, **changes)  # type: ignore[misc]  # it wants one class, this is any of ours


def _rendered(template: str, kind: object, context: Mapping[str, object], *, text: bool) -> object:
    if text:
        return _as_text(template, context, listed=kind is not object and _inner(kind, list) is not None)
    if kind is object:
        return render_native(template, context)
    if Template in get_args(kind):
        return convert(kind, render_native(template, context))
    return render_text(template, context)


def _as_text(template: str, context: Mapping[str, object], *, listed: bool) -> object:
    """As text; but nothing stays nothing, and a list one where the field takes a list."""
    whole = render_native(template, context)
    if whole is None or (listed and isinstance(whole, list)):
        return whole
    return render_text(template, context)


def _inner(kind: object, shape: type) -> object:
    """The type of the items where `kind` is, or may be, a list or dict; nothing where it is neither."""
    if kind is object:
        return object
    for one in (kind, *get_args(kind)):
        if get_origin(one) is shape:
            return get_args(one)[-1]
    return None


def _kept(old: C, new: C) -> C:
    return old if old == new else new
