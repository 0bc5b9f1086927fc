"""`polyaxon ops rerun`."""

from __future__ import annotations

import click

from polyaxon_sdk.authoring.code.rerun import rerun as drafted_again
from polyaxon_sdk.cli.carrying import carry
from polyaxon_sdk.cli.ops.selection import of_a_run
from polyaxon_sdk.cli.options import output_option
from polyaxon_sdk.runner.carrying import plan_any
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import Settings

__all__ = ["rerun"]


@click.command()
@click.option("-l", "--logs", is_flag=True, help="Show what the run prints, as it comes.")
@output_option
@of_a_run
def rerun(*, settings: Settings, folder: RunFolder, logs: bool, output: str | None) -> int:
    """Run a decorated function again, with the inputs and the code that it had; dags and searches too."""
    return carry(
        plan_any(drafted_again(settings, folder)), settings, logs=logs, for_programs=output == "json"
    )
