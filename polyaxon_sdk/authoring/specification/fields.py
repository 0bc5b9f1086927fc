"""What can be said of an operation beside its component and params."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, TypedDict

from polyaxon_sdk.authoring.caller import caller
from polyaxon_sdk.exceptions import InputError, did_you_mean

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow import (
        Schedule,
        V1Build,
        V1Cache,
        V1Environment,
        V1EventTrigger,
        V1Hook,
        V1Join,
        V1Matrix,
        V1Operation,
        V1Plugins,
        V1Termination,
    )

__all__ = ["OperationFields", "check_fields_of", "operation_of"]

Plain = Mapping[str, object]
"""A section as a file has it, in camelCase or snake_case."""


class OperationFields(TypedDict, total=False):
    """The fields of an operation (semantics 1.3), each as an object of `polyflow` or as plain data."""

    name: str
    description: str
    tags: Sequence[str]
    presets: Sequence[str]
    queue: str
    namespace: str
    cache: V1Cache | Plain
    termination: V1Termination | Plain
    plugins: V1Plugins | Plain
    build: V1Build | Plain
    hooks: Sequence[V1Hook | Plain]
    is_approved: bool
    cost: float
    schedule: Schedule | Plain
    events: Sequence[V1EventTrigger | Plain]
    dependencies: Sequence[str]
    trigger: Literal["all_succeeded", "all_failed", "all_done", "one_succeeded", "one_failed", "one_done"]
    conditions: str
    skip_on_upstream_skip: bool
    matrix: V1Matrix | Plain
    joins: Sequence[V1Join | Plain]
    run_patch: Plain
    patch_strategy: Literal["replace", "isnull", "post_merge", "pre_merge"]
    environment: V1Environment | Plain


def check_fields_of(fields: Mapping[str, object]) -> None:
    """Refuse a field that no operation has, with the line of the call and the nearest one that it has.

    Raises:
        InputError: there is one.
    """
    known = OperationFields.__annotations__
    for name in fields:
        if name not in known:
            raise InputError(f"an operation has no {name!r}", where=caller(), hint=did_you_mean(name, known))


def operation_of(fields: Mapping[str, object], *, place: str | None) -> V1Operation:
    """The operation that has these fields, and no component yet.

    Args:
        place: where the person said so.

    Raises:
        SpecError: a value that isn't of its field's type, with the place.
    """
    # attrs and cattrs, for those who ask for the specification.
    from polyaxon_sdk.authoring.specification.document import plain
    from polyaxon_sdk.authoring.specification.placing import placed
    from polyaxon_sdk.polyflow import V1Operation, read

    with placed(place):
        return read(V1Operation, {name: plain(value) for name, value in fields.items()})
