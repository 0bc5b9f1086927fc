"""One run from its start to its final status."""

from __future__ import annotations

import signal
from time import monotonic
from typing import NamedTuple, Protocol

from polyaxon_sdk.runner.executors.executor import Execution, Executor, Exit, Task
from polyaxon_sdk.runner.output import Tail
from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runner.progress import Progress, read_progress
from polyaxon_sdk.runner.reporter import Reporter, create
from polyaxon_sdk.runner.stopping import StopRequests
from polyaxon_sdk.runs.state import RunState, read_run
from polyaxon_sdk.runs.status import asked_end
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.sidecar.launch import Sidecar, launch

__all__ = ["Outcome", "Watcher", "carry_out"]

_TICK = 0.1
"""Seconds between two looks at the output."""

_GLANCE = 1.0
"""Seconds between two looks at the progress, at least."""

_SHARE = 20
"""A look at the progress takes at most one part in so many of the time."""

_PATIENCE = 10.0
"""Seconds to wait for the sidecar once the run has ended."""


class Watcher(Protocol):
    """Whoever shows a run to a person; nothing of it may raise."""

    def started(self, plan: Plan) -> None:
        """The run begins."""

    def output(self, data: bytes) -> None:
        """The run's stdout and stderr, as they come."""

    def progress(self, progress: Progress) -> None:
        """How far it is, about once a second."""

    def tell(self, line: str) -> None:
        """Something a person should know."""


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


class _Ending(NamedTuple):
    status: str
    reason: str
    message: str


def carry_out(plan: Plan, *, settings: Settings, executor: Executor, watcher: Watcher) -> Outcome:
    """Run a plan to its end and record what becomes of it.

    Ctrl-C and the signals that end programs are passed on to the run, which then is `stopped`; a second one
    kills it.

    Raises:
        PolyaxonError: the home can't be written; then nothing was started.
    """
    with StopRequests() as requests:
        create(plan, settings)
        # First of all, so that whatever happens here the run doesn't stay as it is now for ever.
        sidecar = launch(plan.folder)
        watcher.started(plan)
        reporter = Reporter(plan.folder, watcher.tell)
        reporter.status("scheduled", "Runner")
        reporter.status("starting", "Runner")
        ended = _run(plan, executor, reporter=reporter, requests=requests, watcher=watcher)
        reporter.close()
    return _outcome(plan, ended, sidecar)


def _run(
    plan: Plan, executor: Executor, *, reporter: Reporter, requests: StopRequests, watcher: Watcher
) -> Exit | None:
    """From the init steps to the final status of the run."""
    failed = _prepare(plan, reporter=reporter, requests=requests, watcher=watcher) if plan.steps else None
    if failed is not None:
        reporter.status(*failed)
        return None
    try:
        execution = executor.start(plan.task)
    except OSError as error:
        reporter.status("failed", "StartFailed", _unstarted(error, plan.task))
        return None
    if execution.pid is not None:
        reporter.process(plan.task.replica, execution.pid)
    if execution.writer is not None:
        reporter.process(plan.task.replica, execution.writer)
    reporter.status("running", "Runner")
    ended, stopped_by = _watch(plan, execution, reporter=reporter, requests=requests, watcher=watcher)
    reporter.status(*_ending(plan, ended, stopped_by))
    return ended


def _prepare(plan: Plan, *, reporter: Reporter, requests: StopRequests, watcher: Watcher) -> _Ending | None:
    """Carry out the init steps; how the run ends where one fails, or it is stopped meanwhile."""
    from polyaxon_sdk.runner.inits.carrying import InitSteps  # threads, for those who prepare something

    log = plan.task.output.with_name("init.out")
    steps = InitSteps(plan.steps, log=log, tell=watcher.tell, note=reporter.note)
    steps.start()
    is_told = False
    while not steps.wait(_TICK):
        if requests.received and not is_told:
            is_told = True
            reporter.status("stopping", "Interrupted", f"asked to by {requests.received[0].name}")
            watcher.tell("the run is asked to stop")
            steps.give_up()
    if requests.received:
        return _Ending("stopped", "Interrupted", f"stopped by {requests.received[0].name}")
    return _Ending("failed", "InitFailed", steps.problem) if steps.problem else None


def _watch(
    plan: Plan, execution: Execution, *, reporter: Reporter, requests: StopRequests, watcher: Watcher
) -> tuple[Exit, signal.Signals | None]:
    """Show the run until it ends, and stop it when asked to; how it ended, and what asked for it."""
    tail, obeyed, next_glance = Tail(plan.task.output), 0, monotonic() + _GLANCE
    while (ended := execution.wait(_TICK)) is None:
        if len(requests.received) > obeyed:
            _obey(execution, requests.received[obeyed], again=obeyed > 0, reporter=reporter, watcher=watcher)
            obeyed += 1
        _pass_on(tail, watcher)
        if monotonic() >= next_glance:
            next_glance = _glance(plan, reporter, watcher)
    _pass_on(tail, watcher)
    tail.close()
    return ended, requests.received[0] if obeyed else None


def _obey(
    execution: Execution, wanted: signal.Signals, *, again: bool, reporter: Reporter, watcher: Watcher
) -> None:
    if again:
        execution.kill()
        watcher.tell("the run is killed")
        return
    execution.stop(signal.SIGINT if wanted == signal.SIGINT else signal.SIGTERM)
    reporter.status("stopping", "Interrupted", f"asked to by {wanted.name}")
    watcher.tell("the run is asked to stop; a second Ctrl-C kills it")


def _pass_on(tail: Tail, watcher: Watcher) -> None:
    while data := tail.read():
        watcher.output(data)


def _glance(plan: Plan, reporter: Reporter, watcher: Watcher) -> float:
    """Show the progress; returns when to do so again."""
    started = monotonic()
    if reporter.is_there:
        watcher.progress(read_progress(plan.folder))
    now = monotonic()
    return now + max(_GLANCE, _SHARE * (now - started))


def _ending(plan: Plan, ended: Exit, stopped_by: signal.Signals | None) -> _Ending:
    """The final status that an exit stands for."""
    if stopped_by is not None:
        return _Ending("stopped", "Interrupted", f"stopped by {stopped_by.name}")
    if (asked := _asked(plan)) is not None:
        return _Ending(asked, "Runner", str(ended))
    if not ended.succeeded:
        return _Ending("failed", "Signal" if ended.signal else "ExitCode", str(ended))
    missing = _missing(plan)
    if missing:
        return _Ending("failed", "OutputsMissing", f"never set: {', '.join(missing)}")
    return _Ending("succeeded", "Runner", "")


def _asked(plan: Plan) -> str | None:
    """The final status that somebody else asked for (`runner.stop`)."""
    try:
        return asked_end(read_run(plan.folder).conditions)
    except OSError:  # of the run folder: how the process ended is known all the same
        return None


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


def _outcome(plan: Plan, ended: Exit | None, sidecar: Sidecar) -> Outcome:
    if not plan.folder.record.is_dir():
        return Outcome(None, ended, is_shipped=False)
    try:
        is_shipped = sidecar.wait(_PATIENCE)
    except KeyboardInterrupt:
        is_shipped = False  # the person doesn't want to wait; the sidecar goes on by itself
    return Outcome(read_run(plan.folder), ended, is_shipped)
