"""`polyaxon ops get`."""

from __future__ import annotations

import click
from rich.console import Console
from rich.text import Text

from polyaxon_sdk.cli.documents import print_json
from polyaxon_sdk.cli.ops.selection import reads_a_run
from polyaxon_sdk.cli.options import output_option
from polyaxon_sdk.cli.run_document import document_of
from polyaxon_sdk.cli.show import brief, lasting, moment, print_pairs, status_text
from polyaxon_sdk.exceptions import printable
from polyaxon_sdk.runner.superseded import successor_of
from polyaxon_sdk.runs.damage import read_anyway
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import RunState
from polyaxon_sdk.settings import Settings

__all__ = ["get"]


@click.command()
@output_option
@reads_a_run
def get(*, settings: Settings, folder: RunFolder, output: str | None) -> None:
    """Show one run."""
    del settings  # what it is found by
    state = read_anyway(folder)
    if output == "json":
        print_json(document_of(folder, state))
    else:
        _print(folder, state)


def _print(folder: RunFolder, state: RunState) -> None:
    console = Console()
    pairs: dict[str, str | Text] = {
        "uuid": state.uuid,
        "name": state.name or "-",
        "description": state.description or "",
        "project": f"{state.owner}/{state.project}",
        "tags": ", ".join(state.tags),
        "status": _status(state),
        "carried out" if not state.reuse.get("reused") else "reused": _why(state),
        "address": _address(state),
        "run again as": successor_of(state)[:12],
        "next run": str(state.meta.get("next_run_at") or "") if state.kind == "schedule" else "",
        "created": moment(state.created_at),
        "duration": lasting(state.duration),
        "path": str(folder.path),
    }
    print_pairs(console, {name: value for name, value in pairs.items() if value})
    for title, values in (("inputs", _inputs(folder, state)), ("outputs", state.outputs)):
        if values:
            console.print(f"\n{title}", style="bold")
            print_pairs(console, {name: brief(value) for name, value in values.items()}, indent="  ")
    if state.artifacts:
        console.print("\nartifacts", style="bold")
        paths = {name: f"{kind}  {item.get('path') or '-'}" for (name, kind), item in state.artifacts.items()}
        print_pairs(console, paths, indent="  ")
    for problem in state.problems:
        click.echo(f"problem: {printable(problem)}", err=True)
    for problem, since in state.mended.items():
        click.echo(f"over since {moment(since)}: {printable(problem)}", err=True)


def _inputs(folder: RunFolder, state: RunState) -> dict[str, object]:
    """Its inputs; of a search those that it gives values to with its space."""
    if state.kind != "matrix":
        return dict(state.inputs)
    from polyaxon_sdk.cli.searched import searched_by  # specifications, for searches alone

    return {**state.inputs, **searched_by(folder)}


def _address(state: RunState) -> str:
    """Where a service is reached that goes on."""
    urls = state.meta.get("urls")
    return ", ".join(map(str, urls)) if isinstance(urls, list) and not state.is_done else ""


def _why(state: RunState) -> str:
    """Why it was taken from an earlier run, or from none; nothing where that was not asked."""
    why = str(state.reuse.get("why") or "")
    return f"{why} (invalidated since)" if why and state.is_invalidated else why or _invalidated(state)


def _invalidated(state: RunState) -> str:
    return "no later run is taken from it: it was invalidated" if state.is_invalidated else ""


def _status(state: RunState) -> Text:
    text = status_text(state.status)
    last = state.conditions[-1] if state.conditions else None
    if last is not None and last.message:
        text.append(printable(f"  {last.reason}: {last.message}"), style="default")
    return text
