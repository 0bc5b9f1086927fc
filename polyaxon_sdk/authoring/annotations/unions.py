"""Annotations that allow several types: Union, Optional, `X | Y`."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

from polyaxon_sdk.authoring.annotations.meaning import Convert, Meaning, Read, refusing, shown
from polyaxon_sdk.exceptions import InputError

__all__ = ["optional", "read_union"]

_NATIVE: typing.Mapping[str, tuple[type, ...]] = {
    "bool": (bool,),
    "int": (int,),
    "float": (float, int),
    "dict": (dict,),
    "timedelta": (str, float, int),
    "any": (bool, int, float, str, list, dict),
}
"""How JSON holds a value of a type; of any other, as text."""

_READ = {"int": 1, "float": 2, "bool": 3, "timedelta": 4, "dict": 5, "any": 6}
"""The order in which a word is read as a type that JSON doesn't hold as text."""

_NO_TEXT = frozenset({"int", "float", "bool", "dict"})
"""Types that JSON never holds as text."""

_NO_VALUE = "\0"
"""A text that is a value of no type but those that take every text."""


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
    build, spell = _or_none(meaning.build), _or_none(meaning.spell)
    return meaning._replace(is_optional=True, build=build, spell=spell)


def _or_none(convert: Convert) -> Convert:
    return lambda value: None if value is None else convert(value)


def _either(meanings: Sequence[Meaning]) -> Meaning:
    """One of several, in JSON in the first form from which the very value comes back.

    A word of a command line is read as what it looks like; one that shall stay a text is in quotes then: `"3"`. A
    text in JSON stays one where a member takes every text, but for what JSON holds as text too, such as a date.
    """
    expected = " or ".join(dict.fromkeys(meaning.words for meaning in meanings))
    kinds = {(meaning.type, meaning.is_list) for meaning in meanings}
    kind, is_list = kinds.pop() if len(kinds) == 1 else ("any", False)
    free = sorted((meaning for meaning in meanings if _takes_any_text(meaning)), key=_is_path)
    ranks = [_Rank(meaning, any(meaning is each for each in free)) for meaning in meanings]
    texts = [rank for rank in ranks if rank.is_free or not _is_no_text(rank.meaning)]
    has_quotes = bool(free) and len(texts) > 1
    has_bool = any(meaning.type in ("bool", "any") or True in meaning.options for meaning in meanings)

    def best(value: object, among: Sequence[_Rank]) -> object:
        built = [one for rank in among for one in rank.tried(value)]
        if not built:
            raise InputError(f"{shown(value)} is of another type", expected=expected)
        return min(built, key=lambda one: one[0])[1]

    def build(value: object) -> object:
        if isinstance(value, bool) and not has_bool:
            raise InputError(f"{shown(value)} is of another type", expected=expected)
        if has_quotes and (text := _unquoted(value)) is not None:
            return free[0].build(text)
        return best(value, texts if free and isinstance(value, str) else ranks)

    def read(word: object) -> object:
        if free and (text := _unquoted(word)) is not None:
            return spell(free[0].build(text))
        return spell(best(word, ranks))

    def spell(value: object) -> object:
        forms = list(_spelled(meanings, value))
        if not forms:
            raise InputError(f"{shown(value)} is of another type", expected=expected)
        quoted = [json.dumps(form, ensure_ascii=False) for form in forms if isinstance(form, str)]
        for form in (*forms, *quoted, str(value)):
            with suppress(InputError):
                if _is_same(build(form), value):
                    return form
        return forms[0]

    return Meaning(
        kind,
        refusing(build, expected),
        refusing(spell, expected),
        is_list=is_list,
        word=None if is_list else refusing(read, expected),
    )


class _Rank(NamedTuple):
    """A member of a union, and whether it takes every text."""

    meaning: Meaning
    is_free: bool

    def tried(self, value: object) -> Iterator[tuple[tuple[int, bool], object]]:
        """What the value is to it, if anything, after how well the value has its form."""
        with suppress(InputError):
            found = self.meaning.build(value)
            is_exact = not isinstance(value, str) or self.meaning.spell(found) == value
            yield (self._of(value), not is_exact), found

    def _of(self, value: object) -> int:
        """First the one whose own form the value has; last what takes every text."""
        meaning = self.meaning
        if self.is_free:
            return len(_READ) + (1 if _is_path(meaning) else 2)
        if any(type(option) is type(value) and option == value for option in meaning.options):
            return -1
        if isinstance(value, str):
            return _READ.get(meaning.type, 0)
        native = (list,) if meaning.is_list else _NATIVE.get(meaning.type, (str,))
        if type(value) is native[0]:
            return 0
        return 1 if type(value) in native else 2


def _takes_any_text(meaning: Meaning) -> bool:
    with suppress(InputError):
        meaning.build(_NO_VALUE)
        return True
    return False


def _is_no_text(meaning: Meaning) -> bool:
    return meaning.is_list or meaning.type in _NO_TEXT


def _is_path(meaning: Meaning) -> bool:
    return meaning.type != "str"


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
