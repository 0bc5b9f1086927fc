"""`polyaxon check`."""

from __future__ import annotations

import click

from polyaxon_sdk.cli.options import Source, source_options
from polyaxon_sdk.cli.source import read_draft
from polyaxon_sdk.runner.draft import Labels
from polyaxon_sdk.settings import load

__all__ = ["check"]


@click.command()
@source_options
def check(source: Source, params: tuple[str, ...]) -> None:
    """Check a file and its params; nothing is created."""
    drafted = read_draft(load(), source, params=params, labels=Labels())
    click.echo(f"valid: {drafted.operation.name or 'an operation without a name'}")
