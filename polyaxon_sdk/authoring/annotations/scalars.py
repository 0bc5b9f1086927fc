"""Annotations of single values: numbers, texts, paths, moments, identifiers."""

from __future__ import annotations

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from operator import index
from pathlib import Path, PurePath
from typing import Any, NewType, TypeVar, cast
from uuid import UUID

from polyaxon_sdk.authoring.annotations.meaning import Convert, Meaning, Read, refusing
from polyaxon_sdk.polyflow.values import parse, plain
from polyaxon_sdk.polyflow.values.moments import as_date, as_datetime, as_timedelta

__all__ = ["ANY", "SCALARS", "in_order", "read_any", "read_scalar", "read_subclass"]


def _same(value: object) -> object:
    return value


def _scalar(kind: str, spell: Convert, *, build: Convert = _same, expected: str | None = None) -> Meaning:
    """A type of the specification: read as that reads it, then built."""
    told = expected or kind
    return Meaning(kind, refusing(lambda value: build(parse(kind, value)), told), refusing(spell, told))


def _instance(kind: type, spell: Convert = plain) -> Convert:
    def spell_instance(value: object) -> object:
        if not isinstance(value, kind):
            raise TypeError
        return spell(value)

    return spell_instance


def _spell_int(value: object) -> object:
    return index(cast(int, value))


def _spell_float(value: object) -> object:
    if isinstance(value, str | bytes):
        raise TypeError
    return float(cast(float, value))


def _spell_bool(value: object) -> object:
    if str(value) not in {"True", "False"}:  # numpy's too
        raise TypeError
    return bool(value)


def in_order(items: Iterable[object]) -> list[object]:
    """What a set holds, in the same order each time.

    >>> in_order({"b", "a"})
    ['a', 'b']
    """
    return sorted(items, key=json.dumps)


def _spell_any(value: object) -> object:
    if value is None or (isinstance(value, bool | int | float | str) and not isinstance(value, Enum)):
        return value
    if isinstance(value, Mapping):
        return {str(key): _spell_any(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_spell_any(item) for item in value]
    if isinstance(value, set | frozenset):
        return in_order(_spell_any(item) for item in value)
    if isinstance(value, Enum):
        return _spell_any(value.value)
    for kind, meaning in SCALARS.items():
        if isinstance(value, kind):
            return meaning.spell(value)
    item = getattr(value, "item", None)  # a scalar of numpy, torch or TensorFlow
    shape: object = getattr(value, "shape", ())
    if not callable(item) or shape:
        raise TypeError
    return _spell_any(item())


_PLAIN = "plain data, such as JSON holds"

ANY = Meaning("any", _same, refusing(_spell_any, _PLAIN), is_plain=True)

SCALARS: Mapping[type, Meaning] = {
    bool: _scalar("bool", _spell_bool),
    int: _scalar("int", _spell_int),
    float: _scalar("float", _spell_float),
    str: _scalar("str", _instance(str, str)),
    bytes: _scalar(
        "str",
        _instance(bytes, lambda value: b64encode(cast(bytes, value)).decode()),
        build=lambda text: b64decode(str(text), validate=True),
        expected="bytes, in JSON as base64",
    ),
    datetime: _scalar("datetime", _instance(datetime), build=as_datetime),
    date: _scalar("date", _instance(date), build=as_date),
    time: _scalar(
        "str",
        _instance(time, lambda value: cast(time, value).isoformat()),
        build=lambda text: time.fromisoformat(str(text)),
        expected="a time such as 04:05:06",
    ),
    timedelta: _scalar("timedelta", _instance(timedelta), build=as_timedelta),
    UUID: _scalar(
        "uuid", _instance(UUID, lambda value: cast(UUID, value).hex), build=lambda text: UUID(str(text))
    ),
    Decimal: _scalar(
        "str",
        _instance(Decimal, str),
        build=lambda text: Decimal(str(text)),
        expected="a decimal number",
    ),
    Path: _scalar(
        "path",
        _instance(PurePath, lambda value: os.fspath(cast(Path, value))),
        build=lambda text: Path(str(text)),
    ),
}
"""Each type with its one meaning."""

_ANYTHING: tuple[object, ...] = (Any, object)


def read_scalar(annotation: object, _: Read) -> Meaning | None:
    """`int`, `float`, `bool`, `str`, `bytes`, `Path`, `date`, `datetime`, `time`, `timedelta`, `UUID`, `Decimal`."""
    return SCALARS.get(annotation) if isinstance(annotation, type) else None


def read_any(annotation: object, _: Read) -> Meaning | None:
    """`Any` and `object`: plain data. So is what a type variable stands for."""
    return ANY if annotation in _ANYTHING or isinstance(annotation, TypeVar) else None


def read_subclass(annotation: object, read: Read) -> Meaning | None:
    """A class of one's own below one of these, and `NewType`: as what it is made from."""
    if isinstance(annotation, NewType):
        return read(annotation.__supertype__)
    if not isinstance(annotation, type):
        return None
    parent = next((kind for kind in annotation.__mro__ if kind in SCALARS), None)
    if parent is None:
        return None
    made, meaning = cast("Callable[[object], object]", annotation), SCALARS[parent]
    build = refusing(lambda value: made(meaning.build(value)), meaning.words)
    return meaning._replace(build=build)
