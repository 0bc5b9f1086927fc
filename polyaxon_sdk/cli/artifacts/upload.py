"""`polyaxon artifacts upload`."""

from __future__ import annotations

from pathlib import Path

import click

from polyaxon_sdk.cli.artifacts.chosen import chosen, run_options, store_url
from polyaxon_sdk.cli.artifacts.progress import progress
from polyaxon_sdk.client.files import check_place
from polyaxon_sdk.client.stored import StoredRun
from polyaxon_sdk.exceptions import PolyaxonError
from polyaxon_sdk.runner.leftovers import ship_again
from polyaxon_sdk.settings import export

__all__ = ["upload"]


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
    added = _add(runs[0], files, folder) if files else 0
    failed = 0
    for run in runs:
        if run.folder is None:
            click.echo(f"{run.uuid[:12]}: {added} files added in {url}")
            continue
        if url is None and not files:
            raise PolyaxonError(
                "no store is configured: --store URL, or `polyaxon config set --artifacts-store URL`"
            )
        is_shipped = url is None or ship_again(run.folder, reads=True)
        failed += not is_shipped
        told = f"in {url}" if is_shipped and url else "in the home" if is_shipped else "something is left"
        click.echo(f"{run.uuid[:12]}: {f'{added} files added, ' if added else ''}{told}", err=not is_shipped)
    return 1 if failed else 0


def _add(run: StoredRun, files: tuple[Path, ...], folder: str) -> int:
    found = [(each, each.relative_to(given.parent)) for given in files for each in _files(given)]
    with progress(run.uuid[:12], len(found)) as tell:
        for file, relative in found:
            run.add(file, f"{folder.rstrip('/')}/{relative.as_posix()}")
            tell(str(relative))
    return len(found)


def _files(given: Path) -> list[Path]:
    return sorted(each for each in given.rglob("*") if each.is_file()) if given.is_dir() else [given]
