"""`polyaxon ops export`."""

from __future__ import annotations

from pathlib import Path

import click

from polyaxon_sdk.cli.ops.selection import Selection
from polyaxon_sdk.cli.options import UID_SPELLINGS, project_option, query_option
from polyaxon_sdk.cli.series import names_option
from polyaxon_sdk.client.arrow import write_parquet
from polyaxon_sdk.index.page import list_page
from polyaxon_sdk.index.question import Question
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import Settings, load

__all__ = ["export"]


@click.command()
@click.option(
    "--parquet",
    "file",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The Parquet file to write: run, name, step, timestamp and value of each point.",
)
@names_option
@click.option("-a", "--all", "every", is_flag=True, help="Every run, of the project where one is named.")
@query_option
@project_option
@click.option(
    *UID_SPELLINGS,
    "uids",
    multiple=True,
    metavar="UUID",
    help="A run; may be given several times, by default the last run.",
)
@click.pass_obj
def export(
    selection: Selection,
    *,
    file: Path,
    names: str | None,
    every: bool,
    query: str | None,
    project: str | None,
    uids: tuple[str, ...],
) -> None:
    """Write all points of the metrics of runs to a file."""
    if (every or query) and uids:
        raise click.UsageError(
            f"{'--query' if query else '--all'} and --uid each name runs: give one of them"
        )
    settings, chosen = load(), selection.over(project)
    folders = _every(settings, chosen, query) if every or query else _named(settings, chosen, uids)
    points = write_parquet(folders, file, names)
    runs = "1 run" if len(folders) == 1 else f"{len(folders)} runs"
    click.echo(f"{points} points of {runs} are in {file}")


def _every(settings: Settings, chosen: Selection, query: str | None) -> list[RunFolder]:
    rows = list_page(settings, Question(query or "", chosen.project_name, sort="created_at")).rows
    return [RunFolder(settings.runs / row.uuid) for row in rows]


def _named(settings: Settings, chosen: Selection, uids: tuple[str, ...]) -> list[RunFolder]:
    found = [each.folder(settings) for each in [chosen.over(None, uid) for uid in uids] or [chosen]]
    return list({folder.uuid: folder for folder in found}.values())
