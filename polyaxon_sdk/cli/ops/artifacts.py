"""`polyaxon ops artifacts`."""

from __future__ import annotations

from functools import partial

import click
from rich.filesize import decimal

from polyaxon_sdk.cli.documents import print_json
from polyaxon_sdk.cli.ops.selection import reads_a_run
from polyaxon_sdk.cli.options import output_option
from polyaxon_sdk.cli.show import print_table
from polyaxon_sdk.client.files import list_files
from polyaxon_sdk.exceptions import counted
from polyaxon_sdk.runs.damage import read_anyway
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import Settings, load

__all__ = ["artifacts"]


@click.command()
@output_option
@partial(reads_a_run, place=load)
def artifacts(*, settings: Settings, folder: RunFolder, output: str | None) -> None:
    """List the files of a run with their kinds and sizes."""
    del settings  # what it is found by
    files = list_files(folder, read_anyway(folder))
    if output == "json":
        print_json([file._asdict() for file in files])
    elif files:
        print_table(["FILE", "KIND", "SIZE"], [[file.path, file.kind, decimal(file.size)] for file in files])
        total = decimal(sum(file.size for file in files))
        click.echo(f"{counted(len(files), 'file')}, {total}, in {folder.path}")
    else:
        click.echo("the run has no files")
