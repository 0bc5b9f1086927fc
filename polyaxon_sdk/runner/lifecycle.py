"""One run from its start to its final status."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from time import monotonic, time
from typing import NamedTuple

from attrs import evolve

from polyaxon_sdk.runner.alone import alone
from polyaxon_sdk.runner.approval import WAITING, is_waiting, told_of
from polyaxon_sdk.runner.attempt import Attempt, Tried
from polyaxon_sdk.runner.distributed.output import Tails
from polyaxon_sdk.runner.executors.executor import Executor, Exit
from polyaxon_sdk.runner.expiry import expire, over_since
from polyaxon_sdk.runner.output import Tail, part
from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runner.reporter import Reporter, create
from polyaxon_sdk.runner.room.limits import limits_of, wish_of
from polyaxon_sdk.runner.room.machine import visible
from polyaxon_sdk.runner.room.needs import needs_of_run
from polyaxon_sdk.runner.room.places import Place
from polyaxon_sdk.runner.scene import Ending, Scene
from polyaxon_sdk.runner.stopping import StopRequests
from polyaxon_sdk.runner.termination import Termination, pause_before, termination_of
from polyaxon_sdk.runner.watcher import Watcher
from polyaxon_sdk.runs.drained import is_finished
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.reserve import Reserve
from polyaxon_sdk.runs.state import RunState
from polyaxon_sdk.runs.status import RETRY
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.sidecar.launch import Sidecar, launch
from polyaxon_sdk.sidecar.outliving import patience as patience_here

__all__ = ["PATIENCE", "Outcome", "await_approval", "carry_out"]

Launch = Callable[[RunFolder], Sidecar]

PATIENCE = 10.0
"""Seconds to wait for the sidecar once the run has ended, where it outlives this process."""


class Outcome(NamedTuple):
    """How a run ended.

    Attributes:
        state: the run as its record tells it; None where its folder is gone.
        exit: how its process ended; None where it could not be started.
        is_shipped: whether everything is drained, summarised and shipped by now.
    """

    state: RunState | None
    exit: Exit | None
    is_shipped: bool


def carry_out(
    plan: Plan,
    *,
    settings: Settings,
    executor: Executor,
    watcher: Watcher,
    patience: float = PATIENCE,
    beside: Launch = launch,
    reserve: Reserve | None = None,
) -> Outcome:
    """Run a plan to its end and record what becomes of it.

    Ctrl-C and the signals that end programs are passed on to the run, which then is `stopped`; a second one
    kills it. Where it fails, it is tried again as often as its `termination` says; where it takes longer than
    that allows, it is stopped, and has failed.

    Args:
        plan: what is carried out.
        settings: of the home.
        executor: where.
        watcher: whom it is shown to.
        patience: seconds to wait for the sidecar in the end.
        beside: starts the sidecar, or tells one of the run.
        reserve: what is set aside for a full disk by whoever carries out several; None for it to have its own.

    Raises:
        PolyaxonError: the home can't be written, or another process carries the run out; then nothing was started.
    """
    wish = wish_of(plan.operation, settings)
    place = Place(settings.home, plan.folder.uuid, wish, limits_of(settings, wish))
    with StopRequests() as requests, alone(plan, lambda: create(plan, settings)) as writer:
        # First of all, so that whatever happens here the run doesn't stay as it is now for ever.
        sidecar = beside(plan.folder)
        watcher.started(plan)
        reporter = Reporter(plan.folder, watcher.tell, writer=writer, reserve=reserve)
        ended = _run(Scene(plan, reporter, requests, watcher), executor, place, beside)
        reporter.close()
        sidecar.ended()
    patience = max(patience, patience_here(settings)) if patience else 0.0
    return _outcome(reporter, ended, sidecar, patience)


def await_approval(scene: Scene) -> Ending | None:
    """Wait until a person approves, where the run has to; how it ends where it is stopped before."""
    folder, operation = scene.plan.folder, scene.plan.operation

    def is_approved() -> bool:
        with suppress(OSError):  # of the run folder: the next look may see more
            return not is_waiting(folder, operation)
        return False

    if is_approved():
        return None
    told = told_of(folder)
    scene.reporter.status("compiled", WAITING, told)
    scene.watcher.tell(told)
    return scene.hold(is_approved)


def _run(scene: Scene, executor: Executor, place: Place, beside: Launch) -> Exit | None:
    """From the wait for approval, and for a place, to the final status of the run."""
    try:
        stopped = await_approval(scene) or _await_place(scene, place)
        if stopped is not None:
            scene.reporter.status(*stopped)
            return None
        scene = scene._replace(plan=_at(place, scene.plan))
        with scene.reporter.together():
            scene.reporter.status("scheduled", "Runner")
            scene.reporter.status("starting", "Runner")
        tail = _tail_of(scene.plan)
        tried = _try(scene, executor, tail, beside)
        tail.close()
    finally:
        place.give_back()
    scene.reporter.status(*tried.ending)
    if scene.plan.context is not None and over_since(scene.plan.folder, time()) is not None:
        expire(scene.plan.folder)
    return tried.exit


def _await_place(scene: Scene, place: Place) -> Ending | None:
    """Wait until a place for the run is free; how it ends where it is stopped before."""

    def is_there() -> bool:
        with suppress(OSError):
            return place.take()
        return True  # the home takes no locks: what a person asked for is run rather than held for ever

    if is_there():
        return None
    scene.reporter.status("queued", "Runner", f"waits for {place.waits_for}")
    scene.watcher.tell(f"the run waits for {place.waits_for}")
    return scene.hold(is_there)


def _at(place: Place, plan: Plan) -> Plan:
    """The plan with the GPUs of its place; its process keeps the place where this one dies."""
    held = () if place.descriptor is None else (place.descriptor,)
    if plan.crew is not None:
        return evolve(plan, crew=plan.crew.at(place.gpus, held))
    gpus = visible(place.gpus, needs_of_run(plan.operation.run))
    environment = {**gpus, **plan.task.environment}  # what the container itself says is first
    return evolve(plan, task=plan.task._replace(environment=environment, held=held))


def _tail_of(plan: Plan) -> Tail | Tails:
    """What it prints, of replicas each line with its name."""
    return Tail(plan.task.output) if plan.crew is None else Tails(plan.crew.tasks)


def _try(scene: Scene, executor: Executor, tail: Tail | Tails, beside: Launch) -> Tried:
    """Try until it doesn't fail, or has failed often enough."""
    rules = termination_of(scene.plan.operation)
    deadline = None if rules.timeout is None else monotonic() + rules.timeout
    crew = scene.plan.crew
    most = 0 if crew is not None and crew.restarts_itself else rules.retries
    retry = 0
    while True:
        attempt = Attempt(scene, deadline=deadline, timeout=rules.timeout, tail=tail)
        tried = attempt.run(executor)
        if retry >= most or attempt.is_late or not _has_failed(scene, tried):
            return tried
        stopped = _retrying(scene, tried.ending, retry, rules)
        if stopped is not None:
            return Tried(tried.exit, stopped)
        beside(scene.plan.folder)  # where the script itself said that it failed, the last one may be over
        retry += 1


def _has_failed(scene: Scene, tried: Tried) -> bool:
    """Whether the attempt failed; a script may say so that ends with code 0."""
    if tried.ending.status != "succeeded":
        return tried.ending.status == "failed"
    with suppress(OSError):
        said = scene.reporter.conditions()
        return bool(said) and said[-1].status == "failed"
    return False


def _retrying(scene: Scene, failed: Ending, retry: int, rules: Termination) -> Ending | None:
    """Open the next attempt and wait a while; how the run ends where it is stopped meanwhile."""
    pause = pause_before(retry)
    again = f"retry {retry + 1} of {rules.retries} in {pause:g} s"
    scene.reporter.status("resuming", RETRY, f"{failed.reason}: {failed.message}")
    scene.reporter.status("retrying", failed.reason, f"{failed.message}; {again}")
    scene.watcher.tell(f"{failed.message}; {again}")
    if scene.plan.crew is None:
        with suppress(OSError):  # the disk is full: its statuses tell the attempts apart too
            part(scene.plan.task.output, f"attempt {retry + 2}")
    until = monotonic() + pause
    return scene.hold(lambda: monotonic() >= until)


def _outcome(reporter: Reporter, ended: Exit | None, sidecar: Sidecar, patience: float) -> Outcome:
    if not reporter.folder.record.is_dir():
        return Outcome(None, ended, is_shipped=False)
    try:
        is_shipped = sidecar.wait(patience) if patience else is_finished(reporter.folder)
    except KeyboardInterrupt:
        is_shipped = False  # the person doesn't want to wait; the sidecar goes on by itself
    return Outcome(reporter.state(), ended, is_shipped)
