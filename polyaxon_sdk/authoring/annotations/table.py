"""The table of the kinds of annotations, and how one is read."""

from __future__ import annotations

from polyaxon_sdk.authoring.annotations.arrays import read_array, read_frame, read_number
from polyaxon_sdk.authoring.annotations.choices import read_enum, read_literal
from polyaxon_sdk.authoring.annotations.files import read_file
from polyaxon_sdk.authoring.annotations.many import read_list, read_mapping, read_tuple
from polyaxon_sdk.authoring.annotations.meaning import Kind, Meaning
from polyaxon_sdk.authoring.annotations.models import read_pydantic
from polyaxon_sdk.authoring.annotations.scalars import read_any, read_scalar, read_subclass
from polyaxon_sdk.authoring.annotations.structures import (
    read_attrs,
    read_dataclass,
    read_named_tuple,
    read_typed_dict,
)
from polyaxon_sdk.authoring.annotations.unions import read_union
from polyaxon_sdk.authoring.annotations.wrapped import read_alias, read_annotated
from polyaxon_sdk.exceptions import InputError

__all__ = ["KINDS", "meaning_of"]

KINDS: tuple[Kind, ...] = (
    read_annotated,
    read_alias,
    read_union,
    read_any,
    read_scalar,
    read_literal,
    read_enum,
    read_list,
    read_tuple,
    read_mapping,
    read_file,
    read_pydantic,
    read_dataclass,
    read_attrs,
    read_named_tuple,
    read_typed_dict,
    read_array,
    read_frame,
    read_number,
    read_subclass,
)
"""Every kind of annotation, each in one place; the first that knows an annotation says what it means."""

_EXPECTED = (
    "a number, text, bool, Path, date or time, UUID, Decimal, Literal, Enum, a list or dict of these, "
    "a dataclass or its like, an array, or an artifact such as Model"
)


def meaning_of(annotation: object) -> Meaning:
    """The meaning of an annotation.

    Raises:
        InputError: no input or output has such a type.

    >>> meaning = meaning_of(float | None)
    >>> meaning.type, meaning.is_optional, meaning.build("1e-3")
    ('float', True, 0.001)
    """
    return _read(annotation, ())


def _read(annotation: object, around: tuple[object, ...]) -> Meaning:
    """The meaning of an annotation that stands inside of others."""
    if any(annotation is outer for outer in around):
        return _again(annotation)
    for kind in KINDS:
        meaning = kind(annotation, lambda inner: _read(inner, (*around, annotation)))
        if meaning is not None:
            return meaning
    name = getattr(annotation, "__name__", None) or str(annotation)
    raise InputError(f"{name} is no type of an input or output", expected=_EXPECTED)


def _again(annotation: object) -> Meaning:
    """A class with a part of its own kind, such as a tree: its meaning is read when such a part is met."""
    return Meaning(
        "dict",
        lambda value: meaning_of(annotation).build(value),
        lambda value: meaning_of(annotation).spell(value),
    )
