"""`polyaxon ops`."""

from __future__ import annotations

import click

from polyaxon_sdk.cli.lazy import Entry, LazyGroup
from polyaxon_sdk.cli.ops.selection import Selection
from polyaxon_sdk.cli.options import project_option, uid_option

__all__ = ["ENTRIES", "ops"]

ENTRIES = {
    "ls": Entry("polyaxon_sdk.cli.ops.ls:ls", "List runs, newest first."),
    "get": Entry("polyaxon_sdk.cli.ops.get:get", "Show one run."),
    "logs": Entry("polyaxon_sdk.cli.ops.logs:logs", "Print what a run printed."),
}


@click.group(cls=LazyGroup, entries=ENTRIES)
@project_option
@uid_option
@click.pass_context
def ops(context: click.Context, project: str | None, uid: str | None) -> None:
    """List and look at runs."""
    context.obj = Selection(project, uid)
