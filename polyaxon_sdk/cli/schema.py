"""`polyaxon schema`."""

from __future__ import annotations

from typing import Literal

import click

from polyaxon_sdk.cli.answering import prints_json
from polyaxon_sdk.cli.documents import print_json
from polyaxon_sdk.polyflow.schema import schema_of_polyaxonfile

__all__ = ["schema"]


@click.command()
@click.option(
    "--kind", type=click.Choice(["component", "operation"]), help="Only that kind; by default either."
)
@prints_json
def schema(kind: Literal["component", "operation"] | None) -> None:
    """Print the JSON Schema of a Polyaxonfile, for editors."""
    print_json(schema_of_polyaxonfile(kind))
