"""What a return annotation says: the outputs, and where each is in what the function returns."""

from __future__ import annotations

import types
import typing
from collections import abc
from collections.abc import Mapping, Sequence
from inspect import CO_ASYNC_GENERATOR, CO_GENERATOR
from typing import Literal, NamedTuple

from polyaxon_sdk.authoring.annotations import ANY, Meaning, meaning_of
from polyaxon_sdk.authoring.annotations.structures import hints_of
from polyaxon_sdk.exceptions import InputError

__all__ = ["Result", "Returned", "items_of", "outputs_of"]

_Form = Literal["whole", "fields", "items", "keys"]


class Result(NamedTuple):
    """One value of what a function returns: an output.

    Attributes:
        name: the field's, or `result` for a single value.
    """

    name: str
    meaning: Meaning


class Returned(NamedTuple):
    """What a function returns.

    Attributes:
        outputs: in order.
        form: it is the one output; its fields are, its items are, or those under its keys.
        size: how many items it has.
        doc: what the class of its fields says of them.
        is_tuple: it is a tuple, whose items are the outputs in order.
    """

    outputs: tuple[Result, ...] = ()
    form: _Form = "whole"
    size: int = 0
    doc: str | None = None
    is_tuple: bool = False

    @property
    def unpacks(self) -> bool:
        """Whether its outputs are its items."""
        return self.is_tuple or self.form == "items"


NOTHING = Returned()

_AWAITED = (abc.Awaitable, abc.Coroutine)
_GENERATORS = (
    abc.Generator,
    abc.AsyncGenerator,
    abc.Iterator,
    abc.AsyncIterator,
    abc.Iterable,
    abc.AsyncIterable,
)


def outputs_of(function: object, annotation: object, names: Sequence[str] = ()) -> Returned:
    """The outputs of a function by its resolved return annotation.

    Args:
        function: a generator's outputs are what it returns, not what it yields.
        names: what the outputs are called, where the annotation doesn't say.

    Raises:
        InputError: more names than values, or an annotation of a field that can't be resolved.

    >>> outputs_of(len, float, ["loss"]).outputs[0].name
    'loss'
    """
    value = _value_of(function, annotation)
    bare = typing.get_args(value)[0] if typing.get_origin(value) is typing.Annotated else value
    if (fields := _fields(bare)) is not None:
        if names:
            raise InputError(f"outputs={list(names)!r}, but its fields have names", expected="no outputs")
        outputs = tuple(each for name, hint in fields.items() for each in _output(name, hint))
        return Returned(
            outputs, "fields", doc=getattr(bare, "__doc__", None), is_tuple=hasattr(bare, "_fields")
        )
    if names and typing.get_origin(bare) is tuple:
        return _items(typing.get_args(bare), names)
    if names and (typing.get_origin(bare) or bare) in (dict, abc.Mapping):
        item = (typing.get_args(bare) or (object, object))[1]
        return Returned(tuple(each for name in names for each in _output(name, item)), "keys")
    if len(names) > 1:
        raise InputError(
            f"{len(names)} names for one value", expected="a tuple of so many values, or one name"
        )
    if value is None and names:
        return Returned((Result(names[0], ANY),))
    return Returned(_output(names[0] if names else "result", value))


def items_of(function: object, annotation: object) -> tuple[str, ...]:
    """What the items of a returned tuple are called that has no other names: `output_0`, `output_1`, ….

    Of a tuple of any length, and of all else, there are none.

    >>> items_of(len, tuple[float, int])
    ('output_0', 'output_1')
    """
    value = _value_of(function, annotation)
    bare = typing.get_args(value)[0] if typing.get_origin(value) is typing.Annotated else value
    hints = typing.get_args(bare) if typing.get_origin(bare) is tuple else ()
    return () if hints[1:] == (...,) else tuple(f"output_{at}" for at in range(len(hints)))


def _value_of(function: object, annotation: object) -> object:
    """The annotation of what is returned in the end: after awaiting, of a generator at its end."""
    origin, arguments = typing.get_origin(annotation) or annotation, typing.get_args(annotation)
    flags = getattr(getattr(function, "__code__", None), "co_flags", 0)
    if flags & (CO_GENERATOR | CO_ASYNC_GENERATOR) and origin in _GENERATORS:
        return arguments[2] if origin is abc.Generator and len(arguments) > 2 else None
    return arguments[-1] if origin in _AWAITED and arguments else annotation


def _fields(annotation: object) -> Mapping[str, object] | None:
    """The fields of a NamedTuple, a TypedDict, a dataclass, an attrs class or a model of pydantic."""
    marks = ("_fields", "__dataclass_fields__", "__required_keys__", "__attrs_attrs__", "model_fields")
    if not isinstance(annotation, type) or not any(hasattr(annotation, mark) for mark in marks):
        return None
    return {
        name: hint
        for name, hint in hints_of(annotation).items()
        if typing.get_origin(hint) is not typing.ClassVar
    }


def _items(hints: Sequence[object], names: Sequence[str]) -> Returned:
    if hints[1:] == (...,):
        hints = [hints[0]] * len(names)
    if len(hints) != len(names):
        raise InputError(f"{len(names)} names for {len(hints)} values", expected="a name for each")
    outputs = tuple(Result(name, _meaning(hint)) for name, hint in zip(names, hints, strict=True))
    return Returned(outputs, "items", len(names))


def _output(name: str, annotation: object) -> tuple[Result, ...]:
    """What such a value leaves in the record: nothing for raw bytes, and a type that JSON can't hold."""
    if annotation in (None, types.NoneType, typing.NoReturn, typing.Never, bytes):
        return ()
    try:
        return (Result(name, meaning_of(annotation)),)
    except InputError:
        return ()


def _meaning(annotation: object) -> Meaning:
    try:
        return meaning_of(annotation)
    except InputError:
        return ANY
