"""`polyaxon artifacts ls`."""

from __future__ import annotations

import click
from rich.filesize import decimal

from polyaxon_sdk.cli.artifacts.chosen import chosen, run_options
from polyaxon_sdk.cli.documents import print_json
from polyaxon_sdk.cli.options import output_option
from polyaxon_sdk.cli.show import print_table
from polyaxon_sdk.client.stored import StoredFile

__all__ = ["ls"]


@click.command()
@run_options
@output_option
def ls(*, project: str | None, uid: str | None, every: bool, store: str | None, output: str | None) -> None:
    """List the files of a run: those that are here, and those in the store."""
    runs = chosen(project=project, uid=uid, every=every, store=store)
    found = [(run.uuid, file) for run in runs for file in run.files()]
    if output == "json":
        print_json([{"run": uuid, **file._asdict()} for uuid, file in found])
        return
    if not found:
        click.echo("there are no files")
        return
    columns = (["RUN"] if every else []) + ["FILE", "SIZE", "WHERE"]
    rows = [[file.path, decimal(file.size), _where(file)] for _, file in found]
    print_table(
        columns, [[uuid[:12], *row] for (uuid, _), row in zip(found, rows, strict=True)] if every else rows
    )
    total = decimal(sum(file.size for _, file in found))
    click.echo(f"{len(found)} file{'' if len(found) == 1 else 's'}, {total}")


def _where(file: StoredFile) -> str:
    places = [name for name, there in (("here", file.is_here), ("store", file.is_stored)) if there]
    return " and ".join(places)
