"""Telling a person what of a run can't be read."""

from __future__ import annotations

import warnings
from collections.abc import Iterable

import click

from polyaxon_sdk.cli.ops.place import is_store, store_words
from polyaxon_sdk.exceptions import printable
from polyaxon_sdk.runs.damage import damage_in, is_untold
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.salvage import DamageWarning

__all__ = ["tell_damage", "tell_damaged"]

_NAMED = 10
"""Damaged runs that are named beside a list."""


def tell_damage(folder: RunFolder) -> bool:
    """Name each file of a run that is damaged; whether it is told no more how much of the others counts."""
    found = damage_in(folder)
    if found:
        warnings.simplefilter("ignore", DamageWarning)  # it is said here
    for problem in found:
        click.echo(f"damaged: {printable(problem)}", err=True)
    return is_untold(found)


def tell_damaged(runs: Iterable[tuple[str, str]]) -> None:
    """A line for each damaged run: which of its files are, and what to do.

    Args:
        runs: their uuids, and what of each is damaged.
    """
    told = list(runs)
    for uuid, what in told[:_NAMED]:
        run = uuid[:12]
        advice = f"`polyaxon ops get {store_words()}-uid {run}` shows the rest"
        if not is_store():
            advice += f", `polyaxon ops delete -uid {run}` takes it away"
        click.echo(f"damaged: {run}: {printable(what)}; {advice}", err=True)
    if len(told) > _NAMED:
        click.echo(f"damaged: {len(told) - _NAMED} runs or more besides", err=True)
