"""`polyaxon components`."""

from __future__ import annotations

import click

from polyaxon_sdk.cli.lazy import Entry, LazyGroup

__all__ = ["ENTRIES", "components"]

ENTRIES = {
    "ls": Entry("polyaxon_sdk.cli.components.ls:ls", "List the components of a file with their inputs."),
    "stub": Entry(
        "polyaxon_sdk.cli.components.stub:stub", "Print a component of a file as a typed Python function."
    ),
}


@click.group(cls=LazyGroup, entries=ENTRIES)
def components() -> None:
    """Look at the components of a file."""
