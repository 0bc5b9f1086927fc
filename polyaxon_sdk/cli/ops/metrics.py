"""`polyaxon ops metrics`."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from math import isfinite
from shutil import get_terminal_size
from typing import cast

import click

from polyaxon_sdk.cli.documents import print_json
from polyaxon_sdk.cli.ops.selection import reads_a_run
from polyaxon_sdk.cli.plot import plot
from polyaxon_sdk.cli.separated import print_csv
from polyaxon_sdk.cli.series import names_option, series_of, table_option
from polyaxon_sdk.cli.show import brief, print_table
from polyaxon_sdk.cli.sparkline import sparkline
from polyaxon_sdk.client.events import EventColumns
from polyaxon_sdk.exceptions import counted, printable
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import Settings

__all__ = ["metrics"]

_WIDTH = 20
_HEIGHT = 12


@click.command()
@names_option
@click.option("--plot", "plots", is_flag=True, help="Draw each metric over its steps.")
@table_option
@reads_a_run
def metrics(
    *, settings: Settings, folder: RunFolder, names: str | None, plots: bool, output: str | None
) -> None:
    """Show the course of each metric of a run."""
    del settings  # what it is found by
    if plots and output:
        raise click.UsageError("--plot prints for people: leave --output out")
    found = series_of(folder, "metric", names)
    if output == "json":
        print_json(found)
    elif output == "csv":
        print_csv(["name", "step", "timestamp", "value"], chain.from_iterable(map(_rows, found.items())))
    else:
        (_draw if plots else _print)(found)


def _rows(item: tuple[str, EventColumns]) -> list[tuple[object, ...]]:
    name, columns = item
    return [
        (name, *row) for row in zip(columns["step"], columns["timestamp"], columns["metric"], strict=True)
    ]


def _print(found: Mapping[str, EventColumns]) -> None:
    if not found:
        click.echo("no metrics were logged")
        return
    values = {name: cast("list[float]", columns["metric"]) for name, columns in found.items()}
    rows = [
        [name, sparkline(each, _WIDTH), str(len(each)), *map(brief, _figures(each))]
        for name, each in values.items()
    ]
    print_table(["METRIC", "COURSE", "POINTS", "LAST", "MIN", "MAX"], rows)


def _draw(found: Mapping[str, EventColumns]) -> None:
    if not found:
        click.echo("no metrics were logged")
    width = get_terminal_size().columns
    for name, columns in found.items():
        values = cast("list[float]", columns["metric"])
        # A point without a step has its number in the series for one.
        steps = [
            float(step) if isinstance(step, int) else float(number)
            for number, step in enumerate(columns["step"])
        ]
        last, least, most = map(brief, _figures(values))
        head = f"{printable(name)}: {counted(len(values), 'point')}, last {last}, min {least}, max {most}"
        drawn = plot(list(zip(steps, values, strict=True)), width, _HEIGHT)
        click.echo("\n".join([head, *(drawn or ["no point is a number"]), ""]))


def _figures(values: list[float]) -> list[object]:
    """The last one, and the least and the greatest that is a number."""
    if not values:  # what is in the file can't be read
        return ["-", "-", "-"]
    finite = [value for value in values if isfinite(value)] or values
    return [values[-1], min(finite), max(finite)]
