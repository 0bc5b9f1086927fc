"""What an annotation means: the type of an input or output, and the way between JSON and Python."""

from __future__ import annotations

import os
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from enum import Enum
from operator import index
from pathlib import Path
from uuid import UUID

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow.values import parse, plain
from polyaxon_sdk.polyflow.values.moments import as_date, as_datetime, as_timedelta

__all__ = ["ANY", "Meaning", "meaning_of"]

Convert = Callable[[object], object]


class Meaning(typing.NamedTuple):
    """What an annotation says.

    Attributes:
        type: the type of the IO (semantics 1.5).
        build: from a value of that type, as JSON holds it, to what the function receives.
        spell: the way back; raises TypeError or ValueError where the value is not of the type.
        is_list: the IO is a list of `type`.
        is_optional: None is a value.
        options: the only values, as JSON holds them.
        description: what `Annotated` says for people.
    """

    type: str
    build: Convert
    spell: Convert
    is_list: bool = False
    is_optional: bool = False
    options: tuple[object, ...] = ()
    description: str | None = None


def meaning_of(annotation: object) -> Meaning:
    """The meaning of an annotation.

    Raises:
        InputError: no input or output has such a type.

    >>> meaning_of(float | None)[::3]
    ('float', False)
    """
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin is typing.Annotated:
        return _annotated(arguments[0], arguments[1:])
    if origin in {typing.Union, types.UnionType}:
        return _union(arguments)
    if origin is typing.Literal:
        return _options(arguments)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return _enum(annotation)
    plain_type = origin or annotation
    if plain_type in _COLLECTIONS:
        return _collection(_COLLECTIONS[plain_type], arguments)
    if plain_type in _MAPPINGS:
        return Meaning("dict", _same, _spell_mapping)
    if plain_type in _SCALARS:
        return _SCALARS[plain_type]
    name = getattr(annotation, "__name__", None) or str(annotation)
    raise InputError(f"{name} is no type of an input or output", expected=_EXPECTED)


def _same(value: object) -> object:
    return value


def _misfit(value: object) -> TypeError:
    return TypeError(f"{value!r} is of another type")


def _spell_int(value: object) -> object:
    return index(typing.cast(int, value))


def _spell_float(value: object) -> object:
    if isinstance(value, str | bytes):
        raise _misfit(value)
    return float(typing.cast(float, value))


def _spell_bool(value: object) -> object:
    if str(value) not in {"True", "False"}:
        raise _misfit(value)
    return bool(value)


def _spell_str(value: object) -> object:
    if not isinstance(value, str):
        raise _misfit(value)
    return str(value)


def _spell_any(value: object) -> object:
    if isinstance(value, Enum):
        return _spell_any(value.value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Mapping):
        return _spell_mapping(value)
    if isinstance(value, list | tuple | set | frozenset):
        return [_spell_any(item) for item in value]
    for kind in (datetime, date, timedelta, UUID, Path):
        if isinstance(value, kind):
            return _SCALARS[kind].spell(value)
    item = getattr(value, "item", None)  # a scalar of numpy, torch or TensorFlow
    shape: object = getattr(value, "shape", ())
    if not callable(item) or shape:
        raise _misfit(value)
    return _spell_any(item())


def _spell_mapping(value: object) -> object:
    if not isinstance(value, Mapping):
        raise _misfit(value)
    return {str(key): _spell_any(item) for key, item in value.items()}


def _spell_moment(kind: type) -> Convert:
    def spell(value: object) -> object:
        if not isinstance(value, kind):
            raise _misfit(value)
        return plain(value)

    return spell


ANY = Meaning("any", _same, _spell_any)

_SCALARS: Mapping[object, Meaning] = {
    bool: Meaning("bool", _same, _spell_bool),
    int: Meaning("int", _same, _spell_int),
    float: Meaning("float", _spell_float, _spell_float),
    str: Meaning("str", _same, _spell_str),
    datetime: Meaning("datetime", as_datetime, _spell_moment(datetime)),
    date: Meaning("date", as_date, _spell_moment(date)),
    timedelta: Meaning("timedelta", as_timedelta, _spell_moment(timedelta)),
    UUID: Meaning("uuid", lambda value: UUID(str(value)), lambda value: typing.cast(UUID, value).hex),
    Path: Meaning("path", lambda value: Path(str(value)), lambda value: os.fspath(typing.cast(Path, value))),
    typing.Any: ANY,
    object: ANY,
}

_COLLECTIONS: Mapping[object, Callable[[Iterable[object]], object]] = {
    kind: kind for kind in (list, tuple, set, frozenset)
}

_MAPPINGS: frozenset[object] = frozenset({dict, Mapping})

_EXPECTED = "int, float, bool, str, Path, a date or time, UUID, Literal, an Enum, a list or a dict of these"


def _annotated(annotation: object, notes: tuple[object, ...]) -> Meaning:
    description = next((note for note in notes if isinstance(note, str)), None)
    meaning = meaning_of(annotation)
    return meaning._replace(description=description or meaning.description)


def _union(members: tuple[object, ...]) -> Meaning:
    meanings = [meaning_of(member) for member in members if member is not types.NoneType]
    if len(meanings) == len(members):
        return _either(meanings)
    meaning = meanings[0] if len(meanings) == 1 else _either(meanings)
    return meaning._replace(is_optional=True, build=_or_none(meaning.build), spell=_or_none(meaning.spell))


def _or_none(convert: Convert) -> Convert:
    return lambda value: None if value is None else convert(value)


def _either(meanings: list[Meaning]) -> Meaning:
    """One of several types: text is taken for the first that reads it, and for text only then."""
    ordered = sorted(meanings, key=lambda meaning: meaning.type == "str")

    def build(value: object) -> object:
        for meaning in ordered:
            try:
                kind = f"list[{meaning.type}]" if meaning.is_list else meaning.type
                return meaning.build(parse(kind, value))
            except (InputError, TypeError, ValueError):
                continue
        raise InputError(f"{value!r} is none of {', '.join(meaning.type for meaning in meanings)}")

    return ANY._replace(build=build)


def _options(options: tuple[object, ...]) -> Meaning:
    kinds = {type(option) for option in options}
    meaning = _SCALARS.get(kinds.pop(), ANY) if len(kinds) == 1 else ANY

    def spell(value: object) -> object:
        if value not in options:
            raise _misfit(value)
        return value

    return meaning._replace(options=options, spell=spell)


def _enum(kind: type[Enum]) -> Meaning:
    """An Enum by its values where all are texts or numbers of one type, else by its names."""
    values = tuple(member.value for member in kind)
    kinds = {type(value) for value in values}
    if len(kinds) == 1 and kinds <= {int, float, str}:
        return _options(values)._replace(build=kind, spell=lambda value: kind(value).value)
    names = tuple(kind.__members__)
    return _options(names)._replace(build=lambda name: kind[str(name)], spell=lambda value: kind(value).name)


def _collection(kind: Callable[[Iterable[object]], object], arguments: tuple[object, ...]) -> Meaning:
    if kind is tuple and arguments[1:] != (...,):
        arguments = ()
    item = meaning_of(arguments[0]) if arguments else ANY
    if item.is_list:
        item = Meaning("list", item.build, item.spell)

    def build(value: object) -> object:
        return kind(item.build(one) for one in typing.cast(Iterable[object], value))

    def spell(value: object) -> object:
        if isinstance(value, str | bytes | Mapping):
            raise _misfit(value)
        return [item.spell(one) for one in typing.cast(Iterable[object], value)]

    return Meaning(item.type, build, spell, is_list=True, options=item.options)
