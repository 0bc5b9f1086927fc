"""Annotations around another one: Annotated and aliases of types."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterable, Mapping

from polyaxon_sdk.authoring.annotations.meaning import Convert, Meaning, Read, refusing, shown
from polyaxon_sdk.authoring.vocabulary.notes import Input, Output
from polyaxon_sdk.authoring.vocabulary.spaces import Space
from polyaxon_sdk.exceptions import InputError

__all__ = ["read_alias", "read_annotated"]

_BOUNDS = ("gt", "ge", "lt", "le", "multiple_of", "min_length", "max_length", "pattern")
_NUMBERS = frozenset({"int", "float", "metric"})
_MANY = {"min_length": "min_items", "max_length": "max_items"}


def read_alias(annotation: object, read: Read) -> Meaning | None:
    """`type Rate = float` and `Final[int]`: as what stands behind it."""
    if typing.get_origin(annotation) is typing.Final:
        return read(typing.get_args(annotation)[0])
    if type(annotation).__name__ != "TypeAliasType":  # it came with Python 3.12
        return None
    return read(getattr(annotation, "__value__", None))


def read_annotated(annotation: object, read: Read) -> Meaning | None:
    """`Annotated[float, Ge(0), "how fast"]`: bounds of annotated-types and pydantic, texts, `Input(...)`, a space."""
    if typing.get_origin(annotation) is not typing.Annotated:
        return None
    inner, *notes = typing.get_args(annotation)
    meaning = read(inner)
    for note in _flat(notes):
        meaning = _noted(meaning, note)
    return meaning


def _flat(notes: Iterable[object]) -> Iterable[object]:
    """The notes, and those that stand in a group, such as `Interval(ge=0, le=1)` or pydantic's `Field(...)`."""
    for note in notes:
        parts = getattr(note, "metadata", None)
        if isinstance(parts, list):
            yield from _flat(parts)
            yield getattr(note, "description", None)
        elif getattr(type(note), "__is_annotated_types_grouped_metadata__", False):
            yield from _flat(typing.cast("Iterable[object]", note))
        else:
            yield note


def _noted(meaning: Meaning, note: object) -> Meaning:
    if isinstance(note, str):
        return meaning._replace(description=note)
    if isinstance(note, Space):
        return meaning._replace(space=note)
    if isinstance(note, Input | Output):
        return meaning._replace(said=note, description=note.description or meaning.description)
    if isinstance(text := getattr(note, "documentation", None), str):  # Doc of typing_extensions
        return meaning._replace(description=text)
    if hasattr(note, "min_items"):  # a V1Validation, of which all is said
        for name in (*_BOUNDS, *_MANY.values(), "regex"):
            if (bound := getattr(note, name, None)) is not None:
                meaning = _bounded(meaning, name, bound)
        return meaning
    if callable(holds := getattr(note, "func", None)):  # Predicate of annotated-types
        return _checked(meaning, lambda value: bool(holds(value)), f"a value for which {_name(holds)} holds")
    for name in _BOUNDS:
        if (bound := getattr(note, name, None)) is not None:
            meaning = _bounded(meaning, name, bound)
    return meaning


def _bounded(meaning: Meaning, name: str, bound: object) -> Meaning:
    """Within a bound, which the specification checks too where it can."""
    from polyaxon_sdk.polyflow import V1Validation  # attrs costs 30 ms, for those who have bounds

    is_many = meaning.is_list or meaning.type == "dict"
    field = "regex" if name == "pattern" else _MANY.get(name, name) if is_many else name
    if not isinstance(bound, int | float | str):  # a date, say
        return _checked(meaning, _COMPARED[name](bound), f"{_WORDS[name]} {bound}")
    if field == "min_items" and bound == 0:
        return meaning
    known: dict[str, typing.Any] = {field: bound}  # each of a type of its own
    check = V1Validation(**known).check

    def checked(convert: Convert, *, spelled: bool) -> Convert:
        def convert_and_check(value: object) -> object:
            found = convert(value)
            if (json := found if spelled else meaning.spell(found)) is not None:
                check(json)
            return found

        return convert_and_check

    bounds = {**meaning.bounds, field: bound}
    build, spell = checked(meaning.build, spelled=False), checked(meaning.spell, spelled=True)
    return meaning._replace(build=build, spell=spell, bounds=bounds)


def _checked(meaning: Meaning, holds: Callable[[typing.Any], bool], expected: str) -> Meaning:
    """With a rule that only Python can check."""

    def check(value: object) -> object:
        if value is not None and not holds(value):
            raise InputError(f"{shown(value)} is not allowed", expected=expected)
        return value

    check = refusing(check, expected)  # type: ignore[assignment]  # of the same form
    return meaning._replace(
        build=lambda value: check(meaning.build(value)), spell=lambda value: meaning.spell(check(value))
    )


def _name(holds: object) -> str:
    return str(getattr(holds, "__qualname__", None) or holds)


_Rule = Callable[[typing.Any], Callable[[typing.Any], bool]]

_COMPARED: Mapping[str, _Rule] = {
    "gt": lambda bound: lambda value: value > bound,
    "ge": lambda bound: lambda value: value >= bound,
    "lt": lambda bound: lambda value: value < bound,
    "le": lambda bound: lambda value: value <= bound,
    "multiple_of": lambda bound: lambda value: value % bound == 0,
}
_WORDS = {
    "gt": "more than", "ge": "at least", "lt": "less than", "le": "at most", "multiple_of": "a multiple of",
}  # fmt: skip
