"""The run of an operation that is on a schedule: it only waits; whoever keeps the schedules starts its runs."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import cast

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runner.lifecycle import Outcome
from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runner.reporter import Reporter, create
from polyaxon_sdk.runner.schedules.ticks import Ticks
from polyaxon_sdk.runner.schedules.zone import zone_of
from polyaxon_sdk.runner.watcher import Watcher
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.types import JsonObject

__all__ = ["begin"]


def begin(plan: Plan, settings: Settings, watcher: Watcher) -> Outcome:
    """Make the run of a schedule, and say when its first run will be.

    Raises:
        InputError: it holds what is masked where it is written down, so that no later run would have it; or a setting
            that schedules need is wrong.
        PolyaxonError: the home can't be written.
    """
    values = cast("JsonObject", plan.operation.values())
    if masked := [name for name, value in values.items() if plan.masker.value(name, value) != value]:
        raise InputError(
            f"masked where it is written down: {', '.join(masked)}",
            path="inputs",
            expected="an environment variable of `polyaxon agent`, which starts the runs",
        )
    zone, schedule = zone_of(settings), plan.operation.schedule
    assert schedule is not None  # whoever calls looked
    writer = create(plan, settings)
    watcher.started(plan)
    created = read_run(plan.folder).created_at or 0.0
    first = next(Ticks(schedule, created=created, zone=zone).after(created), None)
    told = "there is no run to come" if first is None else f"the first run is at {_shown(first, zone)}"
    reporter = Reporter(plan.folder, watcher.tell, writer=writer)
    reporter.status("on_schedule", "Schedule", f"{told}; `polyaxon agent` starts the runs")
    reporter.close()
    return Outcome(read_run(plan.folder), None, is_shipped=True)


def _shown(moment: float, zone: tzinfo) -> str:
    return datetime.fromtimestamp(moment, zone).isoformat(sep=" ", timespec="seconds")
