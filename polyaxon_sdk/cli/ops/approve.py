"""`polyaxon ops approve`."""

from __future__ import annotations

import click

from polyaxon_sdk.cli.ops.selection import changes_a_run
from polyaxon_sdk.runner.approval import approve as let_begin
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import Settings

__all__ = ["approve"]


@click.command()
@changes_a_run
def approve(*, settings: Settings, folder: RunFolder) -> None:
    """Let a run begin that waits for approval."""
    del settings
    let_begin(folder)
    click.echo(f"run {folder.uuid[:12]} is approved")
