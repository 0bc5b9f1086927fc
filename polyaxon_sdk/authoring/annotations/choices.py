"""Annotations that name each value: Literal and Enum."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, Flag
from typing import Literal, get_args, get_origin

from polyaxon_sdk.authoring.annotations.meaning import Meaning, Read, refusing, shown
from polyaxon_sdk.authoring.annotations.scalars import ANY, SCALARS
from polyaxon_sdk.authoring.annotations.unions import optional
from polyaxon_sdk.exceptions import InputError

__all__ = ["read_enum", "read_literal"]


def read_literal(annotation: object, _: Read) -> Meaning | None:
    """`Literal["adam", "sgd"]`: these values; `None` among them makes it optional."""
    if get_origin(annotation) is not Literal:
        return None
    values = get_args(annotation)
    spelled = [(_spelled(value), value) for value in values if value is not None]
    meaning = _choice(spelled)
    return optional(meaning) if None in values else meaning


def read_enum(annotation: object, _: Read) -> Meaning | None:
    """An Enum: by its values where all are texts or numbers of one type, else by its names."""
    if not isinstance(annotation, type) or not issubclass(annotation, Enum):
        return None
    if issubclass(annotation, Flag):
        raise InputError(
            f"{annotation.__name__} is a Flag, whose members are combined",
            expected="an Enum, or a list of one",
        )
    if not annotation.__members__:
        raise InputError(f"{annotation.__name__} has no members", expected="an Enum with members")
    values = [member.value for member in annotation]
    kinds = {type(value) for value in values}
    if len(kinds) == 1 and kinds <= {int, float, str}:
        return _choice([(member.value, member) for member in annotation])
    return _choice(list(annotation.__members__.items()))


def _spelled(value: object) -> object:
    value = value.value if isinstance(value, Enum) else value
    if isinstance(value, bool | int | str):
        return value
    raise InputError(
        f"{shown(value)} can't be a choice of an input", expected="texts, numbers and truth values"
    )


def _choice(values: Sequence[tuple[object, object]]) -> Meaning:
    """One of some values, each with what JSON calls it; 1 and True are two."""
    options = tuple(option for option, _ in values)
    kinds = {type(option) for option in options}
    meaning = SCALARS.get(kinds.pop(), ANY) if len(kinds) == 1 else ANY
    expected = f"one of {', '.join(map(repr, options))}"
    known = {(type(option), option): value for option, value in values}

    def build(value: object) -> object:
        found = _parsed(meaning, value)
        if (type(found), found) in known:
            return known[type(found), found]
        named = [known[type(option), option] for option in options if str(option) == found]
        if len(named) != 1:
            raise InputError(f"{shown(value)} is not allowed", expected=expected)
        return named[0]

    def spell(value: object) -> object:
        for option, member in values:
            if (value is member) or (type(value) is type(member) and value == member):
                return option
        found = next((option for option in options if type(value) is type(option) and value == option), None)
        if found is None:
            raise InputError(f"{shown(value)} is not allowed", expected=expected)
        return found

    return Meaning(meaning.type, refusing(build, expected), refusing(spell, expected), options=options)


def _parsed(meaning: Meaning, value: object) -> object:
    """The value as an option of that type; one that isn't of it as it is."""
    try:
        return meaning.build(value)
    except InputError:
        return value
