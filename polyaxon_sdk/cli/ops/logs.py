"""`polyaxon ops logs`."""

from __future__ import annotations

from collections.abc import Iterable

import click

from polyaxon_sdk.cli.documents import print_json
from polyaxon_sdk.cli.ops.selection import reads_a_run
from polyaxon_sdk.cli.options import output_option
from polyaxon_sdk.client.family import family_of, follow_family
from polyaxon_sdk.client.following import follow_logs
from polyaxon_sdk.index.place import STORE
from polyaxon_sdk.runner.replicas import GROUPS
from polyaxon_sdk.runs.damage import read_anyway, tells_nothing
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.logs import LogLine, read_logs, salvaged_logs
from polyaxon_sdk.settings import Settings

__all__ = ["logs"]


@click.command()
@click.option("-nf", "--no-follow", is_flag=True, help="Print what is there, though the run goes on.")
@click.option("-c", "--children", is_flag=True, help="Those of the runs that come from it too.")
@output_option
@reads_a_run
def logs(
    *, settings: Settings, folder: RunFolder, no_follow: bool, children: bool, output: str | None
) -> None:
    """Print what a run printed, and go on until it is done."""
    damaged = tells_nothing(folder)
    if children:
        _print_family(settings, folder, follows=not (no_follow or output), output=output)
    elif output == "json":
        print_json([line._asdict() for line in _read(folder, is_damaged=damaged)])
    else:
        follows = not (no_follow or damaged)
        lines: Iterable[LogLine] = follow_logs(folder, None) if follows else _read(folder, is_damaged=damaged)
        is_of_several = read_anyway(folder).kind in GROUPS
        for line in lines:
            click.echo(f"{line.replica} | {line.text}" if is_of_several else line.text)


def _read(folder: RunFolder, *, is_damaged: bool) -> list[LogLine]:
    return salvaged_logs(folder) if is_damaged else read_logs(folder)


def _print_family(settings: Settings, folder: RunFolder, *, follows: bool, output: str | None) -> None:
    if follows:
        for uuid, line in follow_family(settings, folder):
            click.echo(f"{uuid[:8]} | {line.text}")
        return
    family = family_of(settings, folder)
    if (settings.home / STORE).is_file():
        from polyaxon_sdk.index.mirrored import bring_events  # stores, which cost 40 ms

        for each in family:
            bring_events(each)
    found = [(each.uuid, line) for each in family for line in read_logs(each)]
    if output == "json":
        print_json([{"run": uuid, **line._asdict()} for uuid, line in found])
        return
    for uuid, line in found:
        click.echo(f"{uuid[:8]} | {line.text}")
