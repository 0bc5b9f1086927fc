"""`polyaxon ops export`."""

from __future__ import annotations

from pathlib import Path

import click

from polyaxon_sdk.cli.answering import answer
from polyaxon_sdk.cli.ops.damage import tell_damaged
from polyaxon_sdk.cli.ops.place import is_store, settings_of_runs
from polyaxon_sdk.cli.ops.selection import Selection, runs_asked
from polyaxon_sdk.cli.options import UID_SPELLINGS, project_option, query_option, refuse_empty
from polyaxon_sdk.cli.series import names_option
from polyaxon_sdk.client.archive import write_archive
from polyaxon_sdk.client.arrow import write_parquet
from polyaxon_sdk.exceptions import InputError, counted, printable
from polyaxon_sdk.index.question import Question
from polyaxon_sdk.runs.damage import damage_in
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import Settings

__all__ = ["export"]

_POINTS = ("events/metric/", "journal/")
"""Where points of metrics lie."""

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
@click.option("--force", is_flag=True, help="Write over a file that is there.")
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
    callback=refuse_empty,
    help="A run; may be given several times, by default the last run.",
)
@click.pass_obj
def export(
    selection: Selection,
    *,
    points: Path | None,
    archive: Path | None,
    force: bool,
    no_artifacts: bool,
    names: str | None,
    every: bool,
    query: str | None,
    project: str | None,
    uids: tuple[str, ...],
) -> int:
    """Write runs, or all points of their metrics, to a file."""
    if (points is None) == (archive is None):
        raise click.UsageError("give one of --archive and --parquet: the file to write")
    if archive is not None and names is not None:
        raise click.UsageError("--names goes with --parquet: an archive holds all of a run")
    if (every or query) and uids:
        raise click.UsageError(
            f"{'--query' if query else '--all'} and --uid each name runs: give one of them"
        )
    file = archive or points
    if file is not None and file.exists() and not force:
        raise InputError(f"{file} is there already", expected="another name, or --force to write over it")
    settings, chosen = settings_of_runs(), selection.over(project)
    folders = _every(settings, chosen, query) if every or query else _named(settings, chosen, uids)
    answer(runs=[folder.uuid for folder in folders], file=str(file))
    if archive is not None:
        return _archive(folders, archive, takes_files=not no_artifacts)
    if points is not None:
        written = write_parquet(folders, points, names)
        click.echo(f"{counted(written, 'point')} of {counted(len(folders), 'run')} are in {points}")
        tell_damaged((folder.uuid, lost) for folder in folders if (lost := _lost_points(folder)))
    return 0


def _lost_points(folder: RunFolder) -> str:
    """What of a run is damaged that holds points of metrics."""
    return "; ".join(line for line in damage_in(folder) if line.startswith(_POINTS))


def _archive(folders: list[RunFolder], file: Path, *, takes_files: bool) -> int:
    """Write them, as far as they can be read; the exit code."""
    lost: list[RunFolder] = []
    damaged: list[tuple[str, str]] = []

    def leave_out(folder: RunFolder, error: OSError) -> None:
        lost.append(folder)
        why = printable(f"{error.strerror}: {error.filename}")
        click.echo(f"Warning: run {folder.uuid[:12]} is left out: {why}", err=True)

    def note(folder: RunFolder, files: list[str]) -> None:
        damaged.append((folder.uuid, "; ".join(files)))

    size = write_archive(folders, file, takes_files=takes_files, left_out=leave_out, damaged=note)
    click.echo(f"{counted(len(folders) - len(lost), 'run')}, {size} bytes, in {file}")
    tell_damaged(damaged)
    return 1 if lost else 0


def _every(settings: Settings, chosen: Selection, query: str | None) -> list[RunFolder]:
    found = runs_asked(settings, Question(query or "", chosen.project, sort="created_at"))
    if is_store():
        from polyaxon_sdk.index.mirrored import bring_events  # stores, which cost 40 ms

        for folder in found:
            bring_events(folder)
    return found


def _named(settings: Settings, chosen: Selection, uids: tuple[str, ...]) -> list[RunFolder]:
    found = [each.folder(settings) for each in [chosen.over(None, uid) for uid in uids] or [chosen]]
    return list({folder.uuid: folder for folder in found}.values())
