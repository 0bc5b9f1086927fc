"""`polyaxon ops delete`."""

from __future__ import annotations

import click

from polyaxon_sdk.cli.answering import answer
from polyaxon_sdk.cli.ops.selection import Selection, chosen_runs
from polyaxon_sdk.cli.options import project_option, query_option, uids_option
from polyaxon_sdk.client.deletion import Doomed, doom
from polyaxon_sdk.client.deletion import delete as take_away
from polyaxon_sdk.exceptions import PolyaxonError, counted
from polyaxon_sdk.settings import Settings, load

__all__ = ["delete"]

_SHOWN = 20


@click.command()
@query_option
@click.option("-y", "--yes", is_flag=True, help="Delete without asking.")
@click.option("--dry-run", is_flag=True, help="Only say what would go, and how many bytes.")
@project_option
@uids_option
@click.pass_obj
def delete(
    selection: Selection,
    *,
    query: str | None,
    yes: bool,
    dry_run: bool,
    project: str | None,
    uids: tuple[str, ...],
) -> None:
    """Delete runs for good, here and in the store; says what goes, and asks."""
    settings, chosen = load(), selection.over(project)
    doomed = doom(settings, chosen_runs(chosen, settings, query=query, uids=uids))
    answer(runs=[each.folder.uuid for each in doomed], deleted=False)
    if not doomed:
        click.echo("no runs match")
        return
    _show(doomed, settings)
    if dry_run:
        return
    if not yes and not click.confirm("Delete for good?", err=True):
        raise PolyaxonError("nothing is deleted")
    for each in doomed:
        take_away(settings, each)
    answer(deleted=True)
    click.echo(f"deleted {counted(len(doomed), 'run')}")


def _show(doomed: list[Doomed], settings: Settings) -> None:
    # rich costs 40 ms, which a command line that is wrong needn't wait for.
    from rich.filesize import decimal

    for each in doomed[:_SHOWN]:
        line = f"{each.folder.uuid[:12]}  {each.name or '-'}  {each.status}  {decimal(each.here)}"
        click.echo(line + (f", in the store {decimal(each.shipped)}" if each.shipped else ""))
    if len(doomed) > _SHOWN:
        click.echo(f"and {len(doomed) - _SHOWN} more")
    for each in doomed:
        for version in each.versions:
            click.echo(f"Warning: {version} is made of {each.folder.uuid[:12]}", err=True)
    here, shipped = sum(each.here for each in doomed), sum(each.shipped for each in doomed)
    there = f", {decimal(shipped)} in {settings.artifacts_store}" if settings.artifacts_store else ""
    click.echo(f"{counted(len(doomed), 'run')}: {decimal(here)} in {settings.home}{there}")
