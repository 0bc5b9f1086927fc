"""One attempt at a run: from its init steps to the end of its process."""

from __future__ import annotations

import signal
from contextlib import ExitStack
from time import monotonic
from typing import NamedTuple

from polyaxon_sdk.runner.beside import Beside
from polyaxon_sdk.runner.distributed.output import Tails
from polyaxon_sdk.runner.executors.executor import Execution, Executor, Exit, Task
from polyaxon_sdk.runner.grace import grace_time
from polyaxon_sdk.runner.memory import LAST_WORDS, killed_so_far, out_of_memory
from polyaxon_sdk.runner.output import Tail
from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runner.progress import read_progress
from polyaxon_sdk.runner.scene import Ending, Scene
from polyaxon_sdk.runner.strays import end_strays
from polyaxon_sdk.runs.state import read_run

__all__ = ["Attempt", "Tried"]

_TICK = 0.1
"""Seconds between two looks at the output."""

_GLANCE = 1.0
"""Seconds between two looks at the progress, at least."""

_SHARE = 20
"""A look at the progress takes at most one part in so many of the time."""

_MOST_READ = 16
"""Pieces of output that are shown before it is looked again at whether the run is to end."""


class Tried(NamedTuple):
    """How an attempt ended.

    Attributes:
        exit: how its process ended; None where it could not be started.
        ending: the final status that it stands for.
    """

    exit: Exit | None
    ending: Ending


class Attempt:
    """One attempt at a run.

    Args:
        scene: the run.
        deadline: when its time is over, by `time.monotonic`; None for never.
        timeout: the seconds that stand for the deadline, for people.
        tail: what of its output was shown.
    """

    def __init__(
        self, scene: Scene, *, deadline: float | None, timeout: float | None, tail: Tail | Tails
    ) -> None:
        self._scene = scene
        self._deadline = deadline
        self._timeout = timeout
        self._tail = tail
        self._obeyed = 0
        self._kill_at: float | None = None
        self._late: Ending | None = None
        self._last_words = b""
        self._killed_before = killed_so_far()

    def run(self, executor: Executor) -> Tried:
        """Carry it out."""
        plan, reporter = self._scene.plan, self._scene.reporter
        failed = self._prepare() if plan.steps else None
        if failed is not None:
            return Tried(None, failed)
        if plan.ports is not None:
            plan.ports.release()
        try:
            execution = self._started(executor)
        except OSError as error:
            return Tried(None, Ending("failed", "StartFailed", _unstarted(error, plan.task)))
        with ExitStack() as stack:
            with reporter.together():
                if execution.pid is not None:
                    reporter.process(plan.task.replica, execution.pid)
                if execution.writer is not None:
                    reporter.console(plan.task.replica, execution.writer)
                beside = stack.enter_context(Beside(self._scene))
            self._heed(execution)
            ended = self._watch(execution, beside)
        strays = ended.strays + (0 if plan.crew is None else end_strays(plan.folder.uuid))
        if strays:
            self._scene.watcher.tell(
                f"what it left behind is ended: {strays} process{'es' if strays > 1 else ''}"
            )
        return Tried(ended, self._ending(ended))

    def _started(self, executor: Executor) -> Execution:
        scene, crew = self._scene, self._scene.plan.crew
        if crew is None:
            return executor.start(scene.plan.task)
        # For several replicas alone.
        from polyaxon_sdk.runner.distributed.execution import CrewExecution, Surroundings

        around = Surroundings(
            report=scene.reporter.process,
            report_console=scene.reporter.console,
            tell=scene.watcher.tell,
            is_unwanted=lambda: scene.asked() is not None,
        )
        return CrewExecution(crew, executor, around)

    @property
    def is_late(self) -> bool:
        """Whether it took longer than it may."""
        return self._late is not None

    def _prepare(self) -> Ending | None:
        """Carry out the init steps; how the run ends where one fails, or it is stopped meanwhile."""
        from polyaxon_sdk.runner.inits.carrying import InitSteps  # threads, for those who prepare something

        plan, reporter, requests, watcher = self._scene
        log = plan.task.output.with_name("init.out")
        steps = InitSteps(plan.steps, log=log, tell=watcher.tell, note=reporter.note, masker=plan.masker)
        steps.start()
        is_told, next_look = False, 0.0
        while not steps.wait(_TICK):
            if is_told:
                continue
            if requests.received:
                is_told = True
                reporter.status("stopping", "Interrupted", f"asked to by {requests.received[0].name}")
                watcher.tell("the run is asked to stop")
            elif self._is_over():
                is_told = True
                self._tell_late()
            elif monotonic() >= next_look:
                is_told, next_look = self._scene.asked() is not None, monotonic() + _GLANCE
            if is_told:
                steps.give_up()
        stopped = self._scene.stopped()
        return (
            stopped
            or self._late
            or (Ending("failed", "InitFailed", steps.problem) if steps.problem else None)
        )

    def _watch(self, execution: Execution, beside: Beside) -> Exit:
        """Show the run until it ends, and stop it when asked to, or when its time is over."""
        next_glance, is_behind = monotonic() + _GLANCE, False
        while (ended := execution.wait(0.0 if is_behind else _TICK)) is None:
            if len(self._scene.requests.received) > self._obeyed:
                self._obey(execution)
            self._keep_time(execution)
            is_behind = self._pass_on()
            beside.look()
            if monotonic() >= next_glance:
                next_glance = self._glance()
        while self._pass_on() and not self._obeyed:  # who wants its end doesn't want all that it said
            continue
        return ended

    def _obey(self, execution: Execution) -> None:
        wanted = self._scene.requests.received[self._obeyed]
        self._obeyed += 1
        if self._obeyed > 1:
            execution.kill()
            self._scene.watcher.tell("the run is killed")
            return
        execution.stop(signal.SIGINT if wanted == signal.SIGINT else signal.SIGTERM)
        grace = grace_time()
        self._kill_at = self._kill_at or monotonic() + grace
        self._scene.reporter.status("stopping", "Interrupted", f"asked to by {wanted.name}")
        self._scene.watcher.tell(
            f"the run is asked to stop, and killed in {grace:g} s; a second Ctrl-C kills it"
        )

    def _heed(self, execution: Execution) -> None:
        """End what has just been started where somebody asked before, and found nothing then that could be ended."""
        if self._scene.asked() is not None:
            execution.stop(signal.SIGTERM)
            self._kill_at = monotonic() + grace_time()

    def _is_over(self) -> bool:
        return self._deadline is not None and monotonic() >= self._deadline

    def _keep_time(self, execution: Execution) -> None:
        """Ask a run whose time is over to end, and kill one that was asked and doesn't."""
        if self._kill_at is None and self._is_over():
            self._tell_late()  # first, so that what the script says of its end comes after
            execution.stop(signal.SIGTERM)
            self._kill_at = monotonic() + grace_time()
        elif self._kill_at is not None and monotonic() >= self._kill_at:
            execution.kill()

    def _tell_late(self) -> None:
        self._late = Ending("failed", "Timeout", f"not over within {self._timeout:g} s")
        self._scene.reporter.status(*self._late)
        self._scene.watcher.tell(f"the run is stopped: {self._late.message}")

    def _pass_on(self) -> bool:
        """Show what it printed; whether there may be more."""
        for _ in range(_MOST_READ):
            if not (data := self._tail.read()):
                return False
            self._last_words = (self._last_words + data[-LAST_WORDS:])[-LAST_WORDS:]
            self._scene.watcher.output(data)
        return True

    def _glance(self) -> float:
        """Show the progress; returns when to do so again."""
        started = monotonic()
        if self._scene.reporter.is_there:
            self._scene.watcher.progress(read_progress(self._scene.plan.folder))
        now = monotonic()
        return now + max(_GLANCE, _SHARE * (now - started))

    def _ending(self, ended: Exit) -> Ending:
        """The final status that an exit stands for."""
        if self._late is not None:
            return self._late
        if self._obeyed:
            name = self._scene.requests.received[0].name
            return Ending("stopped", "Interrupted", f"stopped by {name}")
        if (asked := self._scene.asked()) is not None:
            return Ending(asked, "Runner", str(ended))
        if not ended.succeeded:
            return self._failed(ended)
        missing = _missing(self._scene.plan)
        if missing:
            return Ending("failed", "OutputsMissing", f"never set: {', '.join(missing)}")
        return Ending("succeeded", "Runner", "")

    def _failed(self, ended: Exit) -> Ending:
        memory = out_of_memory(ended, self._last_words, killed=self._killed_before)
        reason = "OutOfMemory" if memory else ended.reason
        return Ending("failed", reason, f"{ended}: {memory}" if memory else str(ended))


def _unstarted(error: OSError, task: Task) -> str:
    """Why a program was not started; its working folder is no less at fault than the program itself."""
    what = "the working folder: " if str(error.filename) == str(task.folder) else ""
    return f"{what}{error.strerror or error}: {error.filename}"


def _missing(plan: Plan) -> list[str]:
    """The outputs that had to be there at the end and are not (semantics 1.5)."""
    wanted = [output.name for output in plan.operation.outputs or [] if output.delay is False]
    if not wanted:
        return []
    values = {**read_run(plan.folder).outputs, **read_progress(plan.folder).metrics}
    return [name for name in wanted if values.get(name) is None]
