"""Annotations of values that hold others: lists, sets, tuples, mappings."""

from __future__ import annotations

import collections
import collections.abc as abc
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, repeat
from typing import cast, get_args, get_origin

from polyaxon_sdk.authoring.annotations.meaning import Convert, Meaning, Read, converted, refusing
from polyaxon_sdk.authoring.annotations.scalars import ANY, in_order
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow.values import parse

__all__ = ["read_list", "read_mapping", "read_tuple"]

_Make = Callable[[Iterable[object]], object]

_LISTS: Mapping[object, _Make] = {
    list: list,
    set: set,
    frozenset: frozenset,
    collections.deque: collections.deque,
    abc.Sequence: list,
    abc.MutableSequence: list,
    abc.Collection: list,
    abc.Iterable: list,
    abc.Set: set,
    abc.MutableSet: set,
}
_MAPPINGS: Mapping[object, Callable[[Mapping[object, object]], object]] = {
    dict: dict,
    collections.OrderedDict: collections.OrderedDict,
    abc.Mapping: dict,
    abc.MutableMapping: dict,
}
_EACH = frozenset({
    "gt", "ge", "lt", "le", "multiple_of", "regex", "min_length", "max_length",
})  # fmt: skip
"""Bounds that hold for each item of a list or mapping (semantics 1.5)."""


def read_list(annotation: object, read: Read) -> Meaning | None:
    """`list[int]`, `set[str]`, `Sequence[float]`, bare `list`, `tuple[int, ...]`: a list of what it holds."""
    plain_type, arguments = get_origin(annotation) or annotation, get_args(annotation)
    if plain_type is tuple and (not arguments or arguments[1:] == (...,)):
        return None if annotation == tuple[()] else _list(tuple, read(arguments[0]) if arguments else ANY)
    if (make := _found(_LISTS, plain_type)) is None:
        return None
    return _list(make, read(arguments[0]) if arguments else ANY)


def read_tuple(annotation: object, read: Read) -> Meaning | None:
    """`tuple[int, str]`: a list of so many, each of its own type."""
    if get_origin(annotation) is not tuple and annotation is not tuple:
        return None
    items = [read(argument) for argument in get_args(annotation)]
    kinds = {_of_items(item) for item in items}
    expected = f"a list of {', '.join(item.words for item in items)}"

    def build(value: object) -> object:
        found = enumerate(_all(value, len(items)))
        return tuple(converted(position, items[position].build, one) for position, one in found)

    def spell(value: object) -> object:
        found = enumerate(_all(value, len(items)))
        return [converted(position, items[position].spell, one) for position, one in found]

    return Meaning(
        kinds.pop() if len(kinds) == 1 else "any",
        refusing(build, expected),
        refusing(spell, expected),
        is_list=True,
        bounds={"min_items": len(items), "max_items": len(items)},
        word=_words(items) if any(item.word for item in items) else None,
    )


def read_mapping(annotation: object, read: Read) -> Meaning | None:
    """`dict[str, float]`, `Mapping`, bare `dict`; keys are texts in JSON."""
    if (make := _found(_MAPPINGS, get_origin(annotation) or annotation)) is None:
        return None
    key, item = (read(argument) for argument in get_args(annotation)) if get_args(annotation) else (ANY, ANY)

    def build(value: object) -> object:
        found = cast("dict[str, object]", parse("dict", value))
        return make({key.build(name): converted(name, item.build, one) for name, one in found.items()})

    def spell(value: object) -> object:
        if not isinstance(value, abc.Mapping):
            raise TypeError
        return {str(key.spell(name)): converted(str(name), item.spell, one) for name, one in value.items()}

    expected = "dict" if item is ANY else f"dict to {item.words}"
    bounds = _each(item)
    return Meaning("dict", refusing(build, expected), refusing(spell, expected), bounds=bounds)


def _list(make: _Make, item: Meaning) -> Meaning:
    def build(value: object) -> object:
        return make(converted(position, item.build, one) for position, one in enumerate(_all(value)))

    def spell(value: object) -> object:
        if isinstance(value, str):
            raise TypeError
        spelled = [converted(position, item.spell, one) for position, one in enumerate(_all(value))]
        return in_order(spelled) if isinstance(value, abc.Set) else spelled

    kind = _of_items(item)
    expected = f"list of {item.words}"
    options = item.options if kind == item.type and not item.is_optional else ()
    return Meaning(
        kind,
        refusing(build, expected),
        refusing(spell, expected),
        is_list=True,
        options=options,
        bounds=_each(item),
        is_plain=item.is_plain,
        word=_words([item]) if item.word else None,
    )


def _words(items: Sequence[Meaning]) -> Convert:
    """From words to a list of what each is; those after the last item are as that one."""

    def read(words: object) -> object:
        pairs = zip(_all(words), chain(items, repeat(items[-1])))  # noqa: B905  # the second has no end
        return [item.word(word) if item.word else word for word, item in pairs]

    return read


def _of_items(item: Meaning) -> str:
    if item.is_optional:
        return "any"
    return "list" if item.is_list else item.type


def _each(item: Meaning) -> dict[str, object]:
    if item.is_optional or item.type in ("any", "dict"):
        return {}
    return {name: bound for name, bound in item.bounds.items() if name in _EACH}


def _all(value: object, count: int | None = None) -> list[object]:
    """The items; text is read as JSON."""
    found = parse("list", value) if isinstance(value, str) else value
    if isinstance(found, bytes | Mapping) or not isinstance(found, Iterable):
        raise TypeError
    items = list(found)
    if count is not None and len(items) != count:
        raise InputError(f"{len(items)} items", expected=f"{count}")
    return items


def _found(table: Mapping[object, Callable[..., object]], kind: object) -> Callable[..., object] | None:
    return table.get(kind) if isinstance(kind, type) else None
