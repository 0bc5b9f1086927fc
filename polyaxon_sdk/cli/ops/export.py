"""`polyaxon ops export`."""

from __future__ import annotations

from pathlib import Path

import click

from polyaxon_sdk.cli.ops.place import settings_of_runs
from polyaxon_sdk.cli.ops.selection import Selection
from polyaxon_sdk.cli.options import UID_SPELLINGS, project_option, query_option
from polyaxon_sdk.cli.series import names_option
from polyaxon_sdk.client.archive import write_archive
from polyaxon_sdk.client.arrow import write_parquet
from polyaxon_sdk.index.page import list_page
from polyaxon_sdk.index.question import Question
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import Settings

__all__ = ["export"]

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.option(
    "--parquet",
    "points",
    metavar="FILE",
    type=_FILE,
    help="The Parquet file to write: run, name, step, timestamp and value of each point.",
)
@click.option(
    "--archive",
    metavar="FILE",
    type=_FILE,
    help="The .tar.gz or .zip file to write: the runs with all that they hold, for `polyaxon ops import`.",
)
@click.option("--no-artifacts", is_flag=True, help="Into an archive only what is known of them.")
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
    points: Path | None,
    archive: Path | None,
    no_artifacts: bool,
    names: str | None,
    every: bool,
    query: str | None,
    project: str | None,
    uids: tuple[str, ...],
) -> None:
    """Write runs, or all points of their metrics, to a file."""
    if (points is None) == (archive is None):
        raise click.UsageError("give one of --archive and --parquet: the file to write")
    if archive is not None and names is not None:
        raise click.UsageError("--names goes with --parquet: an archive holds all of a run")
    if (every or query) and uids:
        raise click.UsageError(
            f"{'--query' if query else '--all'} and --uid each name runs: give one of them"
        )
    settings, chosen = settings_of_runs(), selection.over(project)
    folders = _every(settings, chosen, query) if every or query else _named(settings, chosen, uids)
    runs = "1 run" if len(folders) == 1 else f"{len(folders)} runs"
    if archive is not None:
        size = write_archive(folders, archive, takes_files=not no_artifacts)
        click.echo(f"{runs}, {size} bytes, in {archive}")
    elif points is not None:
        click.echo(f"{write_parquet(folders, points, names)} points of {runs} are in {points}")


def _every(settings: Settings, chosen: Selection, query: str | None) -> list[RunFolder]:
    rows = list_page(settings, Question(query or "", chosen.project_name, sort="created_at")).rows
    return [RunFolder(settings.runs / row.uuid) for row in rows]


def _named(settings: Settings, chosen: Selection, uids: tuple[str, ...]) -> list[RunFolder]:
    found = [each.folder(settings) for each in [chosen.over(None, uid) for uid in uids] or [chosen]]
    return list({folder.uuid: folder for folder in found}.values())
