"""What a function's signature says: its inputs and outputs."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import SimpleNamespace
from typing import NamedTuple

from polyaxon_sdk.authoring.annotations import ANY, Meaning, meaning_of
from polyaxon_sdk.authoring.annotations.meaning import shown
from polyaxon_sdk.authoring.function.place import innermost, place_of
from polyaxon_sdk.authoring.signature.returned import Result, Returned, outputs_of
from polyaxon_sdk.exceptions import InputError

__all__ = ["Parameter", "Signature", "read_signature"]


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


class Signature(NamedTuple):
    """Inputs in order, and outputs."""

    inputs: tuple[Parameter, ...]
    returned: Returned

    @property
    def outputs(self) -> tuple[Result, ...]:
        """The outputs in order."""
        return self.returned.outputs


def read_signature(function: Callable[..., object], *, outputs: Sequence[str] = ()) -> Signature:
    """The inputs and outputs of a function.

    Args:
        outputs: the names of the outputs, where its return annotation has none.

    Raises:
        InputError: an annotation that can't be resolved or is no type of an input, or a default that doesn't
            fit; with file, line and parameter.
    """
    signature = inspect.signature(function)
    inputs = tuple(_input(function, parameter) for parameter in signature.parameters.values())
    with _placed(function, "return"):
        annotation = signature.return_annotation
        resolved = None if annotation is signature.empty else _resolved(function, annotation)
        return Signature(inputs, outputs_of(innermost(function), resolved, outputs))


@contextmanager
def _placed(function: Callable[..., object], path: str) -> Iterator[None]:
    """Mistakes of a parameter, with the function's file and line."""
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


def _input(function: Callable[..., object], parameter: inspect.Parameter) -> Parameter:
    default: object = parameter.default
    has_default = default is not parameter.empty
    has_value = has_default and default is not None
    with _placed(function, parameter.name):
        if parameter.annotation is not parameter.empty:
            meaning = meaning_of(_resolved(function, parameter.annotation))
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


def _resolved(function: Callable[..., object], annotation: object) -> object:
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
