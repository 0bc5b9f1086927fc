"""The one converter between plain data and the classes: names, kinds, unknown keys, field paths."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, cast

import attrs
from cattrs import Converter

from polyaxon_sdk.polyflow import structure
from polyaxon_sdk.polyflow.problems import Problem, SpecError
from polyaxon_sdk.polyflow.shapes import shape_of

__all__ = ["check_fields", "convert", "read", "write"]

T = TypeVar("T")


def read(cls: type[T], data: object) -> T:
    """The object of class `cls` that plain data describes, in camelCase or snake_case.

    Raises:
        SpecError: all that is wrong, a line a problem, each with its field path.

    >>> from polyaxon_sdk.polyflow import V1IO
    >>> read(V1IO, {"name": "lr", "isOptional": True}).is_optional
    True
    """
    return _converter().structure(data, cls)


def convert(kind: object, data: object) -> object:
    """What plain data is as a value of a field's type, such as `int | None`.

    Raises:
        SpecError: as for `read`.

    >>> convert(int | None, 3)
    3
    """
    return _converter().structure(data, cast(type[object], kind))


def check_fields(value: attrs.AttrsInstance) -> None:
    """Check the values of an object's fields against their types.

    Raises:
        SpecError: all that don't fit.

    >>> from polyaxon_sdk.polyflow import V1IO
    >>> check_fields(V1IO(name="lr"))
    """
    problems: list[Problem] = []
    for field in shape_of(type(value)).fields:
        item = getattr(value, field.name)
        if item is None:
            continue
        try:
            convert(field.type, item)
        except SpecError as error:
            problems += error.under(field.key).problems
    if problems:
        raise SpecError(problems)


def write(value: object) -> dict[str, object]:
    """Plain data in camelCase, without what isn't set; `read` of it gives an equal object.

    >>> from polyaxon_sdk.polyflow import V1IO
    >>> write(V1IO(name="lr", is_optional=True))
    {'name': 'lr', 'isOptional': True}
    """
    return cast(dict[str, object], _converter().unstructure(value))


@cache
def _converter() -> Converter:
    converter = Converter(detailed_validation=False, prefer_attrib_converters=False)
    for kind, hook in structure.SCALARS.items():
        converter.register_structure_hook(kind, _ignoring_type(hook))
    for accepts, factory in structure.FACTORIES:
        converter.register_structure_hook_factory(accepts, _bound(factory, converter))
    converter.register_unstructure_hook_factory(attrs.has, lambda cls: _writer(cls, converter))
    converter.register_unstructure_hook(StrEnum, lambda word: word.value)
    return converter


def _bound(
    factory: Callable[[Any, structure.Find], structure.Hook], converter: Converter
) -> Callable[[Any], Callable[[object, Any], object]]:
    def make(kind: Any) -> Callable[[object, Any], object]:
        hook = factory(kind, lambda inner: _hook_of(converter, inner))
        return _ignoring_type(hook)

    return make


def _ignoring_type(hook: structure.Hook) -> Callable[[object, Any], Any]:
    return lambda data, _: hook(data)


def _hook_of(converter: Converter, kind: Any) -> structure.Hook:
    hook = converter.get_structure_hook(kind)
    return lambda data: hook(data, kind)


def _writer(cls: type[attrs.AttrsInstance], converter: Converter) -> Callable[[object], dict[str, object]]:
    shape = shape_of(cls)

    def write_fields(value: object) -> dict[str, object]:
        out: dict[str, object] = {"kind": shape.kind} if shape.kind else {}
        for field in shape.fields:
            item = getattr(value, field.name)
            if item is not None:
                out[field.key] = converter.unstructure(item)
        return out

    return write_fields
