"""Params against inputs and outputs: who gets which value, what is missing, what nobody asked for."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import evolve, frozen

from polyaxon_sdk.compiler.contexts import values_of
from polyaxon_sdk.compiler.defaults import as_default
from polyaxon_sdk.compiler.templates import render_native, render_text
from polyaxon_sdk.exceptions import InputError, did_you_mean
from polyaxon_sdk.polyflow import V1IO, Problem, SpecError, V1Param, is_template
from polyaxon_sdk.polyflow.handing import handed
from polyaxon_sdk.polyflow.names import RESERVED, is_nameable

__all__ = ["Declared", "Given", "give"]

_MAPPINGS = frozenset({"any", "dict", "metadata"})
_TEXTS = frozenset({"str", "path", "image", "uuid", "uri"})


@frozen(kw_only=True)
class Declared:
    """What a component declares.

    Args:
        inputs, outputs: in their order.
        strict: an undeclared param is an error, not a context value.
        elsewhere: the names that a matrix or a join gives values to.
    """

    inputs: Sequence[V1IO] = ()
    outputs: Sequence[V1IO] = ()
    strict: bool = False
    elsewhere: frozenset[str] = frozenset()


@frozen(kw_only=True)
class Given:
    """What a run has: inputs and outputs with their values, and the values that no input declares."""

    inputs: list[V1IO]
    outputs: list[V1IO]
    contexts: list[V1IO]
    warnings: list[str]


def give(
    declared: Declared, params: Mapping[str, V1Param], known: Mapping[str, object] | None = None
) -> Given:
    """Give each param to the input or output of its name (semantics 1.6).

    Args:
        known: what templates in values see beside the inputs before them: `globals` and the like.
            Without it templates stay as they are, as do references to other runs.

    Raises:
        SpecError: all that is missing, unknown or of a wrong type.

    >>> given = give(Declared(inputs=[V1IO(name="epochs", type="int")]), {"epochs": V1Param(value="3")}, {})
    >>> given.inputs[0].value
    3
    """
    giving = _Giving(declared, params, known)
    giving.check_params()
    contexts = giving.contexts()
    inputs = giving.filled(declared.inputs, contexts)
    outputs = giving.filled(declared.outputs, [*contexts, *inputs], outputs=True)
    if giving.problems:
        raise SpecError(giving.problems)
    return Given(inputs=inputs, outputs=outputs, contexts=contexts, warnings=giving.warnings)


class _Giving:
    """One go through params and IO, which goes on after a mistake so as to name them all."""

    def __init__(
        self, declared: Declared, params: Mapping[str, V1Param], known: Mapping[str, object] | None
    ) -> None:
        self.declared = declared
        self.params = params
        self.known = None if known is None else dict(known)
        self.names = {io.name for io in (*declared.inputs, *declared.outputs)}
        self.problems: list[Problem] = []
        self.warnings: list[str] = []
        self.refused: set[str] = set()

    def check_params(self) -> None:
        self.warnings += [
            f"inputs.{io.name}: templates can't name it, expected another name of letters, digits and _"
            for io in self.declared.inputs
            if not is_nameable(io.name)
        ]
        for name, param in self.params.items():
            try:
                param.check()
            except SpecError as error:
                self.problems += error.under("params", name).problems
                self.refused.add(name)
            if name in RESERVED:
                told = f"{name!r} is taken by templates"
                self.problems.append(Problem(what=told, path=("params", name), expected="another name"))
                self.refused.add(name)
                continue
            if name in self.names or param.context_only:
                continue
            hint = did_you_mean(name, self.names)
            if self.declared.strict or param.context_only is False:
                hint = hint or _listed(io.name for io in self.declared.inputs)
                self.problems.append(Problem(what="no such input", path=("params", name), hint=hint))
            else:
                line = f"params.{name}: no input has this name, so only templates see it{hint}"
                self.warnings.append(line)

    def contexts(self) -> list[V1IO]:
        contexts: list[V1IO] = []
        for name, param in self.params.items():
            if name in self.names or name in self.refused:
                continue
            try:
                if param.ref is not None:
                    self.refuse_reference(param)
                value = self.rendered(param.value, {})
            except InputError as error:
                self.problems.append(_problem(error, name))
                continue
            io = V1IO(name=name, value=value, is_optional=True, connection=param.connection)
            contexts.append(evolve(io, to_init=param.to_init, to_env=param.to_env))
        return contexts

    def filled(
        self, declared: Sequence[V1IO], before: Sequence[V1IO], *, outputs: bool = False
    ) -> list[V1IO]:
        filled: list[V1IO] = []
        values = values_of(before)
        for io in declared:
            param = self.params.get(io.name)
            try:
                if io.name in self.refused or (outputs and param is None and handed(io.value)):
                    filled.append(evolve(io, is_optional=True))
                elif param is not None or not io.required:
                    filled.append(self.with_value(io, param, values))
                elif io.name in self.declared.elsewhere or _may_wait(io, outputs=outputs):
                    filled.append(evolve(io, is_optional=True))
                else:
                    self.problems.append(_required(io))
            except InputError as error:
                self.problems.append(_problem(error, io.name))
            values |= values_of(filled[-1:])
        return filled

    def with_value(self, io: V1IO, param: V1Param | None, before: dict[str, object]) -> V1IO:
        text = io.type in _TEXTS
        if param is None:
            value = self.rendered(io.value, before, text=text)
            kept = value is io.value and not is_template(value)
            return (
                evolve(io, value=as_default(io, value), is_optional=True) if kept else self.holding(io, value)
            )
        own = {
            name: getattr(param, name)
            for name in ("connection", "to_init", "to_env")
            if getattr(param, name) is not None
        }
        if param.ref is not None:
            self.refuse_reference(param)
            return evolve(io, is_optional=True, **own)
        if io.type == "artifacts" and not io.is_list and _holds_mappings(param.value):
            self.warnings.append(f"params.{io.name}: a list was read as one mapping of files and dirs")
        return self.holding(io, self.rendered(param.value, before, text=text), **own)

    def refuse_reference(self, param: V1Param) -> None:
        """A reference may only stay where nothing is rendered; else its run's value has to be in its place."""
        if self.known is not None:
            raise InputError(f"the value comes from {param.ref}", expected="a value by now")

    def holding(self, io: V1IO, value: object, **own: Any) -> V1IO:
        """The input with that value; where a template will give it, without a type that it could break by now."""
        if self.known is None and _waits(io, value):
            untyped = evolve(io, type=None, is_list=None, is_flag=None, validation=None)
            return evolve(untyped, value=value, is_optional=True, **own)
        return evolve(io, value=io.parse(value), is_optional=True, **own)

    def rendered(self, value: object, before: dict[str, object], *, text: bool = False) -> object:
        if self.known is None or not _holds_template(value):
            return value
        return _rendered(value, ChainMap(before, self.known), text=text)


def _rendered(value: object, known: Mapping[str, object], *, text: bool) -> object:
    if is_template(value):
        return render_text(value, known) if text else render_native(value, known)
    if isinstance(value, dict):
        return {key: _rendered(item, known, text=text) for key, item in value.items()}
    if isinstance(value, list):
        return [_rendered(item, known, text=text) for item in value]
    return value


def _holds_template(value: object) -> bool:
    if isinstance(value, dict):
        return any(map(_holds_template, value.values()))
    if isinstance(value, list):
        return any(map(_holds_template, value))
    return is_template(value)


def _waits(io: V1IO, value: object) -> bool:
    """Whether only templates tell if the input takes a value: it is one, or holds some and has the input's shape."""
    if is_template(value):
        return True
    kind = (io.type or "any").partition("[")[0]
    fits = (io.is_list or kind == "list") if isinstance(value, list) else kind in _MAPPINGS and not io.is_list
    return bool(fits) and _holds_template(value)


def _holds_mappings(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value)


def _listed(names: Iterable[str]) -> str:
    found = ", ".join(sorted(names))
    return f", the inputs are {found}" if found else ", there are no inputs"


def _may_wait(io: V1IO, *, outputs: bool) -> bool:
    """Whether the value may come when the run ends: an output's does, unless it says otherwise."""
    return io.delay is not False if outputs else io.delayed


def _required(io: V1IO) -> Problem:
    what = "a list of values" if io.is_list else "a value"
    kind = f"{what} of type {io.type}" if io.type else what
    return Problem(what="missing", path=("params", io.name), expected=kind, missing=True)


def _problem(error: InputError, name: str) -> Problem:
    return Problem(what=error.what, path=("params", name), expected=error.expected, hint=error.hint)
