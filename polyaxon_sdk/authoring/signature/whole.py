"""What a function's signature says: its inputs and outputs."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import NamedTuple

from polyaxon_sdk.authoring.function.place import innermost
from polyaxon_sdk.authoring.signature.parameter import Parameter, part_of, read_parameter, resolved
from polyaxon_sdk.authoring.signature.returned import Result, Returned, items_of, outputs_of

__all__ = ["Signature", "item_names", "read_signature"]


class Signature(NamedTuple):
    """Inputs in order, and outputs."""

    inputs: tuple[Parameter, ...]
    returned: Returned

    @property
    def outputs(self) -> tuple[Result, ...]:
        """The outputs in order."""
        return self.returned.outputs


def read_signature(function: Callable[..., object], *, outputs: Sequence[str] = ()) -> Signature:
    """The inputs and outputs of a function.

    Args:
        outputs: the names of the outputs, where its return annotation has none.

    Raises:
        InputError: an annotation that can't be resolved or is no type of an input, or a default that doesn't
            fit; with file, line and parameter.
    """
    signature = inspect.signature(function)
    inputs = tuple(read_parameter(function, parameter) for parameter in signature.parameters.values())
    with part_of(function, "return"):
        return Signature(inputs, outputs_of(innermost(function), _returned(function), outputs))


def item_names(function: Callable[..., object]) -> tuple[str, ...]:
    """The names by number of the items that a function's return annotation tells; none where it tells no tuple.

    Raises:
        InputError: an annotation that can't be resolved, with file and line.
    """
    with part_of(function, "return"):
        return items_of(innermost(function), _returned(function))


def _returned(function: Callable[..., object]) -> object:
    annotation = inspect.signature(function).return_annotation
    return None if annotation is inspect.Signature.empty else resolved(function, annotation)
