"""`polyaxon version`."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of

import click

from polyaxon_sdk.cli.answering import answer
from polyaxon_sdk.version import __version__

__all__ = ["version"]


@click.command()
def version() -> None:
    """Print the version."""
    answer(version=__version__)
    click.echo(__version__)
    try:
        other = version_of("polyaxon")
    except PackageNotFoundError:
        return
    click.echo(
        f"Warning: polyaxon {other} is installed beside it and owns the same names: "
        "`pip uninstall polyaxon`, then install polyaxon-sdk again",
        err=True,
    )
