"""Telling a person what of a run can't be read."""

from __future__ import annotations

import click

from polyaxon_sdk.exceptions import printable
from polyaxon_sdk.index.place import STORE
from polyaxon_sdk.runs.damage import damage_in
from polyaxon_sdk.runs.folder import RunFolder

__all__ = ["tell_damage"]


def tell_damage(folder: RunFolder) -> bool:
    """Name each file of a run that is damaged; whether it is told no more how much of the others counts."""
    if (folder.home / STORE).is_file():
        return False  # of a run of a store only what is asked for is here
    found = damage_in(folder)
    for problem in found:
        click.echo(f"damaged: {printable(problem)}", err=True)
    return any(problem.startswith("journal/") for problem in found)
