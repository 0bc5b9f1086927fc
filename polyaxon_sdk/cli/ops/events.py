"""`polyaxon ops events`."""

from __future__ import annotations

import click

from polyaxon_sdk.cli.documents import json_text, print_json
from polyaxon_sdk.cli.ops.selection import reads_a_run
from polyaxon_sdk.cli.separated import print_csv
from polyaxon_sdk.cli.series import names_option, series_of, table_option
from polyaxon_sdk.cli.show import brief, print_table
from polyaxon_sdk.client.events import EventColumns
from polyaxon_sdk.exceptions import InputError, did_you_mean
from polyaxon_sdk.runs.event_series import read_event_series
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.types import Json

__all__ = ["events"]

_Found = dict[str, dict[str, EventColumns]]
"""The series by kind and name."""


@click.command()
@click.option("--kind", metavar="KIND", help="One kind alone, such as image or text; by default all.")
@names_option
@table_option
@reads_a_run
def events(
    *, settings: Settings, folder: RunFolder, kind: str | None, names: str | None, output: str | None
) -> None:
    """Show the series of events of a run, of every kind."""
    del settings  # what it is found by
    if names and not kind:
        raise click.UsageError("--names are those of one kind: say which by --kind")
    found = {each: series_of(folder, each, names) for each in _kinds(folder, kind)}
    if output == "json":
        print_json(found)
    elif output == "csv":
        print_csv(["kind", "name", "step", "timestamp", "value"], _rows(found))
    else:
        _print(found)


def _kinds(folder: RunFolder, wanted: str | None) -> list[str]:
    there = sorted({series.kind for series in read_event_series(folder)})
    if wanted is None:
        return there
    if wanted not in there:
        expected = f"one of {', '.join(there)}" if there else None
        raise InputError(
            f"run {folder.uuid[:12]} has no events of kind {wanted!r}",
            expected=expected,
            hint=did_you_mean(wanted, there),
        )
    return [wanted]


def _rows(found: _Found) -> list[tuple[object, ...]]:
    return [
        (kind, name, step, timestamp, _text(value))
        for kind, series in found.items()
        for name, columns in series.items()
        for step, timestamp, value in zip(columns["step"], columns["timestamp"], columns[kind], strict=True)
    ]


def _text(value: Json) -> object:
    return value if isinstance(value, str | float | int) else json_text(value)


def _print(found: _Found) -> None:
    rows = [
        [kind, name, str(len(columns["step"])), *_last(columns, kind)]
        for kind, series in found.items()
        for name, columns in series.items()
    ]
    if not rows:
        click.echo("no events were logged")
        return
    print_table(["KIND", "NAME", "EVENTS", "LAST STEP", "LAST"], rows)


def _last(columns: EventColumns, kind: str) -> list[str]:
    """The step and the value of the last event; of a file of which none can be read neither."""
    if not columns[kind]:
        return ["-", "-"]
    step = columns["step"][-1]
    return ["-" if step is None else str(step), " ".join(brief(columns[kind][-1]).split())]
