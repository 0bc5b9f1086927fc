"""Whether templates name only what there is, without knowing anything of the run (semantics 2.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from polyaxon_sdk.compiler.budget import limited
from polyaxon_sdk.compiler.checking import Checked, declared_of, examine
from polyaxon_sdk.compiler.contexts import globals_of
from polyaxon_sdk.compiler.globals import Globals
from polyaxon_sdk.compiler.mentions import Mention, mentions_of
from polyaxon_sdk.compiler.merging import merge, params_of
from polyaxon_sdk.compiler.params import Given, give
from polyaxon_sdk.compiler.searching import provided
from polyaxon_sdk.compiler.walking import Walk
from polyaxon_sdk.compiler.wrong_template import unknown_name
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1IO, Problem, SpecError, V1CompiledOperation, V1Operation, is_template
from polyaxon_sdk.polyflow.handing import handed
from polyaxon_sdk.polyflow.problems import Path, at
from polyaxon_sdk.polyflow.recognition import is_dag

__all__ = ["check_names", "check_templates"]

_METHODS = frozenset({"get", "items", "keys", "values"})
"""What a mapping is asked for where it has no such key."""

_PARTS = ("value", "type", "connection", "as_str", "as_arg")

Known = Mapping[str, object]
"""The names that a template may use: each to None, or to a mapping of the keys that it has."""


def check_templates(operation: V1Operation) -> list[str]:
    """As `check_names`, of an operation that was not checked before.

    >>> from polyaxon_sdk.polyflow import V1Component, V1Job
    >>> check_templates(V1Operation(component=V1Component(run=V1Job())))
    []
    """
    return check_names(examine(operation))


def check_names(checked: Checked) -> list[str]:
    """Check that every template of an operation, and of those in its dag, names what there will be.

    What a run's place alone knows, such as its connections, is taken as there.

    Returns:
        Warnings, a line each: names that may be missing, templates that are mended.

    Raises:
        SpecError: all names that don't exist, and all templates that are none.

    >>> from polyaxon_sdk.polyflow import V1Component, V1Container, V1Job
    >>> train = V1Component(run=V1Job(container=V1Container(args=["{{ globals.uid }}"])))
    >>> try:
    ...     check_names(examine(V1Operation(component=train)))
    ... except SpecError as error:
    ...     print(error.path, error.hint)
    run.container.args[0] , did you mean 'uuid'?
    """
    with limited():
        return _looked_at(checked.operation, checked.merged, checked.given, {})


def _looked_at(operation: V1Operation, merged: V1CompiledOperation, given: Given, around: Known) -> list[str]:
    values = {**around, **_values(operation, merged, given)}
    run = _run(merged)
    naming = _Naming({"init": None, **values, "params": _params(values), **run})
    naming.look_at_inputs(given, {**around, **run})
    naming.look_at_formats(given, values)
    inside = is_dag(merged.run)
    naming.walk.over(merged, leaving={"run"} if inside else ())
    return [*naming.walk.warnings, *(_nodes(merged, values) if inside else ())]


def _nodes(merged: V1CompiledOperation, around: Known) -> list[str]:
    from polyaxon_sdk.compiler.dag import nodes_of  # graphs, for dags

    assert is_dag(merged.run)
    with at("run"):
        nodes = nodes_of(merged.run)
    warnings: list[str] = []
    problems: list[Problem] = []
    for position, node in enumerate(nodes.values()):
        try:
            with at("run", "operations", position):
                inner = merge(node)
                given = give(declared_of(inner), params_of(node))
                warnings += _looked_at(node, inner, given, around)
        except SpecError as error:
            problems += error.problems
    if problems:
        raise SpecError(problems)
    return warnings


class _Naming:
    """Looks at templates against the names that they may use."""

    def __init__(self, known: Known) -> None:
        self.walk = Walk(lambda template, spot: self._resolve(template, spot.path, known))

    def look_at_inputs(self, given: Given, known: Known) -> None:
        """The values that are given, each with the inputs before it."""
        before = dict(known)
        for io in (*given.contexts, *given.inputs, *given.outputs):
            for template in () if handed(io.value) else _templates(io.value):
                self._note(template, ("params", io.name), before)
            before[io.name] = None

    def look_at_formats(self, given: Given, values: Known) -> None:
        """How values are written as arguments, with nothing but the values."""
        for io in (*given.inputs, *given.outputs):
            if is_template(io.arg_format):
                self._note(io.arg_format, ("params", io.name, "argFormat"), values)

    def _note(self, template: str, path: Path, known: Known) -> None:
        try:
            self._resolve(template, path, known)
        except InputError as error:
            problem = Problem(what=error.what, path=path, expected=error.expected, hint=error.hint)
            self.walk.problems.append(problem)

    def _resolve(self, template: str, path: Path, known: Known) -> object:
        for mention in mentions_of(template):
            error = _unknown(template, mention, known)
            if error is not None and mention.sure:
                raise error
            if error is not None:
                told = SpecError([Problem(what=error.what, path=path, hint=error.hint)])
                self.walk.warnings.append(str(told))
        return template


def _unknown(template: str, mention: Mention, known: Known) -> InputError | None:
    """The error of a name that isn't known, or of a key that its value lacks."""
    holder: object = known
    for step in mention.path:
        if not isinstance(holder, Mapping):
            return None
        if step not in holder:
            is_method = holder is not known and step in _METHODS
            return None if is_method else unknown_name(template, step, holder)
        holder = holder[step]
    return None


def _run(merged: V1CompiledOperation) -> dict[str, object]:
    return {"globals": dict.fromkeys(globals_of(Globals(), merged)), "connections": None}


def _params(values: Known) -> dict[str, object]:
    parts = {name: {**dict.fromkeys(_PARTS), "value": value} for name, value in values.items()}
    return {**parts, "as_args": None}


def _values(operation: V1Operation, merged: V1CompiledOperation, given: Given) -> dict[str, object]:
    params = params_of(operation)
    later = {name for name, param in params.items() if param.ref is not None} | provided(merged)
    values = dict.fromkeys(later)
    return {**values, **_concrete((*given.contexts, *given.inputs, *given.outputs), later)}


def _concrete(ios: Iterable[V1IO], later: set[str]) -> dict[str, object]:
    """Each name to its keys, where the value is a mapping that nothing changes any more."""
    return {
        io.name: io.value
        if isinstance(io.value, Mapping) and io.name not in later and not any(_templates(io.value))
        else None
        for io in ios
    }


def _templates(value: object) -> Iterator[str]:
    if is_template(value):
        yield value
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _templates(item)
    elif isinstance(value, list):
        for item in value:
            yield from _templates(item)
