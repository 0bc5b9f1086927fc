"""`polyaxon completion`."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from polyaxon_sdk.exceptions import PolyaxonError

__all__ = ["completion"]


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.option("--name", type=click.Choice(["polyaxon", "plx"]), default="polyaxon", help="For which command.")
@click.pass_context
def completion(context: click.Context, shell: str, name: str) -> None:
    """Print what a shell has to read to complete commands and options."""
    found = get_completion_class(shell)
    if found is None:
        raise PolyaxonError(f"click completes nothing in {shell}")
    variable = f"_{name.upper()}_COMPLETE"
    click.echo(found(context.find_root().command, {}, name, variable).source())
