"""This process as the host of its runs: it begins, joins and ends them."""

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
from polyaxon_sdk.tracking.parts import Belonging, Part, goes_on, uuid_shared
from polyaxon_sdk.tracking.run import Run
from polyaxon_sdk.tracking.trouble import Trouble
from polyaxon_sdk.types import Json

if TYPE_CHECKING:
    from polyaxon_sdk.tracking.resuming import Resume

__all__ = ["ProcessHost", "describe", "going_on"]

_SUBSTITUTE_WITHIN = 60.0
"""Seconds that the end of a run waits for the thread that does a sidecar's work."""


class ProcessHost:
    """Begins and ends the runs of this process.

    Args:
        active: is told which of them is the active one.
        attach: joins the run in a folder; it can be pickled.
    """

    def __init__(self, active: Active, attach: Callable[[str], Run]) -> None:
        self.begun = 0
        self._active = active
        self._attach = attach
        self._beside: dict[str, Company | SharedCompany] = {}
        self._children: Counter[str] = Counter()

    @property
    def attach(self) -> Callable[[str], Run]:
        """What joins the run in a folder."""
        return self._attach

    def begin(
        self,
        settings: Settings,
        belonging: Belonging,
        created: Mapping[str, Json],
        *,
        upstream: str | None = None,
        resume: Resume = False,
        from_step: int | None = None,
    ) -> Run:
        """Begin the run that `belonging` names, or one that keeps nothing where the settings say so.

        Args:
            settings: those in force.
            belonging: which run it is, and what this process is to it.
            created: what is known of a new one.
            upstream: the run that it is within.
            resume, from_step: how a run goes on that is there, as `init` takes them.

        Raises:
            InputError: a run that is to go on is not there.
            PolyaxonError: the home can't be written.
        """
        resumption = _resumption_of(settings, belonging, resume, from_step)
        if settings.flag("no_op"):
            return self.keep_nothing()
        belonging = going_on(settings, belonging)
        begun = open_run(folder_of(settings, belonging))
        run = Run(begun.place, part=belonging.part, host=self)
        company = self._company_of(run, begun, settings)
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
        self.begun += 1
        self._active.begin(run)
        if belonging.part == "leader" and _waits(settings):
            self._active.heed_termination()
        return run

    def join(self, folder: RunFolder, belonging: Belonging) -> Run:
        """Begin with a run that others see to."""
        begun = open_run(folder)
        begin(begun, belonging, {})
        run = Run(begun.place, part=belonging.part, host=self)
        self._active.begin(run)
        return run

    def keep_nothing(self) -> Run:
        """Begin a run that keeps nothing."""
        run = Run(Nowhere(), host=self)
        self._active.begin(run)
        return run

    def ended(self, run: Run) -> None:
        """Make the run before it the active one."""
        if (company := self._beside.get(run.uuid)) is not None:
            company.end()
        self._active.ended(run)

    def closed(self, folder: RunFolder, part: Part) -> None:
        """See to it that somebody finishes what a process leaves: a thread of its own is waited for."""
        with suppress(OSError):  # the run is gone, or no process can be started; `polyaxon sync` finishes it
            company = self._beside.pop(folder.uuid, None)
            if company is not None and not company.finish(_SUBSTITUTE_WITHIN):
                Trouble().of(f"not all of the run is shipped yet, `polyaxon sync` does that: {folder.uuid}")
            elif part == "leader":
                self._await_shipped(folder)
            if part in {"rank", "child"}:
                from polyaxon_sdk.sidecar.attendance import attend  # what starts processes comes with it

                attend(folder, is_rank=part == "rank")

    def begin_child(
        self, parent: Run, *, name: str | None, description: str | None, tags: str | Sequence[str] | None
    ) -> Run:
        """Begin a run within another."""
        with self._active.lock:
            settings = load()
            if settings.flag("no_op") or not parent.is_kept:
                return self.keep_nothing()
            state = parent.run_data
            created = facts_of_new(settings, (), project=state.project, owner=state.owner)
            run = self.begin(settings, self._belonging_of_child(parent), created, upstream=parent.uuid)
        describe(run, name, description, tags)
        return run

    def _belonging_of_child(self, parent: Run) -> Belonging:
        """Ranks have their children in common, told apart by their number."""
        if parent.part == "child" or rank_of() is None:
            return Belonging(None, "leader")
        self._children[parent.uuid] += 1
        uuid = uuid_shared("child", parent.uuid, self._children[parent.uuid])
        return Belonging(uuid, "rank" if parent.part == "rank" else "leader")

    def _company_of(self, run: Run, begun: Begun, settings: Settings) -> Company | SharedCompany | None:
        """The processes that are to be beside a run; None where others see to it."""
        is_rank = run.part == "rank"
        if run.part != "leader" and not (is_rank and _is_heard_alone(settings)):
            return None
        company = company_of(run, begun.place, settings, is_new=begun.is_new, is_rank=is_rank)
        self._beside[run.uuid] = company
        return company

    def _await_shipped(self, folder: RunFolder) -> None:
        """Wait where the sidecar doesn't outlive this process: for a run within another when that ends."""
        settings, call = load(), CALL.get()
        if _waits(settings):
            from polyaxon_sdk.tracking.shipping import ENDS  # it scans and hashes, where it is used

            later = bool(self._active.open) or (call is not None and call.is_recorded)
            ENDS.wait(folder, settings, later=later)


def going_on(settings: Settings, belonging: Belonging) -> Belonging:
    """A child joins a run that goes on; after its end it has a run of its own."""
    if belonging.part != "child" or goes_on(folder_of(settings, belonging), settings.run_process):
        return belonging
    return Belonging(None, "leader")


def describe(
    run: Run,
    name: str | None,
    description: str | None,
    tags: str | Sequence[str] | None,
    artifacts_path: str | None = None,
    *,
    is_mirrored: bool = False,
) -> None:
    """Say what a run is called, where it is not for others to say, and where its artifacts are."""
    if run.part in {"leader", "managed"}:
        if name is not None or description is not None:
            run.update(name=name, description=description)
        if tags:
            run.log_tags(tags)
        if is_mirrored:
            run.mirror_outputs()
    if artifacts_path is not None:
        run.set_artifacts_path(artifacts_path)


def _resumption_of(
    settings: Settings, belonging: Belonging, resume: Resume, from_step: int | None
) -> Resumption:
    """How the run goes on, where somebody asks for that."""
    if resume is False and from_step is None:
        return NOT_RESUMED
    from polyaxon_sdk.tracking.resuming import resumption_of  # for runs that go on

    return resumption_of(settings, belonging, resume, from_step)


def _is_heard_alone(settings: Settings) -> bool:
    """Whether nobody else hears what a rank prints, as a runner does."""
    call = CALL.get()
    return not settings.flag("is_managed") and (call is None or not call.is_recorded)


def _waits(settings: Settings) -> bool:
    """Whether a run is shipped from here, where its sidecar doesn't outlive this process."""
    if settings.artifacts_store is None:
        return False
    from polyaxon_sdk.sidecar.outliving import patience  # for runs that ship

    return patience(settings) > 0
