"""`polyaxon ops metrics`."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from math import isfinite
from typing import cast

import click

from polyaxon_sdk.cli.documents import print_json
from polyaxon_sdk.cli.ops.selection import Selection
from polyaxon_sdk.cli.options import project_option, uid_option
from polyaxon_sdk.cli.separated import print_csv
from polyaxon_sdk.cli.series import names_option, series_of, table_option
from polyaxon_sdk.cli.show import brief, print_table
from polyaxon_sdk.cli.sparkline import sparkline
from polyaxon_sdk.client.events import EventColumns
from polyaxon_sdk.settings import load

__all__ = ["metrics"]

_WIDTH = 20


@click.command()
@names_option
@project_option
@uid_option
@table_option
@click.pass_obj
def metrics(
    selection: Selection, *, names: str | None, project: str | None, uid: str | None, output: str | None
) -> None:
    """Show the course of each metric of a run."""
    found = series_of(selection.over(project, uid).folder(load()), "metric", names)
    if output == "json":
        print_json(found)
    elif output == "csv":
        print_csv(["name", "step", "timestamp", "value"], chain.from_iterable(map(_rows, found.items())))
    else:
        _print(found)


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
    rows = [[name, sparkline(each, _WIDTH), *map(brief, _figures(each))] for name, each in values.items()]
    print_table(["METRIC", "COURSE", "POINTS", "LAST", "MIN", "MAX"], rows)


def _figures(values: list[float]) -> list[object]:
    """How many there are, the last, and the least and the greatest that is a number."""
    finite = [value for value in values if isfinite(value)] or values
    return [len(values), values[-1], min(finite), max(finite)]
