"""`polyaxon ops logs`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import click

from polyaxon_sdk.cli.documents import print_json
from polyaxon_sdk.cli.ops.place import settings_of_runs
from polyaxon_sdk.cli.ops.selection import of_a_run
from polyaxon_sdk.cli.options import output_option
from polyaxon_sdk.client.family import family_of, follow_family
from polyaxon_sdk.client.following import follow_logs
from polyaxon_sdk.client.looking import look_at
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.logs import LogLine, read_logs
from polyaxon_sdk.settings import Settings

__all__ = ["logs"]


@click.command()
@click.option("-nf", "--no-follow", is_flag=True, help="Print what is there, though the run goes on.")
@click.option("-c", "--children", is_flag=True, help="Those of the runs that come from it too.")
@output_option
@partial(of_a_run, place=settings_of_runs)
def logs(
    *, settings: Settings, folder: RunFolder, no_follow: bool, children: bool, output: str | None
) -> None:
    """Print what a run printed, and go on until it is done."""
    look_at(folder)
    if children:
        _print_family(settings, folder, follows=not (no_follow or output), output=output)
    elif output == "json":
        print_json([line._asdict() for line in read_logs(folder)])
    else:
        lines: Iterable[LogLine] = read_logs(folder) if no_follow else follow_logs(folder, None)
        for line in lines:
            click.echo(line.text)


def _print_family(settings: Settings, folder: RunFolder, *, follows: bool, output: str | None) -> None:
    if follows:
        for uuid, line in follow_family(settings, folder):
            click.echo(f"{uuid[:8]} | {line.text}")
        return
    found = [(each.uuid, line) for each in family_of(settings, folder) for line in read_logs(each)]
    if output == "json":
        print_json([{"run": uuid, **line._asdict()} for uuid, line in found])
        return
    for uuid, line in found:
        click.echo(f"{uuid[:8]} | {line.text}")
