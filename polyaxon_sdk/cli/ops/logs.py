"""`polyaxon ops logs`."""

from __future__ import annotations

import click

from polyaxon_sdk.cli.documents import print_json
from polyaxon_sdk.cli.ops.selection import Selection
from polyaxon_sdk.cli.options import output_option, project_option, uid_option
from polyaxon_sdk.runs.logs import read_logs
from polyaxon_sdk.settings import load

__all__ = ["logs"]


@click.command()
@project_option
@uid_option
@output_option
@click.pass_obj
def logs(selection: Selection, *, project: str | None, uid: str | None, output: str | None) -> None:
    """Print what a run printed."""
    lines = read_logs(selection.over(project, uid).folder(load()))
    if output == "json":
        print_json([line._asdict() for line in lines])
        return
    for line in lines:
        click.echo(line.text)
