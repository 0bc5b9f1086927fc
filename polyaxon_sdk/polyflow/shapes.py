"""How a class is spelled in a file: the keys of its fields and their types."""

from __future__ import annotations

import sys
import typing
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from types import SimpleNamespace
from typing import ClassVar, get_type_hints

import attrs

__all__ = ["Field", "Shape", "camel", "shape_of"]


def camel(name: str) -> str:
    """The key of a field.

    >>> camel("delay_validation"), camel("from_")
    ('delayValidation', 'from')
    """
    head, *tail = name.rstrip("_").split("_")
    return head + "".join(word[:1].upper() + word[1:] for word in tail)


class Field:
    """One field: its attribute, its key in files, its type.

    Args:
        attribute: as attrs has it.
        owner: the class whose body declares it.
    """

    def __init__(self, attribute: attrs.Attribute[object], owner: type) -> None:
        self.name: str = attribute.name
        self.key: str = attribute.metadata.get("name") or camel(attribute.name)
        self.required: bool = attribute.default is attrs.NOTHING
        self._annotation: object = attribute.type
        self._owner = owner

    @cached_property
    def type(self) -> object:
        """What its annotation means; the classes it names are imported now."""
        bare = SimpleNamespace(__annotations__={self.name: self._annotation})
        known = vars(sys.modules[self._owner.__module__])
        return get_type_hints(bare, known, _Namespace(), include_extras=True)[self.name]


@attrs.frozen(kw_only=True)
class Shape:
    """The fields of a class.

    Args:
        kind: the value of its `kind` key, where it has one.
        kinds: the values that its `kind` may have in a file.
        loose: only the names of its fields are checked when it is read.
        spellings: every accepted key to its field: camelCase and snake_case.
    """

    kind: str | None
    kinds: tuple[str, ...]
    loose: bool
    fields: tuple[Field, ...]
    spellings: Mapping[str, Field]


@cache
def shape_of(cls: type[attrs.AttrsInstance]) -> Shape:
    """The shape of an attrs class."""
    fields = tuple(Field(attribute, _owner(cls, attribute.name)) for attribute in attrs.fields(cls))
    spellings = {field.name: field for field in fields} | {field.key: field for field in fields}
    kind = None if "kind" in spellings else getattr(cls, "kind", None)
    kinds = () if kind is None else getattr(cls, "kinds", (kind,))
    loose = bool(getattr(cls, "loose", False))
    return Shape(kind=kind, kinds=kinds, loose=loose, fields=fields, spellings=spellings)


def _owner(cls: type[attrs.AttrsInstance], name: str) -> type:
    """The nearest class that declares a field itself."""
    return next(base for base in cls.__mro__ if name in base.__annotations__)


class _Namespace(Mapping[str, object]):
    """What annotations may name; each class is imported when the first field of it is met."""

    _typing: ClassVar[frozenset[str]] = frozenset({"Annotated", "Literal"})

    def __getitem__(self, name: str) -> object:
        from polyaxon_sdk import polyflow  # each class is paid for when a field of it is met

        if name in self._typing:
            return getattr(typing, name)
        try:
            return getattr(polyflow, name)
        except AttributeError:
            raise KeyError(name) from None

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0
