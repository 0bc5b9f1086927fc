"""The outputs of a dag: what its function returns, each an output of one of its operations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count

from attrs import evolve

from polyaxon_sdk.authoring.annotations.meaning import shown
from polyaxon_sdk.authoring.call.outputs import parts_of
from polyaxon_sdk.authoring.pipelines.condition import Reference
from polyaxon_sdk.authoring.pipelines.future import Future, reference_of
from polyaxon_sdk.authoring.pipelines.node import Node, name_of, outputs_of
from polyaxon_sdk.authoring.pipelines.together import holds_future
from polyaxon_sdk.authoring.signature import Signature, read_signature
from polyaxon_sdk.authoring.signature.docstring import read_docstring
from polyaxon_sdk.authoring.specification.io import as_outputs
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1IO

__all__ = ["handed_outputs"]

_NAMING = '`@dag(outputs=["a", "b"])` for a tuple, or a NamedTuple'


def handed_outputs(
    function: Callable[..., object],
    result: object,
    known: Callable[[Reference], V1IO | None],
    *,
    names: Sequence[str] = (),
) -> list[V1IO]:
    """The outputs of a dag whose function returned `result`, each with the operation that it comes from.

    Without a return annotation they have the names of what they come from.

    Args:
        known: the output that a reference is of.
        names: of the outputs, where the return annotation has none.

    Raises:
        InputError: what is returned is not of the annotation, or comes of no single operation.
    """
    signature = read_signature(function, outputs=names)
    if not signature.outputs:
        named = _named(dict(_futures(result)))
        return [
            evolve(known(each) or V1IO(name=name), name=name, value=_template(each), is_optional=True)
            for name, each in named.items()
        ]
    if result is None:
        return []
    parts = _parts(signature, result)
    texts = read_docstring(function.__doc__)
    return [
        evolve(io, value=_template(_reference(io.name, parts[io.name])), is_optional=True)
        for io in as_outputs(signature, texts)
        if parts.get(io.name) is not None
    ]


def _template(reference: Reference) -> str:
    return f"{{{{ {reference.ref}.{reference.path} }}}}"


def _reference(name: str, value: object) -> Reference:
    """The operation's output that an output of a dag is."""
    reference = reference_of(value) if isinstance(value, Future) else None
    if holds_future(value) and not isinstance(value, Future):
        raise InputError(
            "several results make no single output", path=name, expected=f"a name for each: {_NAMING}"
        )
    if reference is None or reference.ref == "dag":
        raise InputError(
            f"{shown(value)} is no output of an operation",
            path=name,
            expected="the dag to return what a component gave it",
        )
    return reference


def _parts(signature: Signature, result: object) -> Mapping[str, object]:
    """What is returned for each output; the operation's own outputs where a whole one is returned."""
    names = [each.name for each in signature.outputs]
    if signature.returned.form == "items" and isinstance(result, Node):
        return parts_of(signature.returned, _items(result, len(names)))
    if signature.returned.form == "whole" or not isinstance(result, Node):
        return parts_of(signature.returned, result)
    return {name: result[name] for name in names}


def _items(result: Node, size: int) -> list[Future]:
    """An operation's outputs, as the items of a tuple."""
    own = outputs_of(result)
    if len(own) != size:
        raise InputError(
            f"{name_of(result)} has {len(own)} outputs, not {size}: {', '.join(own)}",
            expected='`@component(outputs=["a", "b"])` above it, which names the items of a tuple',
        )
    return [result[each] for each in own]


def _futures(result: object, name: str = "") -> Iterator[tuple[Reference, str]]:
    """The outputs of operations in what a function returned, with the names that they have there; of searches none."""
    if isinstance(result, Node) and result._is_search:
        return
    if isinstance(result, Node) and len(outputs_of(result)) > 1:
        yield from ((reference_of(result[each]), "") for each in outputs_of(result))
    elif isinstance(result, Future):
        reference = result._pending.reference
        if reference is not None and reference.ref != "dag":
            yield reference, name
    elif isinstance(result, dict):
        yield from (found for key, value in result.items() for found in _futures(value, str(key)))
    elif isinstance(result, tuple | list):
        yield from (found for value in result for found in _futures(value))


def _named(found: Mapping[Reference, str]) -> dict[str, Reference]:
    """Each under its key, its own name, or that with the operation's before, where it is taken."""
    named: dict[str, Reference] = {}
    for reference, key in found.items():
        wanted = key or reference.key
        names = [wanted, reference.long_key]
        name = next((each for each in names if each not in named), None)
        named[name or next(_free(wanted, named))] = reference
    return named


def _free(name: str, taken: Mapping[str, object]) -> Iterator[str]:
    yield from (each for number in count(2) if (each := f"{name}_{number}") not in taken)
