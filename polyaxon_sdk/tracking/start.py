"""Starting to track: attach to the run this process was started for, or make a new one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import Settings, load, rank_of
from polyaxon_sdk.tracking.active import Active
from polyaxon_sdk.tracking.beginning import (
    NOT_RESUMED,
    Begun,
    Resumption,
    await_rewind,
    begin,
    facts_of_new,
    folder_of,
    open_run,
)
from polyaxon_sdk.tracking.call import CALL
from polyaxon_sdk.tracking.company import Company, SharedCompany, company_of
from polyaxon_sdk.tracking.nowhere import Nowhere
from polyaxon_sdk.tracking.parts import Belonging, Part, belonging_of, goes_on, uuid_of, uuid_shared
from polyaxon_sdk.tracking.run import Run
from polyaxon_sdk.tracking.trouble import Trouble
from polyaxon_sdk.types import Json

if TYPE_CHECKING:
    from polyaxon_sdk.tracking.resuming import Resume

__all__ = ["ACTIVE", "attach", "init"]

_SUBSTITUTE_WITHIN = 60.0
"""Seconds that the end of a run waits for the thread that does a sidecar's work."""


def init(
    owner: str | None = None,
    project: str | None = None,
    run_uuid: str | None = None,
    *,
    name: str | None = None,
    description: str | None = None,
    tags: str | Sequence[str] | None = None,
    is_new: bool = False,
    is_offline: bool = False,
    resume: Resume = False,
    resume_from_step: int | None = None,
    track_code: bool | None = None,
    track_env: bool | None = None,
    track_logs: bool | None = None,
    collect_artifacts: bool | None = None,
    collect_resources: bool | None = None,
    ship_mirror: bool | None = None,
    artifacts_path: str | None = None,
    client: object = None,
    refresh_data: bool = False,
    log_context: bool = False,
) -> Run:
    """Start to track this process, and return the run.

    In a process that `polyaxon run` started it attaches to that run, and in one that a tracking process started to its;
    where a run is active already it returns that one; otherwise it makes a new run in the home and starts its sidecar.
    The ranks of one training have one run. With `POLYAXON_NO_OP` everything is accepted and nothing is kept.

    Args:
        owner, project: the project of a new run, also as `owner/project`; by default the configured one.
        run_uuid: the run to attach to, or the uuid of a new one.
        name, description, tags: what the run is called; they are set on a run that is attached to as well.
        is_new, is_offline: make a new run even where one is active; use the offline root where one is set.
        resume: begin a new attempt of a run that is there, whether the last one ended or not; where it is not there,
            see `Resume`.
        resume_from_step: the first step that is logged anew; that is `resume=True` too. What was logged at it and
            behind it is kept under `superseded` in the run (see `RunClient`), its outputs and artifacts are hidden.
        track_code, track_env, track_logs, collect_resources: whether to capture git state, packages, what is printed,
            and what the machine does; by default as configured. `polyaxon run` captures what is printed anyway.
        collect_artifacts, ship_mirror: whether to ship the run, and what is deleted of its outputs; likewise.
        artifacts_path: as `set_artifacts_path` takes it.
        client, refresh_data, log_context: accepted for existing scripts: there is no server.

    Raises:
        InputError: `run_uuid` or a setting is malformed, or a run that is to go on is not there.
        PolyaxonError: the home can't be written.

    >>> tracking.init(name="digits", tags=["cnn"])  # doctest: +SKIP
    Run(uuid='0f5a8b1c2d3e4f5061728394a5b6c7d8')
    """
    del client, refresh_data, log_context
    told = (track_code, track_env, track_logs, collect_artifacts, collect_resources, ship_mirror)
    with ACTIVE.lock:
        ACTIVE.begin_expected()
        run = None if is_new else _open_run(uuid_of(run_uuid))
        if run is None:
            settings = load().offline() if is_offline else load()
            belonging = belonging_of(settings, run_uuid, is_new=is_new, begun=_HOST.begun)
            resumption = _resumption_of(settings, belonging, resume, resume_from_step)
            created = facts_of_new(settings, told, project=project, owner=owner)
            run = _begin(settings, belonging, created, resumption=resumption)
        _describe(run, name=name, description=description, tags=tags, is_mirrored=bool(ship_mirror))
        if artifacts_path is not None:
            run.set_artifacts_path(artifacts_path)
        return run


def _resumption_of(
    settings: Settings, belonging: Belonging, resume: Resume, from_step: int | None
) -> Resumption:
    """How the run goes on, where somebody asks for that."""
    if resume is False and from_step is None:
        return NOT_RESUMED
    from polyaxon_sdk.tracking.resuming import resumption_of  # for runs that go on

    return resumption_of(settings, belonging, resume, from_step)


def attach(path: str) -> Run:
    """The run in the folder `path`, joined by this process; what a run that was handed to it becomes."""
    with ACTIVE.lock:
        ACTIVE.begin_expected()
        settings, folder = load(), RunFolder(path)
        if not path or settings.flag("no_op"):
            return _keep_nothing()
        if (run := next((each for each in ACTIVE.open if each.folder == folder.path), None)) is not None:
            return run
        return _joined(folder, Belonging(folder.uuid, "child"))


def _join() -> None:
    """Begin with the run of the process that started this one, where that goes on."""
    with ACTIVE.lock:
        settings = load()
        if ACTIVE.is_none and settings.run_process is not None and not settings.flag("no_op"):
            belonging = _going_on(settings, belonging_of(settings, None, is_new=False, begun=0))
            if belonging.part == "child":
                _joined(folder_of(settings, belonging), belonging)


def _open_run(uuid: str | None) -> Run | None:
    """The run that is meant, where it is open in this process."""
    if ACTIVE.is_none or uuid is None:
        return None if ACTIVE.is_none else ACTIVE.run
    return next((run for run in ACTIVE.open if run.uuid == uuid), None)


def _begin(
    settings: Settings,
    belonging: Belonging,
    created: Mapping[str, Json],
    *,
    upstream: str | None = None,
    resumption: Resumption = NOT_RESUMED,
) -> Run:
    if settings.flag("no_op"):
        return _keep_nothing()
    belonging = _going_on(settings, belonging)
    begun = open_run(folder_of(settings, belonging))
    run = Run(begun.place, part=belonging.part, host=_HOST)
    company = _company_of(run, begun, settings)
    with begun.place.together():
        begin(begun, belonging, created, upstream=upstream, resumption=resumption)
        if company is not None and created["track_logs"]:
            company.prepare()
        if company is not None:
            company.spawn()  # it takes its time beside this process, which writes meanwhile
    if company is not None:
        company.start()  # last of all: what is started wants the processor too
    if resumption.step is not None and not begun.is_new and belonging.part != "child":
        await_rewind(begun.place, resumption.step)
    _HOST.begun += 1
    ACTIVE.begin(run)
    if belonging.part == "leader" and _waits(settings):
        ACTIVE.heed_termination()
    return run


def _company_of(run: Run, begun: Begun, settings: Settings) -> Company | SharedCompany | None:
    """The processes that are to be beside a run; None where others see to it."""
    is_rank = run.part == "rank"
    if run.part != "leader" and not (is_rank and _is_heard_alone(settings)):
        return None
    company = company_of(run, begun.place, settings, is_new=begun.is_new, is_rank=is_rank)
    _HOST.beside[run.uuid] = company
    return company


def _is_heard_alone(settings: Settings) -> bool:
    """Whether nobody else hears what a rank prints, as a runner does."""
    call = CALL.get()
    return not settings.flag("is_managed") and (call is None or not call.is_recorded)


def _joined(folder: RunFolder, belonging: Belonging) -> Run:
    begun = open_run(folder)
    begin(begun, belonging, {})
    run = Run(begun.place, part=belonging.part, host=_HOST)
    ACTIVE.begin(run)
    return run


def _keep_nothing() -> Run:
    run = Run(Nowhere(), host=_HOST)
    ACTIVE.begin(run)
    return run


def _going_on(settings: Settings, belonging: Belonging) -> Belonging:
    """A child joins a run that goes on; after its end it has a run of its own."""
    if belonging.part != "child" or goes_on(folder_of(settings, belonging), settings.run_process):
        return belonging
    return Belonging(None, "leader")


class _Host:
    """What runs ask of the process that they are in."""

    def __init__(self) -> None:
        self.begun = 0
        self.beside: dict[str, Company | SharedCompany] = {}
        self._children: Counter[str] = Counter()

    @property
    def attach(self) -> Callable[[str], Run]:
        """What joins the run in a folder."""
        return attach

    def ended(self, run: Run) -> None:
        """Make the run before it the active one."""
        if (company := self.beside.get(run.uuid)) is not None:
            company.end()
        ACTIVE.ended(run)

    def closed(self, folder: RunFolder, part: Part) -> None:
        """See to it that somebody finishes what a process leaves: a thread of its own is waited for."""
        with suppress(OSError):  # the run is gone, or no process can be started; `polyaxon sync` finishes it
            company = self.beside.pop(folder.uuid, None)
            if company is not None and not company.finish(_SUBSTITUTE_WITHIN):
                Trouble().of(f"not all of the run is shipped yet, `polyaxon sync` does that: {folder.uuid}")
            elif part == "leader":
                _await_shipped(folder)
            if part in {"rank", "child"}:
                from polyaxon_sdk.sidecar.attendance import attend  # what starts processes comes with it

                attend(folder, is_rank=part == "rank")

    def begin_child(
        self, parent: Run, *, name: str | None, description: str | None, tags: str | Sequence[str] | None
    ) -> Run:
        """Begin a run within another."""
        with ACTIVE.lock:
            settings = load()
            if settings.flag("no_op") or not parent.is_kept:
                return _keep_nothing()
            state = parent.run_data
            created = facts_of_new(settings, (), project=state.project, owner=state.owner)
            run = _begin(settings, self._belonging_of_child(parent), created, upstream=parent.uuid)
        _describe(run, name=name, description=description, tags=tags)
        return run

    def _belonging_of_child(self, parent: Run) -> Belonging:
        """Ranks have their children in common, told apart by their number."""
        if parent.part == "child" or rank_of() is None:
            return Belonging(None, "leader")
        self._children[parent.uuid] += 1
        uuid = uuid_shared("child", parent.uuid, self._children[parent.uuid])
        return Belonging(uuid, "rank" if parent.part == "rank" else "leader")


def _waits(settings: Settings) -> bool:
    """Whether a run is shipped from here, where its sidecar doesn't outlive this process."""
    if settings.artifacts_store is None:
        return False
    from polyaxon_sdk.sidecar.outliving import patience  # for runs that ship

    return patience(settings) > 0


def _await_shipped(folder: RunFolder) -> None:
    """Wait where the sidecar doesn't outlive this process: for a run within another when that ends."""
    settings, call = load(), CALL.get()
    if _waits(settings):
        from polyaxon_sdk.tracking.shipping import ENDS  # it scans and hashes, where it is used

        ENDS.wait(folder, settings, later=bool(ACTIVE.open) or (call is not None and call.is_recorded))


_HOST = _Host()

ACTIVE = Active(_join)
"""The run that is active in this process."""


def _describe(
    run: Run,
    *,
    name: str | None,
    description: str | None,
    tags: str | Sequence[str] | None,
    is_mirrored: bool = False,
) -> None:
    """Say what a run is called, where it is not for others to say."""
    if run.part not in {"leader", "managed"}:
        return
    if name is not None or description is not None:
        run.update(name=name, description=description)
    if tags:
        run.log_tags(tags)
    if is_mirrored:
        run.mirror_outputs()
