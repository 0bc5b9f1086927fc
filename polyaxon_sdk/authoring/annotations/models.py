"""Annotations of models of pydantic, which is imported by those who use it."""

from __future__ import annotations

import typing
from collections.abc import Mapping, Sequence
from typing import cast

from polyaxon_sdk.authoring.annotations.meaning import Field, Meaning, Read, refusing, shown
from polyaxon_sdk.authoring.annotations.scalars import ANY
from polyaxon_sdk.authoring.annotations.structures import keys_of
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow.values import parse

__all__ = ["read_pydantic"]


def read_pydantic(annotation: object, read: Read) -> Meaning | None:
    """A model of pydantic, which builds and checks it by its own rules."""
    if not isinstance(annotation, type) or not hasattr(annotation, "model_validate"):
        return None
    model = cast("typing.Any", annotation)  # pydantic is imported by those who use it
    parts = {field.alias or name: field for name, field in model.model_fields.items()}
    fields = tuple(
        Field(name, _or_any(field.annotation, read), field.is_required()) for name, field in parts.items()
    )

    def spell(value: object) -> object:
        if not isinstance(value, model):
            raise TypeError
        return cast("typing.Any", value).model_dump(mode="json", by_alias=True)

    def build(value: object) -> object:
        try:
            return model.model_validate(parse("dict", value))
        except ValueError as error:
            raise _first_of(error) from error

    return Meaning(
        "dict", refusing(build, f"a mapping with {', '.join(parts)}"), refusing(spell, model.__name__),
        bounds=keys_of(fields, is_open=model.model_config.get("extra") == "allow"), fields=fields,
    )  # fmt: skip


def _or_any(annotation: object, read: Read) -> Meaning:
    """pydantic knows more types than an input has; it builds them all."""
    try:
        return read(annotation)
    except InputError:
        return ANY


def _first_of(error: ValueError) -> InputError:
    """The first of pydantic's findings."""
    found: Sequence[Mapping[str, typing.Any]] = error.errors() if hasattr(error, "errors") else ()
    if not found:
        return InputError(str(error))
    path = ".".join(str(part) for part in found[0]["loc"])
    return InputError(f"{shown(found[0].get('input'))} is not allowed: {found[0]['msg']}", path=path or None)
