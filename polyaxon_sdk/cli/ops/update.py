"""`polyaxon ops update` and `polyaxon ops transfer`."""

from __future__ import annotations

import click

from polyaxon_sdk.cli.answering import answer
from polyaxon_sdk.cli.ops.selection import changes_a_run
from polyaxon_sdk.cli.options import read_tags
from polyaxon_sdk.client.editing import change
from polyaxon_sdk.client.editing import transfer as move
from polyaxon_sdk.runner.pipelines.widening import widen
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import Settings

__all__ = ["transfer", "update"]


@click.command()
@click.option("-n", "--name", metavar="NAME", help="What it is called.")
@click.option("--description", metavar="TEXT", help="What is said of it.")
@click.option("--tags", metavar="A,B", help="All of its tags; an empty text takes them away.")
@click.option(
    "--concurrency", type=click.IntRange(1), metavar="N", help="How many runs of a dag or a search at once."
)
@changes_a_run
def update(
    *,
    settings: Settings,
    folder: RunFolder,
    name: str | None,
    description: str | None,
    tags: str | None,
    concurrency: int | None,
) -> None:
    """Change name, description and tags of a run; how many runs a pipeline has at once."""
    given = None if tags is None else read_tags(tags)
    if concurrency is not None:
        widen(folder, concurrency)
    if concurrency is None or (name, description, tags) != (None, None, None):
        change(settings, folder, name=name, description=description, tags=given)
    click.echo(f"run {folder.uuid[:12]} is updated")


@click.command()
@click.option("--to-project", "-to", "to", required=True, metavar="PROJECT", help="name or owner/name.")
@changes_a_run
def transfer(*, settings: Settings, folder: RunFolder, to: str) -> None:
    """Make a run one of another project."""
    state = move(settings, folder, to)
    answer(owner=state.owner, project=state.project)
    click.echo(f"run {folder.uuid[:12]} is in project {state.owner}/{state.project}")
