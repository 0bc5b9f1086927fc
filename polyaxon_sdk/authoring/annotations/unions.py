"""Annotations that allow several types: Union, Optional, `X | Y`."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Iterator, Sequence
from contextlib import suppress

from polyaxon_sdk.authoring.annotations.meaning import Convert, Meaning, Read, refusing, shown
from polyaxon_sdk.exceptions import InputError

__all__ = ["optional", "read_union"]

_NATIVE: typing.Mapping[str, tuple[type, ...]] = {
    "bool": (bool,),
    "int": (int,),
    "float": (float, int),
    "dict": (dict,),
    "timedelta": (float, int),
    "any": (bool, int, float, str, list, dict),
}
"""How JSON holds a value of a type; of any other, as text."""

_READ = {"int": 1, "float": 2, "bool": 3, "timedelta": 4, "dict": 5, "any": 6}
"""The order in which a text is read as a type that JSON doesn't hold as text."""

_FREE = frozenset({"str", "path"})
"""Types of which everything, as text, is a value: asked last."""


def read_union(annotation: object, read: Read) -> Meaning | None:
    """`Union[int, str]`, `Optional[int]`, `int | None`."""
    if typing.get_origin(annotation) not in (typing.Union, types.UnionType):
        return None
    members = typing.get_args(annotation)
    meanings = [read(member) for member in members if member is not types.NoneType]
    meaning = meanings[0] if len(meanings) == 1 else _either(meanings)
    return optional(meaning) if types.NoneType in members else meaning


def optional(meaning: Meaning) -> Meaning:
    """The same, and None."""
    return meaning._replace(is_optional=True, build=_or_none(meaning.build), spell=_or_none(meaning.spell))


def _or_none(convert: Convert) -> Convert:
    return lambda value: None if value is None else convert(value)


def _either(meanings: Sequence[Meaning]) -> Meaning:
    """One of several, in JSON as the first member that gives the very value back.

    A text is read as what it looks like; one that shall stay a text is in quotes then: `"3"`.
    """
    expected = " or ".join(dict.fromkeys(meaning.words for meaning in meanings))
    kinds = {(meaning.type, meaning.is_list) for meaning in meanings}
    kind, is_list = kinds.pop() if len(kinds) == 1 else ("any", False)

    def build(value: object) -> object:
        if (text := _unquoted(value)) is not None and any(meaning.type == "str" for meaning in meanings):
            return text
        for meaning in sorted(meanings, key=lambda meaning: _rank(meaning, value)):
            with suppress(InputError):
                return meaning.build(value)
        raise InputError(f"{shown(value)} is of another type", expected=expected)

    def spell(value: object) -> object:
        found = list(_spelled(meanings, value))
        for one in found:
            if _is_same(build(one), value):
                return one
        if isinstance(value, str) and value in found:
            return json.dumps(value, ensure_ascii=False)
        if not found:
            raise InputError(f"{shown(value)} is of another type", expected=expected)
        return found[0]

    return Meaning(kind, refusing(build, expected), refusing(spell, expected), is_list=is_list)


def _spelled(meanings: Sequence[Meaning], value: object) -> Iterator[object]:
    for meaning in meanings:
        with suppress(InputError):
            yield meaning.spell(value)


def _is_same(one: object, other: object) -> bool:
    """Whether both are the same value of the same type; of arrays the type has to do."""
    return type(one) is type(other) and (hasattr(one, "shape") or one == other)


def _unquoted(value: object) -> str | None:
    """The text inside of quotes, as JSON has them."""
    if not isinstance(value, str) or not value.startswith('"'):
        return None
    try:
        found = json.loads(value)
    except ValueError:
        return None
    return found if isinstance(found, str) else None


def _rank(meaning: Meaning, value: object) -> int:
    """What is tried first: the one whose own form the value has; last what takes any text."""
    if meaning.type in _FREE and not meaning.options:
        return len(_READ) + 1
    if isinstance(value, str):
        return _READ.get(meaning.type, 0)
    native = (list,) if meaning.is_list else _NATIVE.get(meaning.type, (str,))
    if type(value) is native[0]:
        return 0
    return 1 if type(value) in native else 2
