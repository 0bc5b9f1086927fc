"""`polyaxon ops invalidate`."""

from __future__ import annotations

import click

from polyaxon_sdk.cli.answering import answer
from polyaxon_sdk.cli.ops.selection import Selection, chosen_runs
from polyaxon_sdk.cli.options import project_option, query_option, uids_option
from polyaxon_sdk.client.editing import invalidate as make_invalid
from polyaxon_sdk.settings import load

__all__ = ["invalidate"]


@click.command()
@query_option
@project_option
@uids_option
@click.pass_obj
def invalidate(
    selection: Selection, *, query: str | None, project: str | None, uids: tuple[str, ...]
) -> None:
    """Let no later run be taken from runs; deletes nothing."""
    settings = load()
    found = chosen_runs(selection.over(project), settings, query=query, uids=uids)
    for folder in found:
        make_invalid(settings, folder)
        click.echo(f"run {folder.uuid[:12]} is invalidated")
    answer(runs=[folder.uuid for folder in found])
    if not found:
        click.echo("no runs match")
