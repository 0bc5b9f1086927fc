"""`polyaxon artifacts rm`."""

from __future__ import annotations

import click
from rich.filesize import decimal

from polyaxon_sdk.cli.answering import answer
from polyaxon_sdk.cli.artifacts.chosen import chosen, run_options, store_url
from polyaxon_sdk.cli.artifacts.progress import side_by_side
from polyaxon_sdk.client.stored import check_removable
from polyaxon_sdk.exceptions import PolyaxonError, counted

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
) -> int:
    """Take files of a run away, here and in the store."""
    check_removable(paths)
    runs = chosen(project=project, uid=uid, every=every, store=store)
    which = f"{', '.join(paths)} of {counted(len(runs), 'run')}"
    if not yes and not click.confirm(f"Delete {which} for good?", err=True):
        raise PolyaxonError("nothing is deleted")
    done = side_by_side(runs, lambda run, _share, _tell: run.remove(paths), store=store_url(store))
    answer(
        runs=[
            {
                "run": run.uuid,
                "bytes": sum(file.size for file in gone),
                "files": [file._asdict() for file in gone],
            }
            for run, gone in done.found
        ]
    )
    for run, gone in done.found:
        size = decimal(sum(file.size for file in gone))
        click.echo(f"{run.uuid[:12]}: {counted(len(gone), 'file')} deleted, {size}")
    return 1 if done.failed else 0
