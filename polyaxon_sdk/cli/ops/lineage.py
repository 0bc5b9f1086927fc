"""`polyaxon ops lineage`."""

from __future__ import annotations

import click
from rich.console import Console

from polyaxon_sdk.cli.documents import print_json
from polyaxon_sdk.cli.ops.selection import reads_a_run
from polyaxon_sdk.cli.runs_tree import lineage_tree
from polyaxon_sdk.client.lineage import Lineage, lineage_of
from polyaxon_sdk.client.openlineage import openlineage_events
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import Settings

__all__ = ["lineage"]


@click.command()
@click.option(
    "--depth",
    type=click.IntRange(min=0),
    metavar="N",
    help="How many runs away to go, up and downstream; all of them by default.",
)
@click.option(
    "-o",
    "--output",
    type=click.Choice(["json", "openlineage"]),
    help="Print for programs instead of for people; openlineage prints a list of OpenLineage events, one a run.",
)
@reads_a_run
def lineage(*, settings: Settings, folder: RunFolder, depth: int | None, output: str | None) -> None:
    """Show what a run took in and made, the runs that it comes from, and those that come from it."""
    found = lineage_of(settings, folder, depth)
    if output == "openlineage":
        print_json(openlineage_events(settings, found.graph))
    elif output == "json":
        print_json(_document(found))
    else:
        Console().print(lineage_tree(found), soft_wrap=True)
    if not found.graph.is_whole:
        click.echo("there are more runs than are shown: --depth N goes less far", err=True)


def _document(found: Lineage) -> dict[str, object]:
    state, graph = found.run, found.graph
    return {
        "run": {"uuid": state.uuid, "name": state.name, "status": state.status},
        "inputs": found.inputs,
        "outputs": found.outputs,
        "nodes": [node._asdict() for node in graph.nodes],
        "edges": [
            {**edge._asdict(), "artifacts": [each._asdict() for each in edge.artifacts]}
            for edge in graph.edges
        ],
        "is_whole": graph.is_whole,
    }
