"""Carrying out whatever can be run here: a job, a dag, a search."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, closing, nullcontext, suppress
from time import time

from attrs import evolve

from polyaxon_sdk.exceptions import InputError, PolyaxonError
from polyaxon_sdk.polyflow import Schedule, V1Cache
from polyaxon_sdk.runner.attending import attending
from polyaxon_sdk.runner.draft import Draft
from polyaxon_sdk.runner.executors.executor import Executor
from polyaxon_sdk.runner.feasible import is_pipeline
from polyaxon_sdk.runner.lifecycle import PATIENCE, Outcome, carry_out
from polyaxon_sdk.runner.named_lines import NamedLines
from polyaxon_sdk.runner.plan import Plan, make_plan
from polyaxon_sdk.runner.progress import Progress
from polyaxon_sdk.runner.rerun import as_it_is
from polyaxon_sdk.runner.sidecars import share
from polyaxon_sdk.runner.upstream import Edge
from polyaxon_sdk.runner.watcher import Watcher
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import read_facts
from polyaxon_sdk.runs.reserve import Reserve
from polyaxon_sdk.runs.state import RunState, read_run
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.sidecar.watch import crew

__all__ = ["Nobody", "carry_out_any", "carry_out_whole", "plan_any"]


class Nobody:
    """A watcher that shows nothing."""

    def started(self, plan: Plan) -> None:
        """The run begins."""

    def output(self, data: bytes) -> None:
        """The run prints."""

    def progress(self, progress: Progress) -> None:
        """The run gets on."""

    def tell(self, line: str) -> None:
        """Something a person should know."""

    def close(self) -> None:
        """No more comes."""


class Heard(Nobody):
    """A watcher of one run among others, which shows what it prints, and what a person should know: what it waits for,
    where a service answers.

    Args:
        watcher: of the others.
        plan: of the run.
        title: what the run is called there, `name` as its lines are.
        said: of a search, what its runs told so far: what all of them tell alike is shown once; None elsewhere.
    """

    def __init__(
        self, watcher: Watcher, plan: Plan, *, title: str, name: str, said: set[str] | None = None
    ) -> None:
        self._watcher = watcher
        self._title = f"{title} {plan.folder.uuid[:12]}"
        self._said = said
        self._lines = NamedLines(name)

    def output(self, data: bytes) -> None:
        """The run prints."""
        if lines := self._lines.of(data):
            self._watcher.output(lines)

    def tell(self, line: str) -> None:
        """Something a person should know."""
        if self._said is not None:
            if line in self._said:
                return
            self._said.add(line)
        self._watcher.tell(f"{self._title} {line.removeprefix('the run ')}")

    def close(self) -> None:
        """Show what it printed last without a newline."""
        if rest := self._lines.rest():
            self._watcher.output(rest)


class Above(Nobody):
    """A watcher of a pipeline within another: it shows what its runs print and how they end, and what it tells itself.

    Args:
        watcher: of the outermost one.
        path: what the pipeline is called there, with those that it is within.
        is_search: whether its runs have its name.
    """

    def __init__(self, watcher: Watcher, path: str, *, is_search: bool) -> None:
        self.watcher = watcher
        self.path = path
        self._is_search = is_search

    def tell(self, line: str) -> None:
        """Something a person should know of the pipeline."""
        self.watcher.tell(f"{self.path}: {line.removeprefix('the run ')}")

    def ended(self, name: str, line: str) -> None:
        """A run of the pipeline has ended."""
        self.watcher.tell(f"{self.path if self._is_search else f'{self.path}/{name}'} {line}")


def _among(watcher: Watcher, plan: Plan, kind: str = "", *, said: set[str] | None = None) -> Above | Heard:
    """What sees a run that others are beside; one of a search, which all have its name, is told by its uuid.

    Args:
        said: of a search, what its runs told so far.
    """
    is_tried = said is not None
    title = f"{kind}{plan.operation.name or plan.kind}"
    if isinstance(watcher, Above):
        title, watcher = watcher.path if is_tried else f"{watcher.path}/{title}", watcher.watcher
    name = f"{title} {plan.folder.uuid[:12]}" if is_tried else title
    if plan.pipeline is not None:
        return Above(watcher, name, is_search=plan.kind == "matrix")
    return Heard(watcher, plan, title=title, name=name, said=said)


def plan_any(drafted: Draft) -> Plan:
    """As `make_plan`, of a draft of any kind.

    Raises:
        InputError: it can't be carried out here; the field that asks for more is named. Or its schedule has no run
            to come, or nothing is to be kept, so that nobody would ever have its outputs.
    """
    if drafted.settings.flag("no_op"):
        raise InputError(
            "a run in a process of its own has no outputs where nothing is kept",
            where=drafted.settings.sources["no_op"],
            expected="a plain call of the function, or POLYAXON_NO_OP=false",
        )
    if not is_pipeline(drafted.operation):
        return make_plan(drafted)
    from polyaxon_sdk.runner.pipelines.feasible import plan_pipeline  # graphs and searches, for pipelines

    if drafted.operation.schedule is not None:
        _check_coming(drafted, drafted.operation.schedule)
    return plan_pipeline(drafted)


def _check_coming(drafted: Draft, schedule: Schedule) -> None:
    """Refuse a schedule of which no run is to come; one that is resumed counts from when it was made."""
    from polyaxon_sdk.runner.schedules.coming import check_coming  # cron lines, for schedules
    from polyaxon_sdk.runner.schedules.ticks import Ticks  # likewise
    from polyaxon_sdk.runner.schedules.zone import zone_of  # likewise

    now = time()
    is_resumed = drafted.descent is not None and drafted.descent.kind == "resume"
    made = read_run(drafted.folder).created_at if is_resumed else None
    ticks = Ticks(schedule, created=now if made is None else made, zone=zone_of(drafted.settings))
    check_coming(ticks, now)


def carry_out_whole(plan: Plan, *, settings: Settings, executor: Executor, watcher: Watcher) -> Outcome:
    """As `carry_out_any`, and the hooks that its end sets off, one after the other; how the run itself ended.

    Raises:
        PolyaxonError: the home can't be written; then nothing was started.
    """
    outcome = _reused(plan, settings=settings, executor=executor, watcher=watcher)
    if outcome.state is None or not outcome.state.is_done or not plan.operation.hooks:
        return outcome
    from polyaxon_sdk.runner.hooks import hooks_after  # hubs, for runs with hooks

    for each in hooks_after(plan.operation, outcome.state, settings):
        if each.draft is None:
            watcher.tell(f"hook {each.name}: {each.problem}")
            continue
        try:
            hook = plan_any(each.draft)
            seen = _among(watcher, hook, "hook ")
            with closing(seen):
                ended = carry_out_any(hook, settings=settings, executor=executor, watcher=seen).state
        except PolyaxonError as error:
            watcher.tell(f"hook {each.name}: {error}")
            continue
        status = ended.status if ended else "unknown"
        watcher.tell(f"hook {each.name} {hook.folder.uuid[:12]} {status}")
    return outcome


def _reused(plan: Plan, *, settings: Settings, executor: Executor, watcher: Watcher) -> Outcome:
    """As `carry_out_any`; a run whose `cache` asks for it may be taken from an earlier one."""

    def carry(each: Plan) -> Outcome:
        return carry_out_any(each, settings=settings, executor=executor, watcher=watcher)

    if not isinstance(plan.operation.cache, V1Cache) or plan.operation.cache.disable is not False:
        return carry(plan)
    from polyaxon_sdk.runner.reuse.reusing import Reusing  # the syntax trees, for those who reuse

    return Reusing(settings, carry=carry, tell=watcher.tell).carry(plan)


def carry_out_any(
    plan: Plan, *, settings: Settings, executor: Executor, watcher: Watcher, patience: float = PATIENCE
) -> Outcome:
    """As `lifecycle.carry_out`, of a plan of any kind; of a pipeline, the watcher sees the pipeline itself.

    Raises:
        PolyaxonError: the home can't be written; then nothing was started.
    """
    if plan.operation.schedule is not None:
        from polyaxon_sdk.runner.schedules.beginning import begin  # cron lines, for schedules

        return begin(plan, settings, watcher)
    if plan.pipeline is None:
        plan = _with_build(plan, settings, executor)
        return carry_out(plan, settings=settings, executor=executor, watcher=watcher, patience=patience)
    from polyaxon_sdk.runner.pipelines.pipeline import Within, carry_out_pipeline  # tuners, for pipelines

    reserve = Reserve(plan.folder)
    said: set[str] | None = set() if plan.kind == "matrix" else None

    def carry(child: Plan) -> Outcome:
        # What comes next waits for the record alone: the pipeline waits for the sidecars where it needs them.
        with closing(_among(watcher, child, said=said)) as seen:
            if child.pipeline is not None:
                return carry_out_any(child, settings=settings, executor=executor, watcher=seen, patience=0.0)
            child = _with_build(child, settings, executor)
            return carry_out(
                child,
                settings=settings,
                executor=executor,
                watcher=seen,
                patience=0.0,
                beside=share,
                reserve=reserve,
            )

    def attend(run: RunFolder) -> AbstractContextManager[Callable[[], None]]:
        return _attending(run, settings, watcher)

    def ended(name: str, line: str) -> None:
        watcher.tell(f"{name} {line}")

    heard = watcher.ended if isinstance(watcher, Above) else ended
    within = Within(plan_any, carry, attend, heard, patience, reserve)
    return carry_out_pipeline(plan, settings=settings, watcher=watcher, within=within)


def _attending(
    run: RunFolder, settings: Settings, watcher: Watcher
) -> AbstractContextManager[Callable[[], None]]:
    """Looks after a service that goes on and whose runner is gone; other runs need nobody."""
    with suppress(PolyaxonError, OSError):  # it is waited for all the same
        if read_run(run).kind == "service" and crew(run, read_facts(run)).is_left:
            plan = plan_any(as_it_is(settings, run))
            if plan.service is not None:
                return attending(plan, _among(watcher, plan))
    return nullcontext(lambda: None)


def _with_build(plan: Plan, settings: Settings, executor: Executor) -> Plan:
    """The plan with its build as its first init step."""
    if plan.build is None:
        return plan
    from polyaxon_sdk.runner.builds.step import BuildStep  # for runs with builds

    drafted = plan.build.draft

    def carry() -> RunState | None:
        build = plan_any(drafted)
        return carry_out_any(build, settings=settings, executor=executor, watcher=Nobody()).state

    name, place, before = plan.build.name, plan.build.place, plan.build.before
    step = BuildStep(name=name, folder=drafted.folder, carry=carry, place=place, before=before)
    edges = plan.edges
    if place is None:  # known from its first moment on, for whoever goes on where this process is killed
        edges = (*edges, Edge((before or drafted.folder).uuid, "build", []))
    return evolve(plan, build=None, steps=(step, *plan.steps), edges=edges)
