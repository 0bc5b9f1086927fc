"""Runs that go on by themselves, and looking on at them."""

from __future__ import annotations

import sys

import click

from polyaxon_sdk.cli.carrying import exit_code_of
from polyaxon_sdk.cli.documents import print_json
from polyaxon_sdk.cli.printed import follow_printed
from polyaxon_sdk.cli.watching import Watching
from polyaxon_sdk.client.following import wait_for
from polyaxon_sdk.runner.background import start
from polyaxon_sdk.runner.draft import Draft
from polyaxon_sdk.runner.uploads import Upload
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.settings import Settings

__all__ = ["detach"]


def detach(
    drafted: Draft,
    *,
    upload: Upload | None = None,
    logs: bool = False,
    watch: bool = False,
    output: str | None,
) -> int:
    """Start a run that goes on by itself, tell how to follow it, and follow it where that is asked for.

    Ctrl-C, or the end of the terminal, ends the looking on alone.

    Args:
        upload: files that it takes along.
        logs: show what it prints, until it is done.
        watch: show each of its statuses, until it is done.
        output: `json` for programs.

    Returns:
        The exit code: 0 once it has begun, or that of the run where it was followed to its end.
    """
    told: list[str] = []
    folder = start(drafted, upload=upload, tell=told.append)
    if output == "json":
        print_json({"uuid": folder.uuid, "path": str(folder.path)})
        return 0
    click.echo(f"run {folder.uuid} goes on by itself")
    for note in told:
        click.echo(f"  {note}")
    click.echo(f"  follow it  polyaxon ops logs -uid {folder.uuid[:12]}")
    click.echo(f"  look at it polyaxon ops get -uid {folder.uuid[:12]}")
    click.echo(f"  stop it    polyaxon ops stop -uid {folder.uuid[:12]}")
    sys.stdout.flush()
    return _follow(drafted.settings, folder, logs=logs, watch=watch) if logs or watch else 0


def _follow(settings: Settings, folder: RunFolder, *, logs: bool, watch: bool) -> int:
    watching = Watching(folder, click.echo)
    if watch:
        watching.start()
    if logs:
        for line in follow_printed(settings, folder):
            click.echo(line)
    else:
        wait_for(folder, (), None)
    if watch:
        watching.close()
    return exit_code_of(read_run(folder).status)
