"""`polyaxon artifacts upload`."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import click

from polyaxon_sdk.cli.answering import answer
from polyaxon_sdk.cli.artifacts.chosen import chosen, run_options, store_url
from polyaxon_sdk.cli.artifacts.progress import progress, side_by_side
from polyaxon_sdk.client.files import check_place
from polyaxon_sdk.client.gathering import gathered
from polyaxon_sdk.client.stored import StoredRun
from polyaxon_sdk.exceptions import PolyaxonError, counted, printable
from polyaxon_sdk.runner.leftovers import ship_again
from polyaxon_sdk.settings import export
from polyaxon_sdk.storage.source import SourceError

__all__ = ["upload"]

_AT_ONCE = 4
"""Runs that are shipped side by side, each by a process."""


@click.command()
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path, exists=True))
@click.option(
    "--to",
    "folder",
    default="outputs",
    show_default=True,
    metavar="DIR",
    help="The folder of the run that gets them.",
)
@run_options
def upload(
    *,
    files: tuple[Path, ...],
    folder: str,
    project: str | None,
    uid: str | None,
    every: bool,
    store: str | None,
) -> int:
    """Ship what the store lacks of a run, or add files to it."""
    if files and every:
        raise click.UsageError("FILE and --all: files are added to one run")
    url = store_url(store)
    check_place(folder)
    runs = chosen(project=project, uid=uid, every=every, store=store, home_first=True)
    if url is not None:
        export({"POLYAXON_ARTIFACTS_STORE": url})  # for the sidecar, which ships
    if url is None and not files:
        raise PolyaxonError(
            "no store is configured: --store URL, or `polyaxon config set --artifacts-store URL`"
        )
    added = _add(runs[0], files, folder) if files else _Added([], [], [])
    for line in (*added.left_out, *added.failed):
        click.echo(printable(f"{line}, left out"), err=True)
    done = side_by_side(runs, lambda run, _share, _tell: _ship(run, url), store=url, at_once=_AT_ONCE)
    told = [_told(run, added, url) | {"is_complete": is_there} for run, is_there in done.found]
    answer(left_out=added.left_out, failed=added.failed, runs=told)
    for run, is_there in done.found:
        place = "the home" if url is None else url
        of = f"{counted(len(added.files), 'file')} added, " if added.files else ""
        line = f"{of}in {place}" if is_there else f"{of}something is left"
        click.echo(f"{run.uuid[:12]}: {line}", err=not is_there)
    is_whole = not (done.failed or added.failed) and all(is_there for _, is_there in done.found)
    return 0 if is_whole else 1


class _Added(NamedTuple):
    """What was added to a run: paths in it with their sizes; lines on what is no file, and on what can't be read."""

    files: list[tuple[str, int]]
    left_out: list[str]
    failed: list[str]


def _ship(run: StoredRun, url: str | None) -> bool:
    """Whether all of it is where it is to be."""
    return run.folder is None or url is None or ship_again(run.folder, reads=True)


def _add(run: StoredRun, files: tuple[Path, ...], folder: str) -> _Added:
    found = gathered(files)
    added = _Added([], found.left_out, found.unreadable)
    with progress(run.uuid[:12], len(found.files)) as tell:
        for file, relative in found.files:
            path = f"{folder.rstrip('/')}/{relative.as_posix()}"
            try:
                added.files.append((path, run.add(file, path)))
            except SourceError as error:
                added.failed.append(str(error))
            tell(str(relative))
    return added


def _told(run: StoredRun, added: _Added, url: str | None) -> dict[str, object]:
    """For programs."""
    return {
        "run": run.uuid,
        "store": url,
        "bytes": sum(size for _, size in added.files),
        "files": [{"path": path, "size": size} for path, size in added.files],
    }
