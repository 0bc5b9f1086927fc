"""Annotations of values with named parts: dataclass, attrs, NamedTuple, TypedDict."""

from __future__ import annotations

import typing
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import cast

from polyaxon_sdk.authoring.annotations.meaning import (
    Field,
    Meaning,
    Read,
    converted,
    inside,
    refusing,
    shown,
)
from polyaxon_sdk.exceptions import InputError, did_you_mean
from polyaxon_sdk.polyflow.values import parse

__all__ = ["hints_of", "keys_of", "read_attrs", "read_dataclass", "read_named_tuple", "read_typed_dict"]

_Make = Callable[..., object]
_Part = Callable[[object, str], object]


def read_dataclass(annotation: object, read: Read) -> Meaning | None:
    """A dataclass, frozen or not; of pydantic's too."""
    if not isinstance(annotation, type) or not hasattr(annotation, "__dataclass_fields__"):
        return None
    import dataclasses  # whoever declares one has it loaded

    fields = [field for field in dataclasses.fields(annotation) if field.init]
    needed = {
        field.name: field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        for field in fields
    }
    given = {
        field.name: field.default_factory
        if field.default_factory is not dataclasses.MISSING
        else partial(_same, field.default)
        for field in fields
        if not needed[field.name]
    }
    return _structure(annotation, needed, read, defaults=given)


def read_attrs(annotation: object, read: Read) -> Meaning | None:
    """A class of attrs; its parts are called as its `__init__` calls them."""
    if not isinstance(annotation, type) or not hasattr(annotation, "__attrs_attrs__"):
        return None
    import attrs  # whoever declares one has it loaded

    fields = [field for field in attrs.fields(annotation) if field.init]
    names = {str(field.alias): field.name for field in fields}
    needed = {str(field.alias): field.default is attrs.NOTHING for field in fields}
    given = {
        str(field.alias): partial(_same, field.default)
        for field in fields
        if not needed[str(field.alias)] and not isinstance(field.default, attrs.Factory)  # type: ignore[arg-type]  # a class, typed as a function
    }
    return _structure(
        annotation,
        needed,
        read,
        own=names,
        part=lambda value, alias: getattr(value, names[alias]),
        defaults=given,
    )


def read_named_tuple(annotation: object, read: Read) -> Meaning | None:
    """A NamedTuple, by the names of its fields; a list of values in their order is taken too."""
    if (
        not isinstance(annotation, type)
        or not issubclass(annotation, tuple)
        or not hasattr(annotation, "_fields")
    ):
        return None
    names = cast("tuple[str, ...]", annotation._fields)
    defaults = cast("Mapping[str, object]", getattr(annotation, "_field_defaults", {}))
    given = {name: partial(_same, value) for name, value in defaults.items()}
    meaning = _structure(annotation, {name: name not in defaults for name in names}, read, defaults=given)

    def build(value: object) -> object:
        return meaning.build(dict(zip(names, value, strict=True)) if isinstance(value, list) else value)

    return meaning._replace(build=refusing(build, f"a mapping with {', '.join(names)}"))


def read_typed_dict(annotation: object, read: Read) -> Meaning | None:
    """A TypedDict; parts that are not required may be left out."""
    if not typing.is_typeddict(annotation):
        return None
    kind = cast("type", annotation)
    required: frozenset[str] = kind.__required_keys__  # type: ignore[attr-defined]  # a TypedDict has them
    marked = {name: _mark(hint) for name, hint in _all_hints(kind).items()}
    needed = {name: name in required and mark != "NotRequired" for name, mark in marked.items()}
    return _structure(kind, needed, read, part=lambda value, name: cast("Mapping[str, object]", value)[name])


def hints_of(kind: type) -> dict[str, object]:
    """The annotations of a class' fields, of its bases too; texts are looked up where it stands.

    Raises:
        InputError: one that can't be resolved.
    """
    return {name: _bare(hint) for name, hint in _all_hints(kind).items()}


def _all_hints(kind: type) -> dict[str, object]:
    try:
        return typing.get_type_hints(kind, include_extras=True)
    except (NameError, AttributeError, SyntaxError, TypeError) as error:
        raise InputError(f"can't resolve the annotations of {kind.__name__}: {error}") from error


def _bare(hint: object) -> object:
    """Without what says nothing of the value but of its place in a TypedDict."""
    while _mark(hint) in {"Required", "NotRequired", "ReadOnly"}:
        hint = typing.get_args(hint)[0]
    return hint


def _mark(hint: object) -> str:
    return str(typing.get_origin(hint)).rpartition(".")[2]


def _structure(
    kind: type,
    needed: Mapping[str, bool],
    read: Read,
    *,
    own: Mapping[str, str] | None = None,
    part: _Part = getattr,
    defaults: Mapping[str, Callable[[], object]] = {},
) -> Meaning:
    """A class that is built from its parts by name.

    Args:
        needed: each part, and whether there must be one.
        own: the attribute of each part, where it is called otherwise.
        part: the part of a value.
        defaults: makes what a part is that isn't given.
    """
    hints = hints_of(kind)
    meanings = {}
    for name in needed:
        with inside(name):
            meanings[name] = read(hints[(own or {}).get(name, name)])
    fields = tuple(
        Field(name, meaning, needed[name], _spelled(meaning, defaults.get(name)))
        for name, meaning in meanings.items()
    )

    def build(value: object) -> object:
        found = cast("dict[str, object]", parse("dict", value))
        _check_keys(found, fields)
        return cast("_Make", kind)(
            **{name: converted(name, meanings[name].build, one) for name, one in found.items()}
        )

    def spell(value: object) -> object:
        if not _is_one(value, kind, fields):
            raise TypeError
        there = [name for name in needed if not isinstance(value, Mapping) or name in value]
        return {name: converted(name, meanings[name].spell, part(value, name)) for name in there}

    expected = f"a mapping with {', '.join(needed)}" if needed else "an empty mapping"
    bounds = keys_of(fields)
    return Meaning(
        "dict",
        refusing(build, expected),
        refusing(spell, kind.__name__),
        bounds=bounds,
        fields=fields,
        doc=kind.__doc__,
    )


def _spelled(meaning: Meaning, make: Callable[[], object] | None) -> object:
    """A default as JSON holds it; None where there is none, or one that no input could be given."""
    try:
        return None if make is None else meaning.spell(make())
    except InputError:
        return None


def _same(value: object) -> object:
    return value


def keys_of(fields: Sequence[Field], *, is_open: bool = False) -> dict[str, object]:
    """The bounds that the specification can check: all keys, or those that must be there.

    Args:
        is_open: whether other keys are taken.

    >>> keys_of([])
    {'keys': []}
    """
    required = [field.name for field in fields if field.is_required]
    if len(required) == len(fields) and not is_open:
        return {"keys": required}
    return {"contains_keys": required} if required else {}


def _check_keys(found: Mapping[str, object], fields: Sequence[Field]) -> None:
    names = [field.name for field in fields]
    for name in found:
        if name not in names:
            hint = did_you_mean(name, names)
            raise InputError(f"no field {name!r}", expected=None if hint else ", ".join(names), hint=hint)
    for field in fields:
        if field.is_required and field.name not in found:
            raise InputError(f"no {field.name!r} in {shown(found)}")


def _is_one(value: object, kind: type, fields: Sequence[Field]) -> bool:
    if not typing.is_typeddict(kind):
        return isinstance(value, kind)
    if not isinstance(value, Mapping):
        return False
    _check_keys(value, fields)
    return True
