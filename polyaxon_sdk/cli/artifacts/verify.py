"""`polyaxon artifacts verify`."""

from __future__ import annotations

import click
from rich.filesize import decimal

from polyaxon_sdk.cli.answering import answer
from polyaxon_sdk.cli.artifacts.chosen import chosen, run_options, store_url
from polyaxon_sdk.cli.artifacts.progress import Tell, side_by_side
from polyaxon_sdk.client.stored import StoredRun
from polyaxon_sdk.exceptions import counted, printable
from polyaxon_sdk.storage.verifying import Verified

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
    runs = chosen(project=project, uid=uid, every=every, store=store)

    def verified(run: StoredRun, share: int, tell: Tell) -> list[Verified]:
        return run.verify(sample=sample / 100, share=share, each=lambda one: tell(one.expected.key))

    done = side_by_side(runs, verified, store=store_url(store))
    answer(store=store_url(store), runs=[_told(run, found) for run, found in done.found])
    for run, found in done.found:
        wrong = [one for one in found if one.state != "right"]
        for one in wrong:
            why = f": {one.error}" if one.error else ""
            click.echo(printable(f"{one.expected.key}: {one.state}{why}"), err=True)
        size = decimal(sum(one.expected.size for one in found))
        of = counted(len(found), "file")
        told = f"{len(wrong)} of {of} not right" if wrong else f"{size} in {of}, all right"
        click.echo(f"{run.uuid[:12]}: {told}", err=bool(wrong))
    is_right = all(one.state == "right" for _, found in done.found for one in found)
    return 0 if is_right and not done.failed else 1


def _told(run: StoredRun, found: list[Verified]) -> dict[str, object]:
    """For programs."""
    files = [
        {
            "path": one.expected.key.removeprefix(f"{run.uuid}/"),
            "size": one.expected.size,
            "state": one.state,
            "error": one.error or None,
        }
        for one in found
    ]
    return {"run": run.uuid, "bytes": sum(one.expected.size for one in found), "files": files}
