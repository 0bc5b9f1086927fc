"""The runs of a dag: each operation once, when those before it have ended as it wants."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from heapq import heappop, heappush
from typing import NoReturn

from attrs import evolve

from polyaxon_sdk.compiler import RunValues, look_up, merge, resolve
from polyaxon_sdk.compiler.dag import nodes_of
from polyaxon_sdk.compiler.graph import graph_of
from polyaxon_sdk.compiler.referring import bare
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1Dag, V1Operation, V1Param, write
from polyaxon_sdk.polyflow.handing import handed
from polyaxon_sdk.polyflow.templates import verbatim
from polyaxon_sdk.runner.draft import Draft
from polyaxon_sdk.runner.pipelines.deciding import Decision, decide, verdict_of
from polyaxon_sdk.runner.pipelines.early_stopping import stops_early
from polyaxon_sdk.runner.pipelines.events import Awaited
from polyaxon_sdk.runner.pipelines.schedule import Ended, Next, Verdict, failure_of
from polyaxon_sdk.runner.upstream import Edge, values_of
from polyaxon_sdk.runs.state import RunState
from polyaxon_sdk.secrets.masker import is_masked

__all__ = ["DagSchedule"]

_EXPLAINED = 3
"""Of how many operations that failed a dag says why; of the others `ops ls` and `ops get` do."""


class DagSchedule:
    """What of a dag starts when (semantics 1.17).

    Args:
        drafted: the dag, compiled for its own run.
    """

    def __init__(self, drafted: Draft) -> None:
        assert isinstance(drafted.operation.run, V1Dag)  # whoever made it looked
        self._dag = drafted.operation.run
        self._nodes = nodes_of(self._dag)
        self._upstream = graph_of(self._dag).upstream
        self._inputs = drafted.operation.values()
        self._outputs = drafted.operation.outputs or []
        self._own = RunValues(
            uuid=drafted.folder.uuid,
            inputs=self._inputs,
            globals={"name": drafted.operation.name or "", "project_name": drafted.project},
        )
        self._position = {name: at for at, name in enumerate(self._nodes)}
        self._downstream: dict[str, list[str]] = {name: [] for name in self._nodes}
        for name, above in self._upstream.items():
            for each in above:
                self._downstream[each].append(name)
        self._to_look = [at for at, name in enumerate(self._nodes) if not self._upstream[name]]
        self._ready: list[int] = []
        self._names = list(self._nodes)
        self._awaited = Awaited(self._nodes)
        self._before = {name: _Before(self._waits_for(name)) for name in self._nodes}
        self._begun: set[str] = set()
        self._ended: dict[str, Ended] = {}
        self._reasons: dict[str, str] = {}

    @property
    def width(self) -> int | None:
        """How many runs at once."""
        width = self._dag.concurrency
        return int(width) if isinstance(width, int) else None

    @property
    def is_over(self) -> bool:
        """Whether every operation has ended."""
        return len(self._ended) == len(self._nodes)

    def next(self, room: int) -> list[Next]:
        """The operations that start now, and those that never will."""
        found: list[Next] = []
        while self._to_look:
            self._look(heappop(self._to_look), found)
        while self._ready and room > 0:
            name = self._names[heappop(self._ready)]
            if name not in self._begun:
                self._begun.add(name)
                room -= 1
                found.append(self._started(name, self._nodes[name]))
        return found

    def _look(self, at: int, found: list[Next]) -> None:
        """Decide on an operation of which one before it has ended; others need no look."""
        name = self._names[at]
        if name in self._begun:
            return
        node, decision = self._nodes[name], self._decided(name)
        if decision == "start":
            heappush(self._ready, at)
        elif decision != "wait":
            self._begun.add(name)
            found.append(Next(name, None, status=decision, message=self._told(name), node=node))

    def _decided(self, name: str) -> Decision:
        """What an operation does now, by how those before it ended, and by what it waits for meanwhile."""
        node, events = self._nodes[name], self._awaited.of(name)
        judged = self._awaited.judged(
            name, {above: self._ended[above].status for above in events if above in self._ended}
        )
        if judged != "come":
            return "wait" if judged == "wait" else "upstream_failed"
        trigger = None if node.trigger is None else str(node.trigger)
        return decide(trigger, self._before[name].statuses, skips=bool(node.skip_on_upstream_skip))

    def _waits_for(self, name: str) -> int:
        """How many operations have to end before one, those aside whose events it waits for."""
        events = self._awaited.of(name)
        return sum(above not in events for above in self._upstream[name])

    @property
    def watched(self) -> set[str]:
        """The operations whose statuses others wait for while they run."""
        return self._awaited.watched

    def below(self, key: str) -> list[str]:
        """The operations right after one."""
        return self._downstream[key]

    def saw(self, key: str, state: RunState) -> None:
        """Take in how an operation is while it runs."""
        self._awaited.saw(key, state)
        self._look_below(key)

    def _look_below(self, key: str) -> None:
        for below in self._downstream[key]:
            heappush(self._to_look, self._position[below])

    def ended(self, ended: Ended) -> Verdict | None:
        """Take in how an operation ended."""
        self._ended[ended.key] = ended
        if ended.state is not None and ended.key in self._awaited.watched:
            self._awaited.saw(ended.key, ended.state)
        for below in self._downstream[ended.key]:
            if ended.key not in self._awaited.of(below):
                self._before[below].heard(ended.status)
        self._look_below(ended.key)
        return stops_early(self._dag.early_stopping, list(self._ended.values()), total=len(self._nodes))

    def described(self, _: Ended) -> str:
        """Nothing: the operations have names."""
        return ""

    def outputs(self) -> dict[str, object]:
        """The outputs that come from operations which have them."""
        taken = {io.name: handed(io.value) for io in self._outputs}
        found: dict[str, object] = {}
        for name, param in taken.items():
            state = self._state(str(param.upstream)) if param is not None else None
            if param is not None and state is not None:
                found[name] = look_up(param.value, values_of(state))
        return {name: value for name, value in found.items() if value is not None}

    def verdict(self) -> Verdict:
        """How the dag ends."""
        statuses = {name: ended.status for name, ended in self._ended.items()}
        failed = [name for name, status in statuses.items() if status == "failed"]
        reasons = [self._failure(name) for name in failed[:_EXPLAINED]] + failed[_EXPLAINED:]
        told = f"failed: {', '.join(reasons)}" if failed else ""
        return Verdict(verdict_of(list(statuses.values())), "Runner", told)

    def _failure(self, name: str) -> str:
        """An operation that failed: which run, and why."""
        ended = self._ended[name]
        why = self._reasons.get(name) or failure_of(ended)
        which = f"{name} {ended.state.uuid[:12]}" if ended.state is not None else name
        return f"{which} ({why})" if why else which

    def _started(self, name: str, node: V1Operation) -> Next:
        """An operation with the values of the dag and of those before it in it."""
        try:
            params, edges = self._resolved(node)
        except InputError as error:
            self._reasons[name] = str(error)
            return Next(name, None, status="failed", message=str(error), node=node)
        around = {
            key: V1Param(value=verbatim(value), context_only=True)
            for key, value in self._named(node, params).items()
        }
        freed = {"dependencies": None, "trigger": None, "skip_on_upstream_skip": None, "events": None}
        return Next(name, evolve(node, params={**around, **params} or None, **freed), edges)

    def _resolved(self, node: V1Operation) -> tuple[dict[str, V1Param], tuple[Edge, ...]]:
        given = node.params or {}
        asked = {name: param for name, param in given.items() if param.ref == "dag" or param.upstream}
        resolved = resolve(asked, self._found)
        for name, param in resolved.items():
            if asked[name].upstream and is_masked(param.value):
                _refuse_masked(name, asked[name])
            if asked[name].upstream and param.value is None and _needs(node, name):
                self._refuse_absent(name, asked[name])
        edges: dict[str, list[str]] = {}
        for param in asked.values():
            if param.upstream and (state := self._state(param.upstream)) is not None:
                edges.setdefault(state.uuid, []).append(str(param.value))
        return {**given, **resolved}, tuple(Edge(uuid, "dag", values) for uuid, values in edges.items())

    def _refuse_absent(self, name: str, param: V1Param) -> NoReturn:
        """Tell of an output that an operation has declared, and its run did not give."""
        state = self._state(str(param.upstream))
        which = (
            "" if state is None else f": run {state.uuid[:12]} {state.status.replace('_', ' ')} without it"
        )
        raise InputError(
            f"{param.upstream} gave no {bare(str(param.value))}{which}",
            path=f"params.{name}",
            expected=f"a value, since {name} is required",
        )

    def _found(self, reference: str) -> RunValues:
        if reference == "dag":
            return self._own
        name = reference.removeprefix("ops.")
        state = self._state(name)
        if state is None:
            raise InputError(f"{name} was not run", expected="values of a run")
        return values_of(state)

    def _state(self, name: str) -> RunState | None:
        return self._ended[name].state if name in self._ended else self._awaited.state(name)

    def _named(self, node: V1Operation, params: Mapping[str, V1Param]) -> dict[str, object]:
        """The inputs of the dag that templates of an operation name, and that it has no param of."""
        text = json.dumps(write(node), default=str)
        templates = " ".join(re.findall(r"\{[{%].*?[}%]\}", text))
        words = set(re.findall(r"\w+", templates))
        own = {io.name for io in (node.component.inputs if node.component else None) or []} | set(params)
        return {name: value for name, value in self._inputs.items() if name in words and name not in own}

    def _told(self, name: str) -> str:
        ends = [
            f"{above} is {self._ended[above].status}"
            for above in self._upstream[name]
            if above in self._ended
        ]
        return ", ".join(ends)


class _Before:
    """How the operations before one ended: counted, since there may be thousands before each of thousands.

    Args:
        left: how many are not decided.
    """

    __slots__ = ("_left", "_statuses")

    def __init__(self, left: int) -> None:
        self._left = left
        self._statuses: set[str | None] = {None} if left else set()

    @property
    def statuses(self) -> Collection[str | None]:
        """The statuses that there are among them; None where one is not decided."""
        return self._statuses

    def heard(self, status: str) -> None:
        """Take in how one more ended."""
        self._statuses.add(status)
        self._left -= 1
        if not self._left:
            self._statuses.discard(None)


def _needs(node: V1Operation, name: str) -> bool:
    """Whether an operation can't do without a value for an input."""
    return any(io.name == name and io.required for io in merge(node).inputs or [])


def _refuse_masked(name: str, param: V1Param) -> NoReturn:
    """Tell of a value that can't be handed on, since the run that had it wrote it down masked."""
    raise InputError(
        f"{param.value} of {param.upstream!r} looks like a secret, so it was masked when it was written down",
        path=f"params.{name}",
        expected="the secret as an input of the dag such as api_token, which its operations get whole",
    )
