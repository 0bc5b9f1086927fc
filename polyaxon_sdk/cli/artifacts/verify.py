"""`polyaxon artifacts verify`."""

from __future__ import annotations

import click
from rich.filesize import decimal

from polyaxon_sdk.cli.artifacts.chosen import chosen, run_options
from polyaxon_sdk.cli.artifacts.progress import progress
from polyaxon_sdk.exceptions import printable

__all__ = ["verify"]


@click.command()
@click.option(
    "--sample",
    type=click.FloatRange(0, 100, min_open=True),
    default=100.0,
    metavar="PERCENT",
    help="Read so many of a hundred files, picked at random; by default all.",
)
@run_options
def verify(*, sample: float, project: str | None, uid: str | None, every: bool, store: str | None) -> int:
    """Read again what the store holds, and find what is damaged."""
    failed = 0
    for run in chosen(project=project, uid=uid, every=every, store=store):
        with progress(run.uuid[:12]) as tell:
            found = run.verify(sample=sample / 100, each=lambda one: tell(one.expected.key))
        wrong = [one for one in found if one.state != "right"]
        for one in wrong:
            why = f": {one.error}" if one.error else ""
            click.echo(printable(f"{one.expected.key}: {one.state}{why}"), err=True)
        failed += len(wrong)
        size = decimal(sum(one.expected.size for one in found))
        told = (
            f"{len(wrong)} of {len(found)} files are not right"
            if wrong
            else f"{size} in {len(found)} file{'s' * (len(found) != 1)} are right"
        )
        click.echo(f"{run.uuid[:12]}: {told}", err=bool(wrong))
    return 1 if failed else 0
