"""The component of a dag, from its function's body."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from inspect import signature

from attrs import evolve

from polyaxon_sdk.authoring.caller import caller
from polyaxon_sdk.authoring.decorators.tracing import TRACE
from polyaxon_sdk.authoring.pipelines.condition import Reference
from polyaxon_sdk.authoring.pipelines.future import Future, Pending
from polyaxon_sdk.authoring.pipelines.handing import handed_outputs
from polyaxon_sdk.authoring.pipelines.trace import Trace
from polyaxon_sdk.authoring.signature.docstring import read_docstring
from polyaxon_sdk.authoring.specification.document import plain
from polyaxon_sdk.authoring.specification.io import as_written, inputs_of
from polyaxon_sdk.authoring.specification.placing import placed
from polyaxon_sdk.compiler.checking import check_parts
from polyaxon_sdk.compiler.fitting import Offer, check_reference
from polyaxon_sdk.compiler.merging import merge
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1IO, SpecError, V1Component, V1Dag, V1Operation, read
from polyaxon_sdk.polyflow.values import canonical

__all__ = ["component_of"]

_READING: ContextVar[tuple[Callable[..., object], ...]] = ContextVar("_READING", default=())
"""The functions whose bodies are being read, each within the one before."""

_PLAIN = ("str", "int", "float", "bool")

_OF_DAG = ("concurrency", "early_stopping", "environment", "connections", "volumes")


def component_of(
    function: Callable[..., object], options: Mapping[str, object], *, place: str, names: Sequence[str] = ()
) -> V1Component:
    """The component of a dag, checked as a whole.

    Args:
        place: of the function.
        names: of the outputs, where the return annotation has none.

    Raises:
        InputError: a mistake in the body, with its line.
        SpecError: what is wrong with the dag as a whole, with the lines of the calls.
    """
    inputs = [as_written(io) for io, _ in inputs_of(function)]
    trace, result = _read(function)
    if not trace.operations:
        raise InputError("the dag calls no component", where=place, path=function.__name__)
    with placed(place):
        outputs = handed_outputs(function, result, trace.output, names=names)
    fields = {name: plain(options[name]) for name in _OF_DAG if name in options}
    texts = read_docstring(function.__doc__)
    tags = options.get("tags")
    component = V1Component(
        version=1.1,
        name=str(options.get("name") or re.sub(r"[^-a-zA-Z0-9_]", "-", function.__name__)),
        description=str(options["description"]) if "description" in options else texts.description,
        tags=[str(tag) for tag in tags] if isinstance(tags, list | tuple) else None,
        inputs=inputs or None,
        outputs=outputs or None,
        strict_params=True,
        run=evolve(
            read(V1Dag, fields), operations=trace.operations, components=list(trace.components.values())
        ),
    )
    with _located(trace, place):
        operation = V1Operation(component=component)
        check_parts(merge(operation), operation)
        _check_plain(trace, inputs)
    return component


def _read(function: Callable[..., object]) -> tuple[Trace, object]:
    """What the body calls, with an input of the dag for each parameter, and what it returns."""
    around = _READING.get()
    if function in around:
        raise InputError(
            f"{function.__name__} calls itself", where=caller(), expected="a dag without circles"
        )
    trace = Trace()
    values = {
        name: Future(Pending(Reference("dag", f"inputs.{name}"), name))
        for name in signature(function).parameters
    }
    token, reading = TRACE.set(trace), _READING.set((*around, function))
    try:
        result = function(**values)
    finally:
        TRACE.reset(token)
        _READING.reset(reading)
    return trace, result


def _check_plain(trace: Trace, inputs: Sequence[V1IO]) -> None:
    """Refuse a plain input of the dag for one of another type, which a file may: there a text is read as a number."""
    offer = Offer(noun="the dag", inputs={io.name: io for io in inputs if _is_plain(io)}, is_known=False)
    problems = []
    for position, operation in enumerate(trace.operations):
        known = {io.name: io for io in trace.components[str(operation.dag_ref)].inputs or [] if _is_plain(io)}
        for name, param in (operation.params or {}).items():
            if param.ref == "dag" and name in known:
                found = check_reference(name, param, known[name], offer)
                problems += [evolve(each, path=("run", "operations", position, *each.path)) for each in found]
    if problems:
        raise SpecError(problems)


def _is_plain(io: V1IO) -> bool:
    return canonical(io.type or "any") in _PLAIN and not io.is_list


@contextmanager
def _located(trace: Trace, place: str) -> Iterator[None]:
    """Give problems of operations the lines of the calls that made them."""
    try:
        yield
    except SpecError as error:
        raise SpecError(
            evolve(each, where=each.where or _place(trace, each.path) or place) for each in error.problems
        ) from error


def _place(trace: Trace, path: tuple[str | int, ...]) -> str | None:
    match path:
        case ("run", "operations", int(position), *_):
            return trace.places[position]
        case _:
            return None
