"""Params against inputs and outputs: who gets which value, what is missing, what nobody asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve, frozen

from polyaxon_sdk.compiler.contexts import values_of
from polyaxon_sdk.compiler.templates import render_native, render_text
from polyaxon_sdk.exceptions import InputError, did_you_mean
from polyaxon_sdk.polyflow import V1IO, Problem, SpecError, V1Param, is_template

__all__ = ["Declared", "Given", "give"]


@frozen(kw_only=True)
class Declared:
    """What a component declares.

    Args:
        inputs, outputs: in their order.
        strict: an undeclared param is an error, not a context value.
    """

    inputs: Sequence[V1IO] = ()
    outputs: Sequence[V1IO] = ()
    strict: bool = False


@frozen(kw_only=True)
class Given:
    """What a run has: inputs and outputs with their values, and the values that no input declares."""

    inputs: list[V1IO]
    outputs: list[V1IO]
    contexts: list[V1IO]
    warnings: list[str]


def give(declared: Declared, params: Mapping[str, V1Param], known: Mapping[str, object]) -> Given:
    """Give each param to the input or output of its name (semantics 1.6).

    Args:
        known: what templates in values see beside the inputs before them: `globals` and the like.

    Raises:
        SpecError: all that is missing, unknown or of a wrong type.

    >>> given = give(Declared(inputs=[V1IO(name="epochs", type="int")]), {"epochs": V1Param(value="3")}, {})
    >>> given.inputs[0].value
    3
    """
    names = {io.name for io in (*declared.inputs, *declared.outputs)}
    problems, warnings = _undeclared(declared, params, names)
    contexts, faults = _contexts({name: params[name] for name in params if name not in names}, known)
    known = {**known, **values_of(contexts)}
    inputs, missing = _filled(declared.inputs, params, known)
    outputs, late = _filled(declared.outputs, params, {**known, **values_of(inputs)}, outputs=True)
    problems += faults + missing + late
    if problems:
        raise SpecError(problems)
    return Given(inputs=inputs, outputs=outputs, contexts=contexts, warnings=warnings)


def _undeclared(
    declared: Declared, params: Mapping[str, V1Param], names: set[str]
) -> tuple[list[Problem], list[str]]:
    problems: list[Problem] = []
    warnings: list[str] = []
    for name, param in params.items():
        if name in names or param.context_only:
            continue
        hint = did_you_mean(name, names)
        if declared.strict or param.context_only is False:
            problems.append(Problem(what="no such input", path=("params", name), hint=hint or _listed(names)))
        else:
            warnings.append(f"params.{name}: no input has this name, so only templates see it{hint}")
    return problems, warnings


def _listed(names: Iterable[str]) -> str:
    found = ", ".join(sorted(names))
    return f", the inputs are {found}" if found else ", there are no inputs"


def _contexts(params: Mapping[str, V1Param], known: Mapping[str, object]) -> tuple[list[V1IO], list[Problem]]:
    contexts: list[V1IO] = []
    problems: list[Problem] = []
    for name, param in params.items():
        try:
            value = _rendered(param.value, known)
        except InputError as error:
            problems.append(_problem(error, name))
            continue
        contexts.append(V1IO(name=name, value=value, is_optional=True, connection=param.connection))
    return contexts, problems


def _filled(
    declared: Sequence[V1IO],
    params: Mapping[str, V1Param],
    known: Mapping[str, object],
    *,
    outputs: bool = False,
) -> tuple[list[V1IO], list[Problem]]:
    filled: list[V1IO] = []
    problems: list[Problem] = []
    for io in declared:
        param = params.get(io.name)
        if param is None and io.required and _may_wait(io, outputs=outputs):
            filled.append(evolve(io, is_optional=True))
            continue
        if param is None and io.required:
            problems.append(_required(io))
            continue
        try:
            filled.append(_with_value(io, param, {**known, **values_of(filled)}))
        except InputError as error:
            problems.append(_problem(error, io.name))
    return filled, problems


def _may_wait(io: V1IO, *, outputs: bool) -> bool:
    """Whether the value may come when the run ends: an output's does, unless it says otherwise."""
    return io.delayed if not outputs else io.delay_validation is not False


def _with_value(io: V1IO, param: V1Param | None, known: Mapping[str, object]) -> V1IO:
    if param is None:
        return evolve(io, value=io.parse(_rendered(io.value, known, text=True)), is_optional=True)
    own = {
        name: getattr(param, name)
        for name in ("connection", "to_init", "to_env")
        if getattr(param, name) is not None
    }
    value = io.parse(_rendered(param.value, known, text=io.type in _TEXTS))
    return evolve(io, value=value, is_optional=True, **own)


_TEXTS = frozenset({"str", "path", "image", "uuid", "uri"})


def _rendered(value: object, known: Mapping[str, object], *, text: bool = False) -> object:
    if is_template(value):
        return render_text(value, known) if text else render_native(value, known)
    if isinstance(value, dict):
        return {key: _rendered(item, known, text=text) for key, item in value.items()}
    if isinstance(value, list):
        return [_rendered(item, known, text=text) for item in value]
    return value


def _required(io: V1IO) -> Problem:
    kind = f"a value of type {io.type}" if io.type else "a value"
    return Problem(what="missing", path=("params", io.name), expected=kind, missing=True)


def _problem(error: InputError, name: str) -> Problem:
    return Problem(what=error.what, path=("params", name), expected=error.expected, hint=error.hint)
