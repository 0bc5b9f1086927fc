"""One walk over the templates of an operation."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple, TypeVar, cast, get_args, get_origin

import attrs

from polyaxon_sdk.compiler.budget import OverLimitError
from polyaxon_sdk.compiler.templates import heal
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import Problem, SpecError, V1CompiledOperation, V1Container, is_template
from polyaxon_sdk.polyflow.problems import MANY, Path, spell
from polyaxon_sdk.polyflow.recognition import is_join_param
from polyaxon_sdk.polyflow.shapes import shape_of

__all__ = ["Spot", "Walk", "items_of"]

C = TypeVar("C")

_LEFT = frozenset({"inputs", "outputs", "contexts", "hooks", "build"})
"""Resolved with the params already, or by the operations that they start."""


class Spot(NamedTuple):
    """Where a template stands.

    Attributes:
        path: the field.
        kind: its type.
        text: it is a container's, so that what comes of it stays text.
    """

    path: Path
    kind: object
    text: bool


class Walk:
    """Goes on after a mistake, so as to name them all.

    Args:
        resolve: what a template, healed, comes to; raises `InputError` where it is wrong.

    Attributes:
        problems: what was wrong so far.
        warnings: a line for each template that was mended, and each value that doesn't look right.
    """

    def __init__(self, resolve: Callable[[str, Spot], object]) -> None:
        self._resolve = resolve
        self.problems: list[Problem] = []
        self.warnings: list[str] = []

    def over(self, operation: V1CompiledOperation, *, leaving: Collection[str] = ()) -> V1CompiledOperation:
        """The operation with what its templates come to in their place.

        Args:
            leaving: the fields that stay as they are, beside inputs, outputs, contexts, hooks and build.

        Raises:
            SpecError: all that is wrong.
        """
        found = self._fields(operation, Spot((), None, text=False), leaving=_LEFT.union(leaving))
        if self.problems:
            raise SpecError(self.problems)
        return cast(V1CompiledOperation, found)

    def _fields(
        self, value: attrs.AttrsInstance, spot: Spot, *, leaving: Collection[str] = ()
    ) -> attrs.AttrsInstance:
        changes: dict[str, object] = {}
        for field in shape_of(type(value)).fields:
            item = getattr(value, field.name)
            if item is None or field.name in leaving:
                continue
            new = self._value(item, Spot((*spot.path, field.key), field.type, spot.text))
            if new is not item:
                changes[field.name] = new
        return self._noting(spot.path, lambda: _evolved(value, changes), value) if changes else value

    def _value(self, item: object, spot: Spot) -> object:
        if isinstance(item, str):
            return self._template(item, spot) if is_template(item) else item
        if isinstance(item, list):
            return self._list(item, spot)
        if isinstance(item, dict):
            return self._dict(item, spot)
        if is_join_param(item):
            return item  # its paths are looked up in each run that is found
        if attrs.has(type(item)):
            inside = spot._replace(text=spot.text or isinstance(item, V1Container))
            return self._fields(cast(attrs.AttrsInstance, item), inside)
        return item

    def _list(self, items: list[object], spot: Spot) -> list[object]:
        kind = items_of(spot.kind, list)
        new = [self._value(one, Spot((*spot.path, at), kind, spot.text)) for at, one in enumerate(items)]
        return items if items == new else new

    def _dict(self, items: dict[str, object], spot: Spot) -> dict[str, object]:
        kind = items_of(spot.kind, dict)
        new = {key: self._value(one, Spot((*spot.path, key), kind, spot.text)) for key, one in items.items()}
        return items if items == new else new

    def _template(self, template: str, spot: Spot) -> object:
        healed = heal(template)
        if healed != template:
            self.warnings.append(f"{spell(spot.path)}: {template!r} was read as {healed!r}")
        unresolved: object = template
        return self._noting(spot.path, lambda: self._resolve(healed, spot), unresolved)

    def _noting(self, path: Path, action: Callable[[], C], otherwise: C) -> C:
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
        if len(self.problems) >= MANY:
            raise SpecError(self.problems)
        return otherwise


def items_of(kind: object, shape: type) -> object:
    """The type of the items where `kind` is, or may be, a list or dict; nothing where it is neither.

    >>> items_of(list[int] | None, list)
    <class 'int'>
    """
    if kind is object:
        return object
    for one in (kind, *get_args(kind)):
        if get_origin(one) is shape:
            return get_args(one)[-1]
    return None


def _evolved(value: attrs.AttrsInstance, changes: dict[str, object]) -> attrs.AttrsInstance:
    return attrs.evolve(value, **changes)  # type: ignore[misc]  # it wants one class, this is any of ours
