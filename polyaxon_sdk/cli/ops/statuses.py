"""`polyaxon ops statuses`."""

from __future__ import annotations

import click
from rich.console import Console
from rich.text import Text

from polyaxon_sdk.cli.documents import print_json
from polyaxon_sdk.cli.ops.damage import tell_damage
from polyaxon_sdk.cli.ops.place import settings_of_runs
from polyaxon_sdk.cli.ops.selection import Selection
from polyaxon_sdk.cli.options import output_option, project_option, uid_option
from polyaxon_sdk.cli.show import moment, status_text
from polyaxon_sdk.client.following import follow_statuses
from polyaxon_sdk.exceptions import printable
from polyaxon_sdk.runs.damage import read_anyway
from polyaxon_sdk.runs.status import Condition

__all__ = ["statuses"]


@click.command()
@click.option("-w", "--watch", is_flag=True, help="Go on until the run is done.")
@project_option
@uid_option
@output_option
@click.pass_obj
def statuses(
    selection: Selection, *, watch: bool, project: str | None, uid: str | None, output: str | None
) -> None:
    """Print each status that a run had."""
    if watch and output:
        raise click.UsageError("--watch prints for people: leave --output out")
    folder = selection.over(project, uid).folder(settings_of_runs())
    tell_damage(folder)
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
