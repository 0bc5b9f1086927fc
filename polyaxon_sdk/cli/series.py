"""What the commands about series of events share."""

from __future__ import annotations

import click

from polyaxon_sdk.client.events import EventColumns, columns_of
from polyaxon_sdk.exceptions import InputError, did_you_mean
from polyaxon_sdk.runs.event_series import read_event_series
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import file_name

__all__ = ["names_option", "series_of", "table_option"]

names_option = click.option("--names", metavar="A,B", help="The series that are wanted; by default all.")

table_option = click.option(
    "-o", "--output", type=click.Choice(["json", "csv"]), help="Print for programs instead of for people."
)


def series_of(folder: RunFolder, kind: str, names: str | None) -> dict[str, EventColumns]:
    """The series of a kind that have these names.

    Raises:
        InputError: a name that no series of this kind has.
    """
    wanted = [name.strip() for name in names.split(",") if name.strip()] if names else None
    found = columns_of(folder, kind, wanted)
    for name in wanted or ():
        if file_name(name) not in map(file_name, found):
            there = [series.name for series in read_event_series(folder, kind)]
            raise InputError(f"run {folder.uuid[:12]} has no {kind} {name!r}", hint=did_you_mean(name, there))
    return found
