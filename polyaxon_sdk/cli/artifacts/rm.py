"""`polyaxon artifacts rm`."""

from __future__ import annotations

import click
from rich.filesize import decimal

from polyaxon_sdk.cli.artifacts.chosen import chosen, run_options
from polyaxon_sdk.exceptions import PolyaxonError

__all__ = ["rm"]


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("-y", "--yes", is_flag=True, help="Don't ask.")
@run_options
def rm(
    *,
    paths: tuple[str, ...],
    yes: bool,
    project: str | None,
    uid: str | None,
    every: bool,
    store: str | None,
) -> None:
    """Take files of a run away, here and in the store."""
    runs = chosen(project=project, uid=uid, every=every, store=store)
    if not yes and not click.confirm(f"Delete {', '.join(paths)} of {len(runs)} run(s) for good?", err=True):
        raise PolyaxonError("nothing is deleted")
    for run in runs:
        gone = run.remove(paths)
        size = decimal(sum(file.size for file in gone))
        click.echo(f"{run.uuid[:12]}: {len(gone)} files deleted, {size}")
