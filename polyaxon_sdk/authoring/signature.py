"""What a function's signature says: its inputs and outputs."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable
from types import SimpleNamespace
from typing import NamedTuple

from polyaxon_sdk.authoring.annotations import ANY, Meaning, meaning_of
from polyaxon_sdk.authoring.source import innermost, place_of
from polyaxon_sdk.exceptions import InputError

__all__ = ["Input", "Output", "Signature", "read_signature"]


class Input(NamedTuple):
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


class Output(NamedTuple):
    """One value of the result.

    Attributes:
        name: the field's, or `result` for a single value.
    """

    name: str
    meaning: Meaning


class Signature(NamedTuple):
    """Inputs in order, and outputs; `fields` says that the result has a field for each output."""

    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    fields: bool


def read_signature(function: Callable[..., object]) -> Signature:
    """The inputs and outputs of a function.

    Raises:
        InputError: an annotation that can't be resolved or is no type of an input, or a default that doesn't
            fit; with file, line and parameter.
    """
    parameters = inspect.signature(function).parameters.values()
    inputs = tuple(_input(function, parameter) for parameter in parameters)
    return Signature(inputs, *_outputs(function))


def _input(function: Callable[..., object], parameter: inspect.Parameter) -> Input:
    has_default = parameter.default is not parameter.empty
    is_typed = parameter.annotation is not parameter.empty or parameter.default not in (parameter.empty, None)
    try:
        meaning = _meaning(function, parameter)
        default = _spell_default(meaning, parameter.default) if has_default else None
    except InputError as error:
        raise InputError(
            error.what,
            where=place_of(function),
            path=parameter.name,
            expected=error.expected,
            hint=error.hint,
        ) from error
    if has_default and parameter.default is None:
        meaning = meaning._replace(is_optional=True)
    return Input(parameter.name, meaning, default, has_default, is_typed)


def _meaning(function: Callable[..., object], parameter: inspect.Parameter) -> Meaning:
    if parameter.annotation is not parameter.empty:
        return meaning_of(_resolved(function, parameter.annotation))
    if parameter.default in (parameter.empty, None):
        return ANY
    try:
        return meaning_of(type(parameter.default))
    except InputError:
        return ANY


def _resolved(function: Callable[..., object], annotation: object) -> object:
    """An annotation whose texts are looked up where the function stands."""
    found = innermost(function)
    scope = inspect.getclosurevars(typing.cast(Callable[..., object], found)).nonlocals
    holder = SimpleNamespace(__annotations__={"it": annotation})
    try:
        return typing.get_type_hints(
            holder, globalns=getattr(found, "__globals__", {}), localns=dict(scope), include_extras=True
        )["it"]
    except (NameError, AttributeError, SyntaxError, TypeError) as error:
        raise InputError(f"can't resolve the annotation {annotation!r}: {error}") from error


def _spell_default(meaning: Meaning, default: object) -> object:
    if default is None:
        return None
    try:
        return meaning.spell(default)
    except (TypeError, ValueError, AttributeError) as error:
        kind = meaning.type if meaning.type != "any" else "plain data, such as JSON holds"
        kind = f"one of {', '.join(map(repr, meaning.options))}" if meaning.options else kind
        raise InputError(f"the default {default!r} doesn't fit", expected=kind) from error


def _outputs(function: Callable[..., object]) -> tuple[tuple[Output, ...], bool]:
    annotation = inspect.signature(function).return_annotation
    if annotation in (inspect.Signature.empty, None, "None"):
        return (), False
    try:
        resolved = _resolved(function, annotation)
    except InputError as error:
        raise InputError(error.what, where=place_of(function), path="return") from error
    if (fields := _fields(resolved)) is None:
        return _output("result", resolved), False
    return tuple(output for name, hint in fields.items() for output in _output(name, hint)), True


def _fields(annotation: object) -> dict[str, object] | None:
    """The fields of a NamedTuple, a TypedDict or a dataclass."""
    marks = ("_fields", "__dataclass_fields__", "__required_keys__")
    if not isinstance(annotation, type) or not any(hasattr(annotation, mark) for mark in marks):
        return None
    return typing.get_type_hints(annotation, include_extras=True)


def _output(name: str, annotation: object) -> tuple[Output, ...]:
    """What such a result leaves in the record: nothing for a type that JSON can't hold, such as a model."""
    if annotation is type(None):
        return ()
    try:
        return (Output(name, meaning_of(annotation)),)
    except InputError:
        return ()
