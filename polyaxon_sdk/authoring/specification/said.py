"""The component that a function's signature and a mapping say together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import cast

from polyaxon_sdk.authoring.function.place import place_of
from polyaxon_sdk.authoring.signature import read_signature
from polyaxon_sdk.authoring.signature.docstring import read_docstring
from polyaxon_sdk.authoring.specification.io import as_inputs, as_outputs
from polyaxon_sdk.authoring.specification.placing import placed
from polyaxon_sdk.polyflow import V1IO, V1Component, read, write

__all__ = ["component_of"]


def component_of(function: Callable[..., object], said: Mapping[str, object]) -> V1Component:
    """The component whose inputs, outputs and texts a function has, and a mapping all else.

    Args:
        said: fields of a component; its inputs and outputs say more of those of the same names.

    Raises:
        InputError: a signature that can't be inputs, or a field that is wrong; with file and line.
    """
    signature, texts = read_signature(function), read_docstring(function.__doc__)
    with placed(place_of(function)):
        document = {
            "description": texts.description,
            **said,
            "inputs": _laid(as_inputs(signature, texts), said.get("inputs")),
            "outputs": _laid(as_outputs(signature, texts), said.get("outputs")),
        }
        return read(V1Component, {name: value for name, value in document.items() if value is not None})


def _laid(own: Sequence[V1IO], said: object) -> list[object] | None:
    """Each as it is said, where it is, else as the function has it."""
    more = {each["name"]: each for each in cast("Sequence[Mapping[str, object]]", said or ())}
    return [more.get(io.name) or write(io) for io in own] or None
