"""Hooks: the operations that the end of a run sets off (semantics 1.13)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from attrs import evolve

from polyaxon_sdk.compiler.templates import render_native
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1CompiledOperation, V1Hook, V1Operation, V1Param, is_template
from polyaxon_sdk.polyflow.templates import verbatim
from polyaxon_sdk.runner.conditions import is_met
from polyaxon_sdk.runner.draft import Draft, Labels, draft
from polyaxon_sdk.runner.from_hub import operation_from_hub
from polyaxon_sdk.runner.schedules.tick import tick_of
from polyaxon_sdk.runner.upstream import Edge
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import RunState
from polyaxon_sdk.settings import Settings

__all__ = ["Hooked", "hooks_after"]


class Hooked(NamedTuple):
    """What comes of a hook.

    Attributes:
        name: its component, as it is written.
        draft: the run that it starts; None where it can't start one.
        problem: why not.
    """

    name: str
    draft: Draft | None
    problem: str = ""


def hooks_after(operation: V1CompiledOperation, state: RunState, settings: Settings) -> Iterator[Hooked]:
    """The hooks of an operation that the end of its run sets off, in their order.

    A hook whose condition is false is left out. A component that comes from elsewhere has to be trusted.

    Args:
        operation: that has ended, compiled.
        state: its run.
        settings: tell the home, the hubs and what is trusted.
    """
    for hook in operation.hooks or []:
        if not isinstance(hook, V1Hook) or (hook.trigger or "done") not in ("done", state.status):
            continue
        try:
            drafted = _drafted(hook, state, settings)
        except (InputError, OSError) as error:
            yield Hooked(hook.hub_ref, None, str(error))
            continue
        if drafted is not None:
            yield Hooked(hook.hub_ref, drafted)


def _drafted(hook: V1Hook, state: RunState, settings: Settings) -> Draft | None:
    """The run of a hook; None where its condition is false."""
    facts = _facts(state)
    tick = tick_of(RunFolder(settings.runs / state.uuid))
    around = {**state.inputs, "globals": {**_globals(state), "schedule_at": tick}, **facts}
    given = {name: _rendered(param, around) for name, param in _params(hook).items()}
    values = {name: param.value for name, param in given.items() if param.ref is None}
    if not is_met(hook.conditions, {**around, **values}):
        return None
    found = operation_from_hub(hook.hub_ref, presets=hook.presets, settings=settings)
    passed = {} if hook.disable_defaults is True else facts
    if hook.connection:
        passed = {**passed, "connection": hook.connection}
    operation = _with(found, passed, given)
    labels = Labels(project=f"{state.owner}/{state.project}")
    drafted = draft(
        evolve(operation, queue=hook.queue, namespace=hook.namespace),
        settings=settings,
        params={},
        labels=labels,
        schedule_at=tick,
    )
    return evolve(drafted, edges=(Edge(state.uuid, "hook", []), *drafted.edges))


def _with(operation: V1Operation, facts: Mapping[str, object], given: Mapping[str, V1Param]) -> V1Operation:
    """The operation with its params; without hooks of its own, which could go on for ever."""
    component = operation.component
    wanted = {io.name for io in (component.inputs if component else None) or []}
    told = {
        name: V1Param(value=verbatim(value), context_only=name not in wanted) for name, value in facts.items()
    }
    bare = None if component is None else evolve(component, hooks=None)
    said = {
        name: param if param.ref else evolve(param, value=verbatim(param.value))
        for name, param in given.items()
    }
    return evolve(operation, hooks=None, component=bare, params={**told, **said} or None)


def _params(hook: V1Hook) -> Mapping[str, V1Param]:
    return hook.params if isinstance(hook.params, dict) else {}


def _rendered(param: V1Param, known: Mapping[str, object]) -> V1Param:
    """A param with what its template says of the run that ended."""
    value = param.value
    if isinstance(value, str) and is_template(value):
        return evolve(param, value=render_native(value, known))
    return param


def _facts(state: RunState) -> dict[str, object]:
    """What every hook gets."""
    last = state.conditions[-1]
    return {
        "name": state.name,
        "uuid": state.uuid,
        "kind": state.kind,
        "status": state.status,
        "runtime": state.runtime,
        "wait_time": state.wait_time,
        "duration": state.duration,
        "inputs": state.inputs,
        "outputs": state.outputs,
        "condition": {"type": last.status, "reason": last.reason, "message": last.message},
    }


def _globals(state: RunState) -> dict[str, object]:
    return {
        "uuid": state.uuid,
        "name": state.name,
        "status": state.status,
        "project_name": state.project,
        "owner_name": state.owner,
    }
