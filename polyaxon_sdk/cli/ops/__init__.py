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
    "logs": Entry(
        "polyaxon_sdk.cli.ops.logs:logs",
        "Print what a run printed, and go on until it is done; of a dag or a search what its runs print.",
    ),
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
    "compare": Entry(
        "polyaxon_sdk.cli.ops.compare:compare",
        "Show runs side by side: what they were made of and what came of it, differences first.",
    ),
    "service": Entry(
        "polyaxon_sdk.cli.ops.service:service",
        "Print where a service is reached, once it answers, and open it in a browser.",
    ),
    "stop": Entry(
        "polyaxon_sdk.cli.ops.stop:stop", "End a run that goes on: its processes are asked to, then killed."
    ),
    "skip": Entry("polyaxon_sdk.cli.ops.stop:skip", "End a run as one that was not to be carried out."),
    "approve": Entry("polyaxon_sdk.cli.ops.approve:approve", "Let a run begin that waits for approval."),
    "invalidate": Entry(
        "polyaxon_sdk.cli.ops.invalidate:invalidate", "Let no later run be taken from runs; deletes nothing."
    ),
    "rerun": Entry(
        "polyaxon_sdk.cli.ops.rerun:rerun",
        "Run a decorated function again, with the inputs and the code that it had; dags and searches too.",
    ),
    "restart": Entry(
        "polyaxon_sdk.cli.ops.restart:restart", "Start what a run was started from again, as a new run."
    ),
    "resume": Entry(
        "polyaxon_sdk.cli.ops.restart:resume", "Go on with a run that is over: a new attempt in its folder."
    ),
    "update": Entry(
        "polyaxon_sdk.cli.ops.update:update",
        "Change name, description and tags of a run; how many runs a pipeline has at once.",
    ),
    "transfer": Entry("polyaxon_sdk.cli.ops.update:transfer", "Make a run one of another project."),
    "delete": Entry(
        "polyaxon_sdk.cli.ops.delete:delete",
        "Delete runs for good, here and in the store; says what goes, and asks.",
    ),
    "pull": Entry(
        "polyaxon_sdk.cli.ops.moving:pull",
        "Copy runs into folders, from the home or else from the store; "
        "of several, what can't be is left out and named.",
    ),
    "push": Entry(
        "polyaxon_sdk.cli.ops.moving:push",
        "Bring runs from folders into the home, from where they are shipped.",
    ),
    "export": Entry(
        "polyaxon_sdk.cli.ops.export:export", "Write runs, or all points of their metrics, to a file."
    ),
    "import": Entry(
        "polyaxon_sdk.cli.ops.import_:import_",
        "Bring runs from archives into the home, from where they are shipped.",
    ),
}


@click.group(cls=OpsGroup, entries=ENTRIES)
@project_option
@uid_option
@store_option
@click.pass_context
def ops(context: click.Context, project: str | None, uid: str | None) -> None:
    """List and look at runs, steer them, and take them away."""
    context.obj = Selection(project, uid)
