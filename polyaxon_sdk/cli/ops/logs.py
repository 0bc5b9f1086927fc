"""`polyaxon ops logs`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import click

from polyaxon_sdk.cli.documents import print_json
from polyaxon_sdk.cli.ops.selection import reads_a_run
from polyaxon_sdk.cli.options import output_option
from polyaxon_sdk.cli.printed import follow_printed, printed_line
from polyaxon_sdk.client.family import PIPELINES, Relative, family_of, follow_relatives, runs_within
from polyaxon_sdk.index.place import STORE
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
    """Print what a run printed, and go on until it is done; of a dag or a search what its runs print."""
    kind = read_anyway(folder).kind or ""
    if children:
        _print_all(
            settings, folder, partial(family_of, settings, folder), follows=not no_follow, output=output
        )
    elif kind in PIPELINES:
        within = partial(runs_within, settings, folder, kind)
        _print_all(settings, folder, within, follows=not no_follow, output=output)
    elif output == "json":
        print_json([line._asdict() for line in _read(folder)])
    elif no_follow or tells_nothing(folder):
        for line in _read(folder):
            click.echo(printed_line(line, Relative(folder, "", kind)))
    else:
        for told in follow_printed(settings, folder):
            click.echo(told)


def _read(folder: RunFolder) -> list[LogLine]:
    return salvaged_logs(folder) if tells_nothing(folder) else read_logs(folder)


def _print_all(
    settings: Settings,
    folder: RunFolder,
    relatives: Callable[[], list[Relative]],
    *,
    follows: bool,
    output: str | None,
) -> None:
    """Print what the runs say that come from one."""
    if follows and not output:
        for each, line in follow_relatives(settings, folder, relatives):
            click.echo(printed_line(line, each))
        return
    found = relatives()
    if (settings.home / STORE).is_file():
        from polyaxon_sdk.index.mirrored import bring_events  # stores, which cost 40 ms

        for each in found:
            bring_events(each.folder)
    lines = [(each, line) for each in found for line in read_logs(each.folder)]
    if output == "json":
        print_json([{"run": each.folder.uuid, **line._asdict()} for each, line in lines])
        return
    for each, line in lines:
        click.echo(printed_line(line, each))
