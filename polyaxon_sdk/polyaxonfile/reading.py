"""From a document to the component or operation in it."""

from __future__ import annotations

from polyaxon_sdk.exceptions import did_you_mean
from polyaxon_sdk.polyaxonfile.document import Document
from polyaxon_sdk.polyaxonfile.former import renewed
from polyaxon_sdk.polyflow import SpecError, V1Component, V1Operation, read
from polyaxon_sdk.polyflow.problems import fault

__all__ = ["parse"]

_CLASSES: dict[str | None, type[V1Component] | type[V1Operation]] = {
    "component": V1Component,
    "operation": V1Operation,
    None: V1Operation,
}


def parse(document: Document, *, notes: list[str]) -> V1Component | V1Operation:
    """The component or operation that a document holds, its references left alone.

    A document without a kind is an operation that holds its runtime itself (semantics 1.1).

    Args:
        notes: gets a line for each word of a former release.

    Raises:
        SpecError: all that is wrong, each with `name:line:column`.
    """
    try:
        data, found = renewed(document.data)
        notes += [f"{document.name}: {note}" for note in found]
        return read(_class_of(data), data)
    except SpecError as error:
        raise document.located(error) from error


def _class_of(data: object) -> type[V1Component] | type[V1Operation]:
    if not isinstance(data, dict):
        raise fault("a list or a single value", expected="a component or an operation")
    kind = data.get("kind")
    if isinstance(kind, (str, type(None))) and kind in _CLASSES:
        return _CLASSES[kind]
    if kind == "compiled_operation" and (masked := _masked_inputs(data)):
        raise fault(
            f"a recorded run whose inputs were masked when they were written down: {', '.join(masked)}",
            path=("inputs",),
            expected="the operation that it was compiled from, with "
            + " ".join(f"-P {each}=…" for each in masked),
        )
    hint = did_you_mean(str(kind), ["component", "operation"])
    raise fault(f"unknown kind {kind!r}", path=("kind",), expected="component or operation", hint=hint)


def _masked_inputs(data: dict[object, object]) -> list[str]:
    """The inputs of a recorded operation that it holds no values of."""
    from polyaxon_sdk.secrets.masker import is_masked  # what secrets look like, for recorded operations

    inputs = data.get("inputs")
    each = [io for io in inputs if isinstance(io, dict)] if isinstance(inputs, list) else []
    return [str(io.get("name")) for io in each if is_masked(io.get("value"))]
