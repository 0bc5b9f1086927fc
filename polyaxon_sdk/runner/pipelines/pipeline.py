"""Carrying out a pipeline: its runs are started as its schedule says, and stopped where it is stopped."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from time import monotonic
from typing import NamedTuple, cast

from attrs import evolve

from polyaxon_sdk.compiler import merge
from polyaxon_sdk.exceptions import InputError, PolyaxonError
from polyaxon_sdk.polyflow import V1CompiledOperation, V1Operation
from polyaxon_sdk.polyflow.templates import unverbatim
from polyaxon_sdk.runner.conditions import is_met
from polyaxon_sdk.runner.descent import descent_from
from polyaxon_sdk.runner.draft import Draft, Labels, draft
from polyaxon_sdk.runner.executors.warm import WARM
from polyaxon_sdk.runner.hooks import hooks_after
from polyaxon_sdk.runner.life import Found
from polyaxon_sdk.runner.lifecycle import Outcome, await_approval
from polyaxon_sdk.runner.pipelines.alone import alone
from polyaxon_sdk.runner.pipelines.child import Child
from polyaxon_sdk.runner.pipelines.code import keep_code
from polyaxon_sdk.runner.pipelines.dag import DagSchedule
from polyaxon_sdk.runner.pipelines.kept import keep_findings
from polyaxon_sdk.runner.pipelines.note import note_run
from polyaxon_sdk.runner.pipelines.past import past_of, recorded
from polyaxon_sdk.runner.pipelines.pruning import Pruning
from polyaxon_sdk.runner.pipelines.schedule import Ended, Next, Schedule, Verdict
from polyaxon_sdk.runner.pipelines.search import Batch, SearchSchedule
from polyaxon_sdk.runner.pipelines.widening import wished_width
from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runner.reporter import Reporter, create
from polyaxon_sdk.runner.rerun import resume
from polyaxon_sdk.runner.reuse.reusing import Reusing
from polyaxon_sdk.runner.scene import Scene
from polyaxon_sdk.runner.sidecars import look_after
from polyaxon_sdk.runner.stopping import StopRequests
from polyaxon_sdk.runner.upstream import Edge, has_joins
from polyaxon_sdk.runner.watcher import Watcher
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordReader
from polyaxon_sdk.runs.series import with_last_values
from polyaxon_sdk.runs.state import RunState, fold, read_run
from polyaxon_sdk.runs.status import asked_end
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.sidecar.launch import Sidecar, launch
from polyaxon_sdk.types import JsonObject

__all__ = ["Within", "carry_out_pipeline"]

_TICK = 0.1
_LOOK = 0.5
"""Seconds between two looks at whether somebody stops it."""

_PATIENCE = 60.0
"""Seconds to wait for the sidecars of its runs, where what they drain is wanted."""


class Within(NamedTuple):
    """How the runs of a pipeline are planned and carried out; seconds to wait for its own sidecar in the end."""

    plan: Callable[[Draft], Plan]
    carry: Callable[[Plan], Outcome]
    patience: float


def carry_out_pipeline(plan: Plan, *, settings: Settings, watcher: Watcher, within: Within) -> Outcome:
    """Run a dag or a search to its end and record what becomes of it; its runs name it as their `pipeline`.

    Ctrl-C and the signals that end programs stop its runs, and then it.

    Args:
        plan: of a pipeline.
        within: plans and carries out its runs, whatever they are.

    Raises:
        PolyaxonError: the home can't be written, or another process goes on with it; then nothing was started.
    """
    assert plan.pipeline is not None  # whoever calls looked
    with WARM, StopRequests() as requests, alone(plan.folder, lambda: create(plan, settings)):
        sidecar = launch(plan.folder)
        watcher.started(plan)
        reporter = Reporter(plan.folder, watcher.tell)
        scene = Scene(plan, reporter, requests, watcher)
        stopped = await_approval(scene)
        if stopped is None:
            for status in ("scheduled", "starting", "running"):
                reporter.status(status, "Runner")
            verdict = _Pipeline(scene, settings, within).run()
        reporter.status(*(stopped or verdict))
        reporter.close()
    if not plan.folder.record.is_dir():
        return Outcome(None, None, is_shipped=False)
    return Outcome(read_run(plan.folder), None, sidecar.wait(within.patience))


class _Pipeline:
    """A pipeline while it goes on."""

    def __init__(self, scene: Scene, settings: Settings, within: Within) -> None:
        assert scene.plan.pipeline is not None
        self._drafted: Draft = scene.plan.pipeline
        self._settings = settings
        self._reporter = scene.reporter
        self._watcher = scene.watcher
        self._within = within
        self._requests = scene.requests
        self._record = RecordReader(self._drafted.folder)
        self._past = past_of(self._drafted.folder)
        self._schedule: Schedule = self._scheduled()
        self._running: dict[str, Child] = {}
        self._done: SimpleQueue[Ended] = SimpleQueue()
        self._stopped: Verdict | None = None
        self._next_look = 0.0
        self._undrained: list[RunFolder] = []
        self._hooks: set[str] = set()
        self._width: int | None = None
        self._told: SimpleQueue[str] = SimpleQueue()
        self._pruning = Pruning(self._drafted.operation)
        self._reusing = Reusing(
            settings,
            carry=within.carry,
            tell=self._told.put,
            pipeline=self._drafted.folder.uuid,
            is_stopped=lambda: self._stopped is not None,
        )

    def _scheduled(self) -> Schedule:
        if self._drafted.operation.matrix is None:
            return DagSchedule(self._drafted)

        def remember(batch: Batch) -> None:
            self._reporter.note("suggested", **recorded(batch))

        return SearchSchedule(self._drafted, known=self._past.suggested, remember=remember)

    def run(self) -> Verdict:
        """Start and wait until all of it is over; how it ended."""
        while True:
            self._look()
            if self._stopped is None:
                self._start()
                self._prune()
            if not self._running and self._done.empty() and (self._stopped or self._schedule.is_over):
                self._settle()
                self._conclude()
                return self._stopped or self._schedule.verdict()
            try:
                self._take(self._done.get(timeout=_TICK))
            except Empty:
                continue

    def _conclude(self) -> None:
        """Write down what came of all of it."""
        if values := self._schedule.outputs():
            self._reporter.note("outputs", values=cast("JsonObject", values))
        if isinstance(self._schedule, SearchSchedule):
            findings = self._schedule.findings()
            with suppress(OSError):  # the disk is full: what it found is in its runs too
                self._reporter.note("lineage", artifact=keep_findings(self._drafted.folder, findings))
            for line in findings.lines:
                self._watcher.tell(line)

    def _prune(self) -> None:
        """Stop the runs that go on in vain."""
        running = {key: child.folder for key, child in self._running.items() if key not in self._hooks}
        for key, why in self._pruning.stops(running).items():
            child = self._running[key]
            self._watcher.tell(
                f"{child.plan.operation.name or key} {child.folder.uuid[:12]} is stopped: {why}"
            )
            child.stop(why)

    def _take(self, ended: Ended) -> None:
        self._look()
        child = self._running.pop(ended.key, None)
        if child is not None:
            name = child.plan.operation.name or ended.key
            self._undrained.append(child.folder)
            told = f"{name} {child.folder.uuid[:12]} {ended.status.replace('_', ' ')}"
            which = "" if ended.key in self._hooks else self._schedule.described(ended)
            self._watcher.tell(f"{told}  {which}".rstrip())
        if ended.key in self._hooks:
            return
        if ended.state is not None:
            self._keep_code(RunFolder(self._settings.runs / ended.state.uuid))
        if child is not None and ended.state is not None:
            self._set_off(ended.key, child.plan.operation, ended.state)
        self._pruning.ended(ended, None if child is None else child.folder)
        verdict = self._schedule.ended(ended)
        if verdict is not None and self._stopped is None:
            self._stop(verdict)

    def _keep_code(self, run: RunFolder) -> None:
        """Keep the code of a run with the pipeline, and note it the first time."""
        own = self._drafted.folder
        if keep_code(own, run):
            path = own.sources.relative_to(own.path).as_posix()
            artifact = {"name": "sources", "kind": "dir", "path": path, "is_input": True}
            self._reporter.note("lineage", artifact=cast("JsonObject", artifact))

    def _start(self) -> None:
        width = self._width or self._schedule.width or len(os.sched_getaffinity(0))
        try:
            found = self._schedule.next(width - len(self._running))
        except PolyaxonError as error:
            self._stop(Verdict("failed", "Suggestions", str(error)))
            return
        for each in found:
            self._begin(each)

    def _begin(self, wanted: Next) -> None:
        """Start a run, or note why there is none; one that was begun before goes on, or is kept."""
        found = self._past.find(wanted.key)
        if found is not None and found.state.status == (wanted.status or "succeeded"):
            self._watcher.tell(f"{found.state.name or wanted.key} {found.folder.uuid[:12]} kept")
            self._done.put(Ended(wanted.key, found.state.status, with_last_values(found.folder, found.state)))
            return
        parent = Edge(self._drafted.folder.uuid, "pipeline", [])
        status, message = wanted.status, wanted.message
        if wanted.operation is not None:
            try:
                plan = self._plan(wanted.operation, (parent, *wanted.edges), wanted.after)
                if plan is not None:
                    self._carry(wanted.key, self._again(found) or plan, found)
                    return
                status, message = "skipped", f"condition is false: {wanted.operation.conditions}"
            except InputError as error:
                status, message = "failed", str(error)
        name = wanted.operation.name if wanted.operation and wanted.operation.name else wanted.key
        self._watcher.tell(f"{name} {status.replace('_', ' ')}: {message}")
        if found is not None and found.state.status == status:
            state = found.state
        else:
            verdict = Verdict(status, "Runner", message)
            state = note_run(self._drafted, name, verdict, (parent, *wanted.edges))
            self._reporter.note("began", key=wanted.key, run=state.uuid)
        if (node := wanted.operation or wanted.node) is not None:
            self._set_off(wanted.key, merge(node), state)
        self._done.put(Ended(wanted.key, status, state))

    def _carry(self, key: str, plan: Plan, found: Found | None = None) -> None:
        """Start a run in a thread of its own; the record knows of it first, so that it is found again."""
        self._reporter.note("began", key=key, run=plan.folder.uuid)
        waits_for = found.folder if found is not None and found.life == "running" else None
        carry = self._within.carry if key in self._hooks else self._reusing.carry
        self._running[key] = Child(key, plan, carry=carry, done=self._done, waits_for=waits_for)
        self._running[key].start()

    def _again(self, found: Found | None) -> Plan | None:
        """The next attempt of a pipeline within this one that was cut off or failed; None where there is none."""
        if found is None or found.state.kind not in ("dag", "matrix") or found.life == "running":
            return None
        return self._within.plan(resume(self._settings, found.folder))

    def _set_off(self, key: str, operation: V1CompiledOperation, state: RunState) -> None:
        """Start the hooks of a run that has ended; the pipeline goes on beside them, and ends after them."""
        for at, each in enumerate(hooks_after(operation, state, self._settings)):
            told = each.problem
            if each.draft is not None:
                try:
                    plan = self._within.plan(each.draft)
                except InputError as error:
                    told = str(error)
                else:
                    self._hooks.add(f"{key}.{at}")
                    self._carry(f"{key}.{at}", plan)
                    continue
            self._watcher.tell(f"hook {each.name} of {state.name or key}: {told}")

    def _plan(self, operation: V1Operation, edges: tuple[Edge, ...], after: str = "") -> Plan | None:
        """How a run is carried out, from the outputs of another on; None where its condition is false."""
        if not _is_met(operation):
            return None
        if has_joins(operation):
            self._settle()
        labels = Labels(project=f"{self._drafted.owner}/{self._drafted.project}")
        bare = evolve(operation, conditions=None)
        drafted = draft(
            bare, settings=self._settings, params={}, labels=labels, inherited=self._drafted.operation
        )
        descent = descent_from(RunFolder(self._settings.runs / after)) if after else None
        return self._within.plan(evolve(drafted, edges=(*edges, *drafted.edges), descent=descent))

    def _settle(self) -> None:
        """Wait until what the runs so far logged is drained, so that a join finds it."""
        deadline = monotonic() + _PATIENCE
        for folder in self._undrained:
            Sidecar(folder).wait(max(0.0, deadline - monotonic()))
        self._undrained.clear()

    def _look(self) -> None:
        """Pass on what the runs told; stop where a signal, or a person elsewhere, asks for it."""
        for told in (self._told, WARM.told):
            while not told.empty():
                self._watcher.tell(told.get())
        if self._stopped is not None:
            return
        if self._requests.received:
            name = self._requests.received[0].name
            self._reporter.status("stopping", "Interrupted", f"asked to by {name}")
            self._watcher.tell("the runs are asked to stop")
            self._stop(Verdict("stopped", "Interrupted", f"stopped by {name}"))
        elif monotonic() >= self._next_look:
            self._next_look = monotonic() + _LOOK
            with suppress(OSError):  # no process can be started now: the next look tries again
                look_after()
            with suppress(OSError):  # the folder is gone, or its disk: the runs go on all the same
                state = fold(self._drafted.folder.uuid, self._record.read())
                self._widen(wished_width(state))
                self._watch_others()
                wanted = asked_end(state.conditions)
                if wanted is not None:
                    self._stop(Verdict(wanted, "Runner"))

    def _widen(self, width: int | None) -> None:
        """Let as many runs go on at once as a person wishes; those that do go on to their end."""
        if width != self._width:
            self._width = width
            self._watcher.tell(f"{width} runs at once from now on")

    def _watch_others(self) -> None:
        """Let the schedule know of statuses that operations wait for while others run."""
        if isinstance(self._schedule, DagSchedule):
            for key in self._schedule.watched & self._running.keys():
                self._schedule.saw(key, read_run(self._running[key].folder))

    def _stop(self, verdict: Verdict) -> None:
        self._stopped = verdict
        for child in self._running.values():
            child.stop()


def _is_met(operation: V1Operation) -> bool:
    """Whether the condition of an operation, whose references have their values, is true.

    Raises:
        InputError: it is no template, names what isn't there, or is neither true nor false.
    """
    known = {io.name: io.value for io in (operation.component.inputs if operation.component else None) or []}
    known |= {name: unverbatim(param.value) for name, param in (operation.params or {}).items()}
    return is_met(operation.conditions, known)
