"""`polyaxon ops lineage`."""

from __future__ import annotations

from collections.abc import Sequence

import click
from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from polyaxon_sdk.cli.documents import print_json
from polyaxon_sdk.cli.ops.selection import Selection
from polyaxon_sdk.cli.options import project_option, uid_option
from polyaxon_sdk.cli.show import status_text
from polyaxon_sdk.client.lineage import Artifact, Edge, Lineage, lineage_of
from polyaxon_sdk.client.openlineage import openlineage_event
from polyaxon_sdk.exceptions import printable
from polyaxon_sdk.settings import load

__all__ = ["lineage"]


@click.command()
@project_option
@uid_option
@click.option(
    "-o",
    "--output",
    type=click.Choice(["json", "openlineage"]),
    help="Print for programs instead of for people; openlineage prints an OpenLineage event.",
)
@click.pass_obj
def lineage(selection: Selection, *, project: str | None, uid: str | None, output: str | None) -> None:
    """Show what a run took in and made, and the runs next to it."""
    settings = load()
    folder = selection.over(project, uid).folder(settings)
    found = lineage_of(settings, folder)
    if output == "openlineage":
        print_json(openlineage_event(folder, found))
    elif output == "json":
        print_json(_document(found))
    else:
        Console().print(_tree(found), soft_wrap=True)


def _document(found: Lineage) -> dict[str, object]:
    state = found.run
    return {
        "run": {"uuid": state.uuid, "name": state.name, "status": state.status},
        "inputs": found.inputs,
        "outputs": found.outputs,
        "upstream": [edge._asdict() for edge in found.upstream],
        "downstream": [edge._asdict() for edge in found.downstream],
    }


def _tree(found: Lineage) -> Tree:
    state = found.run
    tree = Tree(
        Text.assemble(
            (state.uuid[:12], "bold"), printable(f"  {state.name or '-'}  "), status_text(state.status)
        )
    )
    _add(tree, "made from", [_run(edge.upstream, edge) for edge in found.upstream])
    _add(tree, "inputs", [_artifact(artifact) for artifact in found.inputs])
    _add(tree, "outputs", [_artifact(artifact) for artifact in found.outputs])
    _add(tree, "made into", [_run(edge.downstream, edge) for edge in found.downstream])
    return tree


def _add(tree: Tree, title: str, lines: Sequence[Text]) -> None:
    if lines:
        branch = tree.add(Text(title, style="bold"))
        for line in lines:
            branch.add(line)


def _artifact(artifact: Artifact) -> Text:
    kind, name, path = (str(artifact.get(key) or "-") for key in ("kind", "name", "path"))
    return Text(printable(f"{kind}  {name}  {path}"))


def _run(uuid: str, edge: Edge) -> Text:
    text = Text(printable(f"{edge.kind}  {uuid[:12]}  {edge.name or '-'}  "))
    return text.append_text(status_text(edge.status)) if edge.status else text.append("not in this home")
