"""`polyaxon ops ls`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from time import sleep

import click

from polyaxon_sdk.cli.documents import print_json
from polyaxon_sdk.cli.ops.columns import (
    COLUMNS,
    CSV,
    PLACES,
    VALUES,
    Cell,
    chosen_columns,
    unfilled,
    value_of,
)
from polyaxon_sdk.cli.ops.damage import tell_damaged
from polyaxon_sdk.cli.ops.place import is_store, place_of_runs, settings_of_runs
from polyaxon_sdk.cli.ops.selection import Selection
from polyaxon_sdk.cli.options import project_option, query_option
from polyaxon_sdk.cli.separated import print_csv
from polyaxon_sdk.cli.series import table_option
from polyaxon_sdk.cli.show import print_table
from polyaxon_sdk.cli.uncollected import uncollected
from polyaxon_sdk.client.looking import look_at_page
from polyaxon_sdk.exceptions import counted, printable
from polyaxon_sdk.index.question import Question
from polyaxon_sdk.index.run_row import DEFAULT_SORT, Listing

__all__ = ["ls"]

_EVERY = 1.0
"""Seconds between two looks."""


@click.command()
@query_option
@project_option
@click.option(
    "-l", "--limit", type=click.IntRange(1), default=20, show_default=True, help="How many runs at most."
)
@click.option("-off", "--offset", type=click.IntRange(0), default=0, help="How many runs to pass over.")
@click.option(
    "-s",
    "--sort",
    default=DEFAULT_SORT,
    show_default=True,
    metavar="A,-B",
    help="Fields to sort by; - goes down.",
)
@click.option("-io", "--io", "with_values", is_flag=True, help="Show inputs and outputs.")
@click.option(
    "-c",
    "--columns",
    metavar="A,B",
    help="What to show: fields, and inputs.NAME, outputs.NAME, metrics.NAME.",
)
@click.option("-w", "--watch", is_flag=True, help="Show the list again wherever it changed, until Ctrl-C.")
@table_option
@click.pass_obj
def ls(
    selection: Selection,
    *,
    query: str | None,
    project: str | None,
    limit: int,
    offset: int,
    sort: str,
    with_values: bool,
    columns: str | None,
    watch: bool,
    output: str | None,
) -> None:
    """List runs, newest first."""
    if watch and output:
        raise click.UsageError("--watch prints for people: leave --output out")
    if selection.uid:
        raise click.UsageError("ls takes no --uid: `polyaxon ops get` shows one run, --query finds runs")
    chosen = selection.over(project)
    question = Question(query or "", chosen.project, sort, limit, offset)
    cells = _cells(columns, with_values=with_values)
    where = f" of project {chosen.project}" if chosen.project else ""
    none = f"no runs{where} in {place_of_runs()}"
    begin = "nothing was shipped there, or it is misspelt" if is_store() else "`polyaxon run` starts one"
    none += f" match {query!r}" if query else f"; {begin}"
    with nullcontext() if watch else uncollected():
        for listing in _pages(question, watch=watch):
            for hint in [*listing.hints, *unfilled(columns or "", listing.rows)]:
                click.echo(printable(hint), err=True)
            if output == "json":
                print_json({"count": listing.total, "results": [row._asdict() for row in listing.rows]})
            elif output == "csv":
                names = [name if "." in name else name.lower() for name in (cells if columns else CSV)]
                print_csv(names, ([value_of(row, name) for name in names] for row in listing.rows))
            else:
                _print(listing, cells, none=none)
            _tell_problems(listing)


def _pages(question: Question, *, watch: bool) -> Iterator[Listing]:
    """The page, and where it is watched, again wherever it changed."""
    shown = None
    while True:
        listing = look_at_page(settings_of_runs(), question)
        if listing != shown:
            if shown is not None:
                click.echo()
            yield listing
            shown = listing
        if not watch:
            return
        sleep(_EVERY)


def _cells(names: str | None, *, with_values: bool) -> Mapping[str, Cell]:
    if names is not None:
        return chosen_columns(names)
    return {**COLUMNS, **(VALUES if with_values else PLACES)}


def _print(listing: Listing, columns: Mapping[str, Cell], *, none: str) -> None:
    if not listing.total:
        click.echo(none)
        return
    print_table(list(columns), [[cell(row) for cell in columns.values()] for row in listing.rows])
    if len(listing.rows) < listing.total:
        click.echo(
            f"{len(listing.rows)} of {counted(listing.total, 'run')}; --limit and --offset show others"
        )


def _tell_problems(listing: Listing) -> None:
    for row in listing.rows:
        if row.problem and not row.damage:
            click.echo(f"{row.uuid[:12]}: {printable(row.problem)}", err=True)
    here = [(row.uuid, row.damage) for row in listing.rows if row.damage]
    tell_damaged(here, listing.damaged)
