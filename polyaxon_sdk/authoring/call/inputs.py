"""The inputs of a run as arguments of a function."""

from __future__ import annotations

import os
from collections.abc import Container, Mapping
from copy import deepcopy
from typing import TYPE_CHECKING

from polyaxon_sdk.authoring.annotations.meaning import Meaning, converted, inside
from polyaxon_sdk.authoring.signature import Signature

if TYPE_CHECKING:
    from polyaxon_sdk.tracking.run import Run

__all__ = ["arguments_from", "fresh_defaults", "note_artifacts"]


def arguments_from(signature: Signature, inputs: Mapping[str, object]) -> dict[str, object]:
    """The arguments that inputs stand for, of the types that the function expects.

    An input that isn't there leaves the function its default; of one that could be changed it gets a copy. One
    without a value is None to a function that takes that: its run has no value, or it would have the default.

    Args:
        signature: the function's.
        inputs: values by name, as JSON or a command line holds them.

    Raises:
        InputError: a value that is none of its input.
    """
    given = {name: value for name, value in inputs.items() if value is not None}
    arguments = fresh_defaults(signature, given)
    for each in signature.inputs:
        if each.name in given:
            arguments[each.name] = converted(each.name, each.meaning.build, given[each.name])
        elif not each.has_default or (each.name in inputs and _takes_nothing(each.meaning)):
            arguments[each.name] = None
    return arguments


def _takes_nothing(meaning: Meaning) -> bool:
    return meaning.is_optional or (meaning.is_plain and not meaning.is_list)


def fresh_defaults(signature: Signature, given: Container[str]) -> dict[str, object]:
    """A copy of each default that a call could change, of those inputs that are not given.

    Raises:
        InputError: a default that is none of its input.
    """
    fresh: dict[str, object] = {}
    for each in signature.inputs:
        if each.name not in given and isinstance(each.default, list | dict):
            with inside(each.name):
                fresh[each.name] = each.meaning.build(deepcopy(each.default))
    return fresh


def as_built(signature: Signature, name: str, value: object, spelled: object) -> object:
    """What a run would hand the function for an argument: the argument itself where it is of that type.

    Args:
        spelled: the argument, as JSON holds it.

    Raises:
        InputError: it is none of its input.

    >>> from polyaxon_sdk.authoring.signature import read_signature
    >>> def train(rate: float) -> None: ...
    >>> as_built(read_signature(train), "rate", 2, 2.0)
    2.0
    """
    meaning = next(each.meaning for each in signature.inputs if each.name == name)
    is_free = meaning.is_plain and not meaning.is_list
    is_own = hasattr(value, "shape") or isinstance(
        value, os.PathLike
    )  # arrays and paths go by their own kind
    if value is None or is_free or is_own:
        return value
    with inside(name):
        built = meaning.build(spelled)
    return value if _is_alike(value, built) else built


def _is_alike(one: object, other: object) -> bool:
    """Whether one is of the other's type, or a class of one's own below it, and so is all that they hold."""
    kind = type(other)
    if type(one) is not kind:
        return isinstance(one, kind) and kind.__module__ != "builtins"
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return one.keys() == other.keys() and all(_is_alike(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(_is_alike, one, other))
    return True


def note_artifacts(run: Run, signature: Signature, arguments: Mapping[str, object]) -> None:
    """Note the files and folders that a call reads as inputs of its run; what is in them is not read for it."""
    for each in signature.inputs:
        path = arguments.get(each.name)
        if each.meaning.artifact is not None and isinstance(path, os.PathLike):
            kind = each.meaning.artifact
            run.log_artifact_ref(path, kind, each.name, is_input=True, skip_hash_calculation=True)
