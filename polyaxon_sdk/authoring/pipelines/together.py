"""Values of several operations in one list or mapping, for an input that takes such."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import count

from polyaxon_sdk.authoring.annotations import ANY
from polyaxon_sdk.authoring.pipelines.condition import Reference
from polyaxon_sdk.authoring.pipelines.future import Future, reference_of
from polyaxon_sdk.polyflow import V1Param
from polyaxon_sdk.polyflow.templates import verbatim

__all__ = ["holds_future", "together"]


def holds_future(value: object) -> bool:
    """Whether a list, a tuple or a mapping has a value in it that is known only in the run.

    >>> holds_future([1, {"a": (2, 3)}])
    False
    """
    if isinstance(value, Mapping):
        return any(map(holds_future, value.values()))
    if isinstance(value, list | tuple):
        return any(map(holds_future, value))
    return isinstance(value, Future)


def together(value: object, taken: Collection[str]) -> tuple[V1Param, dict[str, V1Param]]:
    """The param of such a value: templates of the values in it, and the params, for templates alone, that they name.

    Args:
        taken: names that are no more free.

    Raises:
        InputError: one of the values is of no single operation, or no plain data; the line of the call is named.
    """
    names: dict[Reference, str] = {}

    def written(item: object) -> object:
        if isinstance(item, Future):
            reference = reference_of(item)
            free = (f"{reference.long_key}{number or ''}" for number in count())
            used = {*taken, *names.values()}
            name = names.setdefault(reference, next(each for each in free if each not in used))
            return f"{{{{ {name} }}}}"
        if isinstance(item, Mapping):
            return {str(key): written(one) for key, one in item.items()}
        if isinstance(item, list | tuple):
            return [written(one) for one in item]
        return verbatim(ANY.spell(item))

    param = V1Param(value=written(value))
    return param, {
        name: V1Param(value=reference.path, ref=reference.ref, context_only=True)
        for reference, name in names.items()
    }
