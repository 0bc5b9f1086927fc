"""`polyaxon artifacts download`."""

from __future__ import annotations

from pathlib import Path

import click

from polyaxon_sdk.cli.artifacts.chosen import chosen, run_options
from polyaxon_sdk.cli.artifacts.progress import progress
from polyaxon_sdk.exceptions import printable

__all__ = ["download"]


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    metavar="DIR",
    help="The folder that gets them, each at its path in the run; by default this folder.",
)
@run_options
def download(
    *,
    paths: tuple[str, ...],
    target: Path,
    project: str | None,
    uid: str | None,
    every: bool,
    store: str | None,
) -> int:
    """Copy files of a run into a folder."""
    failed = 0
    for run in chosen(project=project, uid=uid, every=every, store=store):
        place = target / run.uuid if every else target
        with progress(run.uuid[:12], len(run.files())) as tell:
            found = run.download(paths, place, each=lambda got: tell(got.get.key))
        wrong = [got for got in found if not got.is_here]
        for got in wrong:
            click.echo(printable(f"{got.get.key}: {got.error}"), err=True)
        failed += len(wrong)
        there = sum(got.state == "there" for got in found)
        already = f", {there} of them there already" if there else ""
        click.echo(f"{run.uuid[:12]}: {len(found) - len(wrong)} files in {place}{already}")
    return 1 if failed else 0
