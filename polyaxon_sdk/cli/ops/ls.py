"""`polyaxon ops ls`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import click
from rich.text import Text

from polyaxon_sdk.cli.documents import print_json
from polyaxon_sdk.cli.ops.selection import Selection
from polyaxon_sdk.cli.options import output_option, project_option, query_option
from polyaxon_sdk.cli.show import brief, day, lasting, print_table, status_text
from polyaxon_sdk.exceptions import printable
from polyaxon_sdk.index.page import list_page
from polyaxon_sdk.index.question import Question
from polyaxon_sdk.index.run_row import DEFAULT_SORT, Listing, RunRow
from polyaxon_sdk.settings import load

__all__ = ["ls"]


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
@output_option
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
    output: str | None,
) -> None:
    """List runs, newest first."""
    settings, chosen = load(), selection.over(project)
    listing = list_page(settings, Question(query or "", chosen.project_name, sort, limit, offset))
    if output == "json":
        print_json({"count": listing.total, "results": [row._asdict() for row in listing.rows]})
    else:
        where = f" of project {chosen.project_name}" if chosen.project_name else ""
        none = f"no runs{where} in {settings.home}"
        none += f" match {query!r}" if query else "; `polyaxon run` starts one"
        _print(listing, with_values=with_values, none=none)


def _print(listing: Listing, *, with_values: bool, none: str) -> None:
    if not listing.total:
        click.echo(none)
        return
    columns = {**_COLUMNS, **(_VALUES if with_values else _PLACES)}
    print_table(list(columns), [[cell(row) for cell in columns.values()] for row in listing.rows])
    if len(listing.rows) < listing.total:
        click.echo(f"{len(listing.rows)} of {listing.total} runs; --limit and --offset show others")
    for row in listing.rows:
        if row.problem:
            click.echo(f"{row.uuid[:12]}: {printable(row.problem)}", err=True)


def _values(values: dict[str, object]) -> str:
    return " ".join(f"{name}={brief(value)}" for name, value in values.items())


_Cell = Callable[[RunRow], str | Text]

_COLUMNS: Mapping[str, _Cell] = {
    "UUID": lambda row: row.uuid[:12],
    "NAME": lambda row: row.name or "-",
    "STATUS": lambda row: status_text(row.status),
}
_PLACES: Mapping[str, _Cell] = {
    "PROJECT": lambda row: row.project or "-",
    "CREATED": lambda row: day(row.created_at),
    "DURATION": lambda row: lasting(row.duration),
}
_VALUES: Mapping[str, _Cell] = {
    "INPUTS": lambda row: _values(row.inputs),
    "OUTPUTS": lambda row: _values(row.outputs),
}
