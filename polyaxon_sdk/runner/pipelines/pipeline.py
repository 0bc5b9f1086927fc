"""Carrying out a pipeline: its runs are started as its schedule says, and stopped where it is stopped."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import NamedTuple

from polyaxon_sdk.compiler import merge
from polyaxon_sdk.exceptions import PolyaxonError
from polyaxon_sdk.polyflow import V1CompiledOperation
from polyaxon_sdk.runner.alone import alone
from polyaxon_sdk.runner.draft import Draft
from polyaxon_sdk.runner.executors.guarded import GUARDED
from polyaxon_sdk.runner.executors.warm import WARM
from polyaxon_sdk.runner.grace import grace_time
from polyaxon_sdk.runner.life import Found
from polyaxon_sdk.runner.lifecycle import Outcome, await_approval
from polyaxon_sdk.runner.pipelines.child import Attend, Carry
from polyaxon_sdk.runner.pipelines.children import Children
from polyaxon_sdk.runner.pipelines.code import keep_code
from polyaxon_sdk.runner.pipelines.dag import DagSchedule
from polyaxon_sdk.runner.pipelines.goals import Goals
from polyaxon_sdk.runner.pipelines.hook_runs import HookRuns
from polyaxon_sdk.runner.pipelines.note import note_run
from polyaxon_sdk.runner.pipelines.past import Suggested, past_of
from polyaxon_sdk.runner.pipelines.planning import Planning
from polyaxon_sdk.runner.pipelines.pruning import Pruning
from polyaxon_sdk.runner.pipelines.schedule import Ended, Next, Schedule, Verdict
from polyaxon_sdk.runner.pipelines.search import SearchSchedule
from polyaxon_sdk.runner.pipelines.standing import Batch, standing_of
from polyaxon_sdk.runner.pipelines.telling import Telling
from polyaxon_sdk.runner.pipelines.undrained import Undrained
from polyaxon_sdk.runner.pipelines.wishes import Wishes
from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runner.reporter import Reporter, create
from polyaxon_sdk.runner.reuse.reusing import Reusing
from polyaxon_sdk.runner.scene import Scene
from polyaxon_sdk.runner.sidecars import look_after
from polyaxon_sdk.runner.stopping import StopRequests
from polyaxon_sdk.runner.superseded import supersede
from polyaxon_sdk.runner.watcher import Watcher
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.reserve import Reserve
from polyaxon_sdk.runs.series import with_last_values
from polyaxon_sdk.runs.state import RunState, read_run
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.sidecar.launch import launch
from polyaxon_sdk.tuners.within import space_of

__all__ = ["Within", "carry_out_pipeline"]

_TICK = 0.1
_NEVER_BEGAN = frozenset({"skipped", "upstream_failed"})


class Within(NamedTuple):
    """How the runs of a pipeline are planned, carried out, and looked after where another runner began them.

    Attributes:
        ended: is told of a run that has ended, its name and how; those hear it too that the pipeline is within.
        patience: seconds to wait for its own sidecar in the end.
        reserve: what is set aside for a full disk, for all of them.
    """

    plan: Callable[[Draft], Plan]
    carry: Carry
    attend: Attend
    ended: Callable[[str, str], None]
    patience: float
    reserve: Reserve


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
    began = partial(create, plan, settings)
    with WARM, GUARDED, StopRequests() as requests, alone(plan, began) as writer:
        sidecar = launch(plan.folder)
        watcher.started(plan)
        reporter = Reporter(plan.folder, watcher.tell, writer=writer, reserve=within.reserve)
        scene = Scene(plan, reporter, requests, watcher)
        stopped = await_approval(scene)
        if stopped is None:
            for status in ("scheduled", "starting", "running"):
                reporter.status(status, "Runner")
            verdict = _Pipeline(scene, settings, within).run()
        reporter.status(*(stopped or verdict))
        reporter.close()
        within.reserve.free()
    if not plan.folder.record.is_dir():
        return Outcome(None, None, is_shipped=False)
    return Outcome(read_run(plan.folder), None, sidecar.wait(within.patience))


class _Pipeline:
    """A pipeline while it goes on."""

    def __init__(self, scene: Scene, settings: Settings, within: Within) -> None:
        assert scene.plan.pipeline is not None
        self._drafted: Draft = scene.plan.pipeline
        self._runs = os.fspath(settings.runs)
        self._reporter = scene.reporter
        self._telling = Telling(scene, ended=within.ended)
        self._within = within
        self._requests = scene.requests
        self._wishes = Wishes(self._drafted.folder)
        self._past = past_of(self._drafted.folder)
        self._schedule: Schedule = self._scheduled()
        self._stopped: Verdict | None = None
        self._heeded = 0
        self._undrained = Undrained()
        self._children = Children(within.attend, tell=self._telling.later.put)
        self._planning = Planning(
            self._drafted, settings=settings, plan=within.plan, settle=self._undrained.settle
        )
        self._hooks = HookRuns(settings, plan=within.plan, past=self._past, tell=self._telling.tell)
        self._pruning = Pruning(self._drafted.operation)
        self._goals = Goals(self._drafted.operation)
        self._reusing = Reusing(
            settings,
            carry=within.carry,
            tell=self._telling.later.put,
            pipeline=self._drafted.folder.uuid,
            is_stopped=lambda: self._stopped is not None,
            tells_new=self._drafted.operation.matrix is None,
        )

    def _scheduled(self) -> Schedule:
        matrix = self._drafted.operation.matrix
        if matrix is None:
            return DagSchedule(self._drafted)

        def remember(batch: Batch) -> None:
            self._telling.suggested(Suggested(batch, space_of(matrix)))

        known, tell = standing_of(self._past, matrix), self._telling.tell
        return SearchSchedule(self._drafted, known=known, remember=remember, tell=tell)

    def run(self) -> Verdict:
        """Start and wait until all of it is over; how it ended."""
        try:
            return self._run()
        finally:
            self._children.close()

    def _run(self) -> Verdict:
        while True:
            self._look()
            if self._stopped is None:
                self._start()
                self._prune()
            if self._children.are_over and (self._stopped or self._schedule.is_over):
                self._undrained.settle()
                self._telling.outputs(self._schedule.outputs())
                if isinstance(self._schedule, SearchSchedule):
                    self._telling.findings(self._schedule.findings())
                return self._stopped or self._schedule.verdict()
            if (ended := self._children.wait(_TICK)) is not None:
                self._take(ended)

    def _prune(self) -> None:
        """Stop the runs that go on in vain; all of them where one has come to the goal."""
        if not self._pruning.has_rules and not self._goals.are_any:
            return
        children = self._children.running
        running = {key: child.folder for key, child in children.items() if key not in self._hooks.keys}
        for key, why in self._pruning.stops(running).items():
            self._telling.pruned(key, children[key], why)
            children[key].stop(why)
        verdict = self._goals.reached(running.values())
        if verdict is not None:
            self._stop(verdict)

    def _take(self, ended: Ended) -> None:
        self._look()
        child = self._children.let_go(ended.key)
        if child is not None:
            self._undrained.add(child.folder)
            which = "" if ended.key in self._hooks.keys else self._schedule.described(ended)
            self._telling.ended(child, ended, which)
        if ended.key in self._hooks.keys:
            return
        if ended.state is not None:
            run = RunFolder(f"{self._runs}/{ended.state.uuid}")
            keep_code(self._drafted.folder, run, self._reporter.artifact)
        if child is not None and ended.state is not None:
            self._set_off(ended.key, child.plan.operation, ended.state)
        self._pruning.ended(ended, None if child is None else child.folder)
        verdict = self._schedule.ended(ended)
        if verdict is not None and self._stopped is None:
            self._stop(verdict)

    def _start(self) -> None:
        width = self._wishes.width or self._schedule.width or len(os.sched_getaffinity(0))
        if isinstance(self._schedule, SearchSchedule):
            self._schedule.widen(self._wishes.width)
        try:
            found = self._schedule.next(width - len(self._children.running))
        except PolyaxonError as error:
            self._stop(Verdict("failed", "Suggestions", str(error)))
            return
        for each in found:
            try:
                self._begin(each)
            except OSError as error:  # of the home: what comes after goes by how it ended
                status = each.status or "failed"
                self._telling.unwritten(each.key, status, error)
                self._children.add_ended(Ended(each.key, status, None))

    def _begin(self, wanted: Next) -> None:
        """Start a run, or note why there is none; one that was begun before goes on, or is kept."""
        found = self._past.find(wanted.key)
        if found is not None and self._is_kept(wanted, found):
            self._telling.kept(wanted.key, found)
            self._pass_over(wanted, found.state.status, with_last_values(found.folder, found.state))
            return
        planned = self._planning.planned(wanted, found)
        if isinstance(planned, Plan):
            self._carry(wanted.key, planned, found)
        else:
            self._leave_out(wanted, planned, found)

    def _is_kept(self, wanted: Next, found: Found) -> bool:
        """Whether a run that was begun before counts as it ended."""
        below = self._schedule.below(wanted.key) if isinstance(self._schedule, DagSchedule) else ()
        return self._past.keeps(found, wanted=wanted.status or "succeeded", below=below)

    def _leave_out(self, wanted: Next, why: Verdict, found: Found | None) -> None:
        """Note a run that does not start, as one that has ended."""
        name = wanted.operation.name if wanted.operation and wanted.operation.name else wanted.key
        self._telling.left_out(name, why)
        if found is not None and found.state.status == why.status:
            state = found.state
        else:
            parent = self._planning.parent
            state = note_run(self._drafted, name, why, (parent, *wanted.edges))
            self._telling.began(wanted.key, state.uuid)
        self._pass_over(wanted, why.status, state)

    def _pass_over(self, wanted: Next, status: str, state: RunState) -> None:
        """Take a run that is not carried out as one that has ended, with its hooks that had not ended well by then."""
        if (node := wanted.operation or wanted.node) is not None:
            self._set_off(wanted.key, merge(node), state)
        self._children.add_ended(Ended(wanted.key, status, state))

    def _carry(self, key: str, plan: Plan, found: Found | None = None) -> None:
        """Start a run in another thread; the record knows of it first, so that it is found again."""
        self._telling.began(key, plan.folder.uuid)
        waits_for = found.folder if found is not None and found.life == "running" else None
        if found is not None and waits_for is None:
            supersede(found.folder, by=plan.folder)
            if found.folder.uuid != plan.folder.uuid and found.state.status not in _NEVER_BEGAN:
                self._telling.tell(found.why_again)
        carry = self._within.carry if key in self._hooks.keys else self._reusing.carry
        self._children.start(key, plan, carry=carry, waits_for=waits_for)

    def _set_off(self, key: str, operation: V1CompiledOperation, state: RunState) -> None:
        """Start the hooks of a run that has ended; the pipeline goes on beside them, and ends after them."""
        for each in self._hooks.after(key, operation, state):
            self._carry(*each)

    def _look(self) -> None:
        """Pass on what the runs told; stop where a signal, or a person elsewhere, asks for it."""
        self._telling.pass_on()
        if self._stopped is not None:
            self._insist()
            return
        if self._requests.received:
            self._heeded = 1
            name = self._requests.received[0].name
            self._telling.stopping(name, grace_time())
            self._stop(Verdict("stopped", "Interrupted", f"stopped by {name}"))
        elif self._wishes.are_due:
            self._grant()

    def _insist(self) -> None:
        """Kill the runs where a person asks once more."""
        if len(self._requests.received) > max(1, self._heeded):
            self._heeded = len(self._requests.received)
            self._telling.tell("the runs are killed")
            self._children.kill()

    def _grant(self) -> None:
        """Go by what persons wish of the pipeline by now, and see to what works beside its runs."""
        with suppress(OSError):  # no process can be started now: the next look tries again
            look_after()
        with suppress(OSError):  # the folder is gone, or its disk: the runs go on all the same
            width, wanted = self._wishes.width, self._wishes.look()
            if self._wishes.width != width:
                self._telling.tell(f"{self._wishes.width} runs at once from now on")
            self._watch_others()
            if wanted is not None:
                self._stop(Verdict(wanted, "Runner"))

    def _watch_others(self) -> None:
        """Let the schedule know of statuses that operations wait for while others run."""
        if isinstance(self._schedule, DagSchedule):
            running = self._children.running
            for key in self._schedule.watched & running.keys():
                self._schedule.saw(key, read_run(running[key].folder))

    def _stop(self, verdict: Verdict) -> None:
        self._stopped = verdict
        if isinstance(self._schedule, SearchSchedule):
            self._schedule.stops(verdict)
        why = verdict.message if verdict.reason == "EarlyStopping" else ""
        self._children.stop(why, grace=self._wishes.grace)
