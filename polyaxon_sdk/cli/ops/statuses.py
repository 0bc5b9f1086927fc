"""`polyaxon ops statuses`."""

from __future__ import annotations

import click
from rich.console import Console
from rich.text import Text

from polyaxon_sdk.cli.documents import print_json
from polyaxon_sdk.cli.ops.selection import reads_a_run
from polyaxon_sdk.cli.options import output_option
from polyaxon_sdk.cli.show import moment, status_text
from polyaxon_sdk.client.following import follow_statuses
from polyaxon_sdk.exceptions import printable
from polyaxon_sdk.runs.damage import read_anyway
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.status import Condition
from polyaxon_sdk.settings import Settings

__all__ = ["statuses"]


@click.command()
@click.option("-w", "--watch", is_flag=True, help="Go on until the run is done.")
@output_option
@reads_a_run
def statuses(*, settings: Settings, folder: RunFolder, watch: bool, output: str | None) -> None:
    """Print each status that a run had."""
    del settings  # what it is found by
    if watch and output:
        raise click.UsageError("--watch prints for people: leave --output out")
    found = follow_statuses(folder) if watch else read_anyway(folder).conditions
    if output == "json":
        print_json([condition._asdict() for condition in found])
        return
    console = Console()
    for condition in found:
        console.print(_line(condition), soft_wrap=True)


def _line(condition: Condition) -> Text:
    reason = ": ".join(part for part in (condition.reason, condition.message) if part)
    status = status_text(condition.status)
    status.pad_right(max(0, 15 - len(status)))
    return Text.assemble(moment(condition.time), "  ", status, "  ", printable(reason))
