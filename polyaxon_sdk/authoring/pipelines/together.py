"""Values of several operations in one list or mapping, for an input that takes such."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from itertools import count

from polyaxon_sdk.authoring.annotations import ANY
from polyaxon_sdk.authoring.caller import caller
from polyaxon_sdk.authoring.pipelines.condition import Reference
from polyaxon_sdk.authoring.pipelines.future import Future, reference_of
from polyaxon_sdk.authoring.signature import read_signature
from polyaxon_sdk.authoring.signature.names import name_of
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1Param
from polyaxon_sdk.polyflow.templates import verbatim

__all__ = ["check_several", "holds_future", "together"]

_TAKING = frozenset({"any", "dict", "list"})


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


def check_several(function: Callable[..., object], name: str) -> None:
    """Refuse several results in one value where an input takes no list and no mapping.

    Raises:
        InputError: it takes none; the line of the call is named.
    """
    meaning = next(each.meaning for each in read_signature(function).inputs if each.name == name)
    if not meaning.is_list and meaning.type not in _TAKING:
        raise InputError(
            "several results are handed on in one value",
            where=caller(),
            path=f"{name_of(function)}.{name}",
            expected=meaning.words,
        )


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
