"""`polyaxon check`."""

from __future__ import annotations

import click

from polyaxon_sdk.cli.options import source_options
from polyaxon_sdk.cli.source import read_draft
from polyaxon_sdk.runner.draft import Labels
from polyaxon_sdk.settings import load

__all__ = ["check"]


@click.command()
@source_options
def check(files: tuple[str, ...], module: str | None, params: tuple[str, ...]) -> None:
    """Check a file and its params; nothing is created."""
    drafted = read_draft(load(), files=files, module=module, params=params, labels=Labels())
    click.echo(f"valid: {drafted.operation.name or 'an operation without a name'}")
