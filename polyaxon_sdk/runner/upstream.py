"""The runs that an operation takes values from: by reference (semantics 1.6) and by joins (semantics 3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeVar

from attrs import evolve

from polyaxon_sdk.compiler import Globals, RunValues, collect, compile_operation, resolve
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.index.page import list_page
from polyaxon_sdk.index.question import Question
from polyaxon_sdk.index.selector import resolve as find_run
from polyaxon_sdk.polyflow import V1Component, V1Join, V1Operation, V1Param
from polyaxon_sdk.query import DEFAULT_SORT
from polyaxon_sdk.runner.connected import connections_of
from polyaxon_sdk.runner.just_ended import await_summaries
from polyaxon_sdk.runner.superseded import STANDING
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import RunState, read_run
from polyaxon_sdk.runs.views import run_view
from polyaxon_sdk.settings import Settings

__all__ = ["Edge", "Filled", "has_joins", "values_of", "with_upstream"]

T = TypeVar("T", V1Component, V1Operation)

MOST = 5000
"""How many runs a join takes at most."""

_REFERENCE = "runs."


class Edge(NamedTuple):
    """A run that an operation took values from.

    Attributes:
        upstream: its uuid.
        kind: `run` for a reference, `join`.
        values: the paths of what was taken.
    """

    upstream: str
    kind: str
    values: list[str]


class Filled(NamedTuple):
    """An operation with the values of other runs in it."""

    operation: V1Operation
    edges: tuple[Edge, ...] = ()


def with_upstream(
    operation: V1Operation, *, run: Globals, settings: Settings, params: Mapping[str, object]
) -> Filled:
    """Put the values in that an operation takes from runs of this home.

    A join looks among the runs of the operation's project, of any age, those aside that a resumed pipeline ran again
    as others; of those that have just ended it waits for what they logged. A run without the value gives none in its
    place, no run at all an empty list.

    Args:
        run: what templates in a join's query know of the run.
        params: values above the operation's own, which a join's query may name.

    Raises:
        InputError: a reference to a run that isn't here or lacks the value, or a mistake in a join.
    """
    filled = _referred(operation, settings)
    if not has_joins(operation):
        return filled
    await_summaries(settings.home)
    joined = _joined(filled.operation, run, settings, params)
    return Filled(joined.operation, filled.edges + joined.edges)


def _referred(operation: V1Operation, settings: Settings) -> Filled:
    asked = {
        name: param
        for name, param in (operation.params or {}).items()
        if param.ref is not None and param.ref.startswith(_REFERENCE)
    }
    if not asked:
        return Filled(operation)
    found = {str(param.ref): _there(str(param.ref), name, settings) for name, param in asked.items()}
    given = resolve(asked, lambda reference: values_of(found[reference]))
    edges = tuple(
        Edge(state.uuid, "run", [str(param.value) for param in asked.values() if param.ref == reference])
        for reference, state in found.items()
    )
    return Filled(_with_params(operation, given), edges)


def _there(reference: str, name: str, settings: Settings) -> RunState:
    try:
        return read_run(find_run(settings, reference.removeprefix(_REFERENCE)))
    except InputError as error:
        raise InputError(error.what, path=f"params.{name}.ref", expected=error.expected) from error


def _joined(operation: V1Operation, run: Globals, settings: Settings, params: Mapping[str, object]) -> Filled:
    known = connections_of(settings)
    compiled = compile_operation(operation, run=run, params=params, connections=known).operation
    project = "/".join(filter(None, (run.owner_name, run.project_name)))
    found = [(join, _runs_of(join, project, settings, at)) for at, join in enumerate(compiled.joins or [])]
    given = collect([(join, [values_of(state) for state in states]) for join, states in found])
    edges = [
        Edge(state.uuid, "join", [str(param.value) for param in (join.params or {}).values()])
        for join, states in found
        for state in states
    ]
    return Filled(_with_params(_without_joins(operation), given), tuple(edges))


def _runs_of(join: V1Join, project: str, settings: Settings, at: int) -> Sequence[RunState]:
    limit = max(0, min(join.limit if isinstance(join.limit, int) else MOST, MOST))
    offset = max(0, join.offset if isinstance(join.offset, int) else 0)
    query = ", ".join(filter(None, (join.query, STANDING)))
    question = Question(query, project, join.sort or DEFAULT_SORT, limit, offset)
    try:
        rows = list_page(settings, question).rows
    except InputError as error:
        raise InputError(
            error.what, where=error.where, path=f"joins[{at}]", expected=error.expected, hint=error.hint
        ) from error
    return [read_run(RunFolder(settings.runs / row.uuid)) for row in rows]


def values_of(state: RunState) -> RunValues:
    """What a run offers to those that refer to it."""
    facts = {name: value for name, value in run_view(state).items() if isinstance(value, _SIMPLE)}
    paths = {name: artifact.get("path") for (name, _), artifact in state.artifacts.items()}
    return RunValues(
        uuid=state.uuid,
        inputs=state.inputs,
        outputs=state.outputs,
        globals={**facts, "project_name": state.project, "owner_name": state.owner, "tags": state.tags},
        artifacts={name: path for name, path in paths.items() if isinstance(path, str)},
    )


_SIMPLE = (str, int, float, bool)


def has_joins(layer: V1Operation | V1Component) -> bool:
    """Whether an operation takes values from runs that a join finds."""
    return bool(layer.joins or (layer.component and has_joins(layer.component)))


def _without_joins(layer: T) -> T:
    """The same without the joins of any layer: a preset may stand between an operation and its component."""
    inner = layer.component
    return evolve(layer, joins=None, component=None if inner is None else _without_joins(inner))


def _with_params(operation: V1Operation, given: Mapping[str, V1Param]) -> V1Operation:
    return evolve(operation, params={**(operation.params or {}), **given})
