"""How a run of a pipeline is carried out, once its turn has come."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from polyaxon_sdk.compiler import Merges
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1Operation
from polyaxon_sdk.polyflow.templates import unverbatim
from polyaxon_sdk.runner.conditions import is_met
from polyaxon_sdk.runner.descent import descent_from
from polyaxon_sdk.runner.draft import Draft, Labels, draft
from polyaxon_sdk.runner.life import Found
from polyaxon_sdk.runner.pipelines.schedule import Next, Verdict
from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runner.rerun import ports_of_run, resume
from polyaxon_sdk.runner.schedules.tick import tick_of
from polyaxon_sdk.runner.upstream import Edge, has_joins
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import Settings

__all__ = ["Planning"]


class Planning:
    """Plans the runs of one pipeline.

    Args:
        drafted: the pipeline, compiled for its own run.
        plan: plans a run, whatever it is.
        settle: waits until what the runs so far logged is drained.

    Attributes:
        parent: what ties each run to the pipeline.
    """

    def __init__(
        self,
        drafted: Draft,
        *,
        settings: Settings,
        plan: Callable[[Draft], Plan],
        settle: Callable[[], None],
    ) -> None:
        self._drafted = drafted
        self._settings = settings
        self._plan = plan
        self._settle = settle
        self._merges = Merges()
        self._tick = tick_of(drafted.folder)
        self.parent = Edge(drafted.folder.uuid, "pipeline", [])

    def planned(self, wanted: Next, found: Found | None) -> Plan | Verdict:
        """How a run is carried out; where it is not, how it ends instead, and why.

        Args:
            wanted: what the schedule starts, or doesn't.
            found: the run that was begun for it before; None for none.
        """
        if wanted.operation is None:
            return Verdict(wanted.status, "Runner", wanted.message)
        try:
            plan = self._new(wanted, wanted.operation, found)
            if plan is None:
                told = f"condition is false: {wanted.operation.conditions}"
                return Verdict("skipped", "Runner", told)
            if plan.build is not None and found is not None:
                plan = evolve(plan, build=plan.build.after(found.folder))
            return self._again(found) or plan
        except InputError as error:
            return Verdict("failed", "Runner", str(error))

    def _new(self, wanted: Next, operation: V1Operation, found: Found | None) -> Plan | None:
        """A run, maybe from the outputs of another on; None where its condition is false."""
        if not _is_met(operation):
            return None
        if has_joins(operation):
            self._settle()
        labels = Labels(project=f"{self._drafted.owner}/{self._drafted.project}")
        bare = operation if operation.conditions is None else evolve(operation, conditions=None)
        drafted = draft(
            bare,
            settings=self._settings,
            params={},
            labels=labels,
            inherited=self._drafted.operation,
            schedule_at=self._tick,
            ports_before=() if found is None else ports_of_run(found.folder),
            merges=self._merges,
        )
        descent = descent_from(RunFolder(self._settings.runs / wanted.after)) if wanted.after else None
        edges = (self.parent, *wanted.edges, *drafted.edges)
        return self._plan(evolve(drafted, edges=edges, descent=descent))

    def _again(self, found: Found | None) -> Plan | None:
        """The next attempt of a pipeline within this one that was cut off or failed; None where there is none."""
        if found is None or found.state.kind not in ("dag", "matrix") or found.life == "running":
            return None
        return self._plan(resume(self._settings, found.folder))


def _is_met(operation: V1Operation) -> bool:
    """Whether the condition of an operation, whose references have their values, is true.

    Raises:
        InputError: it is no template, names what isn't there, or is neither true nor false.
    """
    known = {io.name: io.value for io in (operation.component.inputs if operation.component else None) or []}
    known |= {name: unverbatim(param.value) for name, param in (operation.params or {}).items()}
    return is_met(operation.conditions, known)
