"""`polyaxon ops`."""

from __future__ import annotations

import click

from polyaxon_sdk.cli.lazy import Entry
from polyaxon_sdk.cli.ops.selection import Selection
from polyaxon_sdk.cli.ops.store import OpsGroup, store_option
from polyaxon_sdk.cli.options import project_option, uid_option

__all__ = ["ENTRIES", "ops"]

ENTRIES = {
    "ls": Entry("polyaxon_sdk.cli.ops.ls:ls", "List runs, newest first."),
    "get": Entry("polyaxon_sdk.cli.ops.get:get", "Show one run."),
    "logs": Entry("polyaxon_sdk.cli.ops.logs:logs", "Print what a run printed."),
    "statuses": Entry("polyaxon_sdk.cli.ops.statuses:statuses", "Print each status that a run had."),
    "metrics": Entry("polyaxon_sdk.cli.ops.metrics:metrics", "Show the course of each metric of a run."),
    "events": Entry(
        "polyaxon_sdk.cli.ops.events:events", "Show the series of events of a run, of every kind."
    ),
    "artifacts": Entry(
        "polyaxon_sdk.cli.ops.artifacts:artifacts", "List the files of a run with their kinds and sizes."
    ),
    "lineage": Entry(
        "polyaxon_sdk.cli.ops.lineage:lineage",
        "Show what a run took in and made, the runs that it comes from, and those that come from it.",
    ),
    "export": Entry(
        "polyaxon_sdk.cli.ops.export:export", "Write all points of the metrics of runs to a file."
    ),
}


@click.group(cls=OpsGroup, entries=ENTRIES)
@project_option
@uid_option
@store_option
@click.pass_context
def ops(context: click.Context, project: str | None, uid: str | None) -> None:
    """List and look at runs."""
    context.obj = Selection(project, uid)
