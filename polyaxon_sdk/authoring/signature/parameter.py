"""A parameter of a function: its type, and its default as JSON holds it."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import SimpleNamespace
from typing import NamedTuple

from polyaxon_sdk.authoring.annotations import ANY, Meaning, meaning_of
from polyaxon_sdk.authoring.annotations.meaning import shown
from polyaxon_sdk.authoring.function.defaults import written_default
from polyaxon_sdk.authoring.function.place import innermost, place_of
from polyaxon_sdk.exceptions import InputError

__all__ = ["Parameter", "part_of", "read_parameter", "resolved"]


class Parameter(NamedTuple):
    """A parameter.

    Attributes:
        default: as JSON holds it; None where there is none.
        has_default: whether the function can do without.
        is_typed: whether an annotation or a default says its type.
    """

    name: str
    meaning: Meaning
    default: object
    has_default: bool
    is_typed: bool


@contextmanager
def part_of(function: Callable[..., object], path: str) -> Iterator[None]:
    """Mistakes of a parameter or of what is returned, with the function's file and line."""
    try:
        yield
    except InputError as error:
        raise InputError(
            error.what,
            where=place_of(function),
            path=f"{path}.{error.path}" if error.path else path,
            expected=error.expected,
            hint=error.hint,
        ) from error


def read_parameter(function: Callable[..., object], parameter: inspect.Parameter) -> Parameter:
    """A parameter as its annotation or its default says.

    Raises:
        InputError: an annotation that is no type of an input, or a default that doesn't fit; with file and line.
    """
    default = written_default(function, parameter.name, parameter.default)
    has_default = default is not parameter.empty
    has_value = has_default and default is not None
    with part_of(function, parameter.name):
        if parameter.annotation is not parameter.empty:
            meaning = meaning_of(resolved(function, parameter.annotation))
        else:
            meaning = _like(default) if has_value else ANY
        spelled = _spell_default(meaning, default) if has_value else None
    if has_default and default is None:
        meaning = meaning._replace(is_optional=True)
    is_typed = parameter.annotation is not parameter.empty or has_value
    return Parameter(parameter.name, meaning, spelled, has_default, is_typed)


def _like(value: object) -> Meaning:
    """The meaning of a type that a value has; of a list or a set, with the type of what it holds."""
    kind = type(value)
    try:
        if isinstance(value, list | set | frozenset) and len({type(item) for item in value}) == 1:
            return meaning_of(kind[type(next(iter(value)))])  # type: ignore[index]  # a list, a set or a frozenset
        return meaning_of(kind)
    except InputError:
        return ANY


def resolved(function: Callable[..., object], annotation: object) -> object:
    """An annotation whose texts are looked up where the function stands."""
    found = innermost(function)
    scope: Mapping[str, object] = {}
    if getattr(found, "__closure__", None):
        scope = inspect.getclosurevars(typing.cast("Callable[..., object]", found)).nonlocals
    holder = SimpleNamespace(__annotations__={"it": annotation})
    try:
        return typing.get_type_hints(
            holder, globalns=getattr(found, "__globals__", {}), localns=dict(scope), include_extras=True
        )["it"]
    except (NameError, AttributeError, SyntaxError, TypeError) as error:
        raise InputError(f"can't resolve the annotation {annotation!r}: {error}") from error


def _spell_default(meaning: Meaning, default: object) -> object:
    try:
        return meaning.spell(default)
    except InputError as error:
        what = f"the default {shown(default)} doesn't fit"
        expected = error.expected or meaning.words
        raise InputError(what, path=error.path, expected=expected, hint=error.hint) from error
