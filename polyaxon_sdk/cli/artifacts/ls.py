"""`polyaxon artifacts ls`."""

from __future__ import annotations

import click
from rich.filesize import decimal

from polyaxon_sdk.cli.artifacts.chosen import chosen, run_options, store_url
from polyaxon_sdk.cli.artifacts.progress import side_by_side
from polyaxon_sdk.cli.documents import print_json
from polyaxon_sdk.cli.options import output_option
from polyaxon_sdk.cli.show import print_table
from polyaxon_sdk.client.stored import StoredFile
from polyaxon_sdk.exceptions import counted

__all__ = ["ls"]


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@run_options
@output_option
def ls(
    *,
    paths: tuple[str, ...],
    project: str | None,
    uid: str | None,
    every: bool,
    store: str | None,
    output: str | None,
) -> int:
    """List the files of a run, or those in some of its folders: here, and in the store."""
    runs = chosen(project=project, uid=uid, every=every, store=store)
    listed = side_by_side(runs, lambda run, _share, _tell: run.files(paths), store=store_url(store))
    found = [(run.uuid, file) for run, files in listed.found for file in files]
    if output == "json":
        print_json([{"run": uuid, **file._asdict()} for uuid, file in found])
    elif found:
        columns = (["RUN"] if every else []) + ["FILE", "SIZE", "WHERE"]
        rows = [[file.path, decimal(file.size), _where(file)] for _, file in found]
        uuids = [[uuid[:12]] if every else [] for uuid, _ in found]
        print_table(columns, [[*uuid, *row] for uuid, row in zip(uuids, rows, strict=True)])
        click.echo(f"{counted(len(found), 'file')}, {decimal(sum(file.size for _, file in found))}")
    else:
        click.echo("there are no files")
    return 1 if listed.failed else 0


def _where(file: StoredFile) -> str:
    places = [name for name, there in (("here", file.is_here), ("store", file.is_stored)) if there]
    return " and ".join(places)
