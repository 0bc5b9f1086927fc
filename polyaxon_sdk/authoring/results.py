"""What a function returned, as the outputs of its run."""

from __future__ import annotations

from collections.abc import Mapping

from polyaxon_sdk.authoring.signature import Output, Signature
from polyaxon_sdk.exceptions import InputError

__all__ = ["outputs_from"]


def outputs_from(signature: Signature, result: object) -> dict[str, object]:
    """The outputs by name, as JSON holds them.

    Raises:
        InputError: a value that is not of its annotated type; the output is named.
    """
    if not signature.fields:
        return {output.name: _spelled(output, result) for output in signature.outputs}
    return {
        output.name: _spelled(output, _field(result, output.name))
        for output in signature.outputs
        if not isinstance(result, Mapping) or output.name in result
    }


def _field(result: object, name: str) -> object:
    if isinstance(result, Mapping):
        return result[name]
    if not hasattr(result, name):
        raise InputError(f"the function returned a {type(result).__name__} without {name!r}", path=name)
    found: object = getattr(result, name)
    return found


def _spelled(output: Output, value: object) -> object:
    if value is None:
        return None
    try:
        return output.meaning.spell(value)
    except (TypeError, ValueError, AttributeError) as error:
        kind = f"list of {output.meaning.type}" if output.meaning.is_list else output.meaning.type
        shown = f"the function returned {value!r}"
        raise InputError(
            shown if len(shown) < 120 else f"{shown[:117]}...", path=output.name, expected=kind
        ) from error
