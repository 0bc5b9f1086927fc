"""`polyaxon artifacts download`."""

from __future__ import annotations

from pathlib import Path

import click

from polyaxon_sdk.cli.answering import answer
from polyaxon_sdk.cli.artifacts.chosen import chosen, run_options, store_url
from polyaxon_sdk.cli.artifacts.progress import Tell, side_by_side
from polyaxon_sdk.client.stored import StoredRun
from polyaxon_sdk.exceptions import counted, printable
from polyaxon_sdk.storage.download import Got

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
    runs = chosen(project=project, uid=uid, every=every, store=store)

    def place(run: StoredRun) -> Path:
        return target / run.uuid if every else target

    def bring(run: StoredRun, share: int, tell: Tell) -> list[Got]:
        return run.download(paths, place(run), share=share, each=lambda got: tell(got.get.key))

    done = side_by_side(runs, bring, store=store_url(store))
    answer(runs=[_told(run, place(run), found) for run, found in done.found])
    for run, found in done.found:
        wrong = [got for got in found if not got.is_here]
        for got in wrong:
            click.echo(printable(f"{got.get.key}: {got.error}"), err=True)
        there = sum(got.state == "there" for got in found)
        already = f", {there} of them there already" if there else ""
        count = counted(len(found) - len(wrong), "file")
        click.echo(f"{run.uuid[:12]}: {count} in {place(run)}{already}")
    is_whole = not done.failed and all(got.is_here for _, found in done.found for got in found)
    return 0 if is_whole else 1


def _told(run: StoredRun, place: Path, found: list[Got]) -> dict[str, object]:
    """For programs."""
    files = [
        {
            "path": got.get.key.removeprefix(f"{run.uuid}/"),
            "to": str(got.get.target),
            "size": got.get.size,
            "state": got.state,
            "error": got.error or None,
        }
        for got in found
    ]
    here = sum(got.get.size for got in found if got.is_here)
    return {"run": run.uuid, "to": str(place), "bytes": here, "files": files}
