"""Telling of files in the hub that can't be read."""

from __future__ import annotations

from collections.abc import Iterable

import click

from polyaxon_sdk.exceptions import printable

__all__ = ["tell_damaged_files"]


def tell_damaged_files(lines: Iterable[str]) -> None:
    """Print a line for each to the error output."""
    for line in lines:
        click.echo(f"damaged: {printable(line)}", err=True)
