"""`polyaxon ops compare`."""

from __future__ import annotations

from collections.abc import Sequence

import click
from rich.text import Text

from polyaxon_sdk.cli.documents import print_json
from polyaxon_sdk.cli.ops.place import settings_of_runs
from polyaxon_sdk.cli.ops.selection import Selection, chosen_runs
from polyaxon_sdk.cli.options import project_option, query_option, uids_option
from polyaxon_sdk.cli.separated import print_csv
from polyaxon_sdk.cli.series import table_option
from polyaxon_sdk.cli.show import brief, print_table
from polyaxon_sdk.client.comparing import Compared
from polyaxon_sdk.client.comparing import compare as put_side_by_side
from polyaxon_sdk.exceptions import counted
from polyaxon_sdk.runs.folder import RunFolder

__all__ = ["compare"]

_LONG = frozenset({"environment"})
"""Sections of which a person sees what differs alone."""


@click.command()
@click.argument("runs", nargs=-1, metavar="UUID UUID...")
@click.option("-d", "--differences", is_flag=True, help="Leave out what is the same.")
@query_option
@project_option
@uids_option
@table_option
@click.pass_obj
def compare(
    selection: Selection,
    *,
    runs: tuple[str, ...],
    differences: bool,
    query: str | None,
    project: str | None,
    uids: tuple[str, ...],
    output: str | None,
) -> None:
    """Show runs side by side: what they were made of and what came of it, differences first."""
    words = [*([selection.uid] if selection.uid else []), *uids, *runs]
    if query is None and len(words) < 2:
        raise click.UsageError("name two runs or more")
    chosen = Selection(selection.over(project).project)
    folders = chosen_runs(chosen, settings_of_runs(), query=query, uids=words)
    if len(folders) < 2:
        which = words[0] if query is None else f"the query {query!r}"
        raise click.UsageError(f"{which} means {counted(len(folders), 'run')}: name two or more")
    rows = [row for row in put_side_by_side(folders) if row.differs or not differences]
    uuids = [folder.uuid for folder in folders]
    if output == "json":
        print_json({"runs": uuids, "rows": [row._asdict() for row in rows]})
    elif output == "csv":
        told = ([row.section, row.name, row.differs, *map(_told, row.values)] for row in rows)
        print_csv(["section", "name", "differs", *uuids], told)
    else:
        _print(folders, rows)


def _print(folders: Sequence[RunFolder], rows: Sequence[Compared]) -> None:
    for section in dict.fromkeys(row.section for row in rows):
        of_section = [row for row in rows if row.section == section]
        shown = [row for row in of_section if row.differs or section not in _LONG]
        if shown:
            cells = [[_name(row), *(Text(_told(value)) for value in row.values)] for row in shown]
            print_table([section.upper(), *(folder.uuid[:12] for folder in folders)], cells)
        if same := len(of_section) - len(shown):
            click.echo(f"{section}: {same} more are the same; -o json shows them")
        click.echo()
    if not rows:
        click.echo("nothing differs")


def _name(row: Compared) -> Text:
    return Text(row.name, style="bold yellow" if row.differs else "dim")


def _told(value: object) -> str:
    return "-" if value is None else " ".join(brief(value).split())
