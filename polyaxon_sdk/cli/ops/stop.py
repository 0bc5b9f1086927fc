"""`polyaxon ops stop` and `polyaxon ops skip`."""

from __future__ import annotations

from typing import Literal

import click

from polyaxon_sdk.cli.answering import answer
from polyaxon_sdk.cli.ops.selection import changes_a_run
from polyaxon_sdk.runner.stop import stop as end
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import Settings

__all__ = ["skip", "stop"]

_grace_option = click.option(
    "--grace",
    type=click.FloatRange(0),
    metavar="SECONDS",
    help="How long its processes have to end by themselves (default: the setting stop_grace).",
)


@click.command()
@_grace_option
@changes_a_run
def stop(*, settings: Settings, folder: RunFolder, grace: float | None) -> None:
    """End a run that goes on: its processes are asked to, then killed."""
    del settings  # what it is found by
    _end(folder, "stopped", grace)


@click.command()
@_grace_option
@changes_a_run
def skip(*, settings: Settings, folder: RunFolder, grace: float | None) -> None:
    """End a run as one that was not to be carried out."""
    del settings  # what it is found by
    _end(folder, "skipped", grace)


def _end(folder: RunFolder, status: Literal["stopped", "skipped"], grace: float | None) -> None:
    state = end(folder, status=status, grace=grace)
    answer(status=state.status)
    click.echo(f"run {folder.uuid[:12]} is {state.status}")
