"""`polyaxon events`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from polyaxon_sdk.cli.answering import prints_json
from polyaxon_sdk.cli.batch import answer_lines, batch_option, shown
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runs.events import read

__all__ = ["events"]


@click.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option(
    "--kind", default="metric", show_default=True, help="What the file holds, such as image or text."
)
@batch_option
@prints_json
def events(*, path: Path | None, kind: str, batch: bool) -> None:
    """Print the rows of an event file, a JSON object a line."""
    if batch:
        answer_lines(_answer)
        return
    if path is None:
        raise InputError("no event file", expected="a path such as events/metric/loss.plx, or --batch")
    for event in read(path, kind):
        click.echo(shown(event._asdict()))


def _answer(request: Mapping[str, object]) -> Mapping[str, object]:
    path, kind = request.get("path"), request.get("kind")
    if not isinstance(path, str) or not isinstance(kind, str):
        raise InputError("a request for events lacks its path or its kind")
    return {"valid": True, "events": [event._asdict() for event in read(Path(path), kind)]}
