"""Telling a person what of a run can't be read."""

from __future__ import annotations

import warnings
from collections.abc import Iterable

import click

from polyaxon_sdk.cli.ops.place import is_store, store_words
from polyaxon_sdk.exceptions import printable
from polyaxon_sdk.index.run_row import MOST_DAMAGED
from polyaxon_sdk.runs.damage import damage_in
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.salvage import DamageWarning

__all__ = ["tell_damage", "tell_damaged"]

_SOME = 3
_NAMED = 10
"""Damaged runs that are named beside a list."""


def tell_damage(folder: RunFolder) -> None:
    """Name each file of a run that is damaged."""
    found = damage_in(folder)
    if found:
        warnings.simplefilter("ignore", DamageWarning)  # it is said here
    for problem in found:
        click.echo(f"damaged: {printable(problem)}", err=True)


def tell_damaged(runs: Iterable[tuple[str, str]], others: Iterable[tuple[str, str]] = ()) -> None:
    """A line for each damaged run: which of its files are, and what to do; one line for all others.

    Args:
        runs: their uuids, and what of each is damaged.
        others: likewise those that a list doesn't show.
    """
    told = list(runs)
    for uuid, what in told[:_NAMED]:
        run = uuid[:12]
        advice = f"`polyaxon ops get {store_words()}-uid {run}` shows the rest"
        if not is_store():
            advice += f", `polyaxon ops delete -uid {run}` takes it away"
        click.echo(f"damaged: {run}: {printable(what)}; {advice}", err=True)
    if rest := [uuid[:12] for uuid, _ in (*told[_NAMED:], *others)]:
        some = ", ".join([*rest[:_SOME], *(["..."] if len(rest) > _SOME else [])])
        count = f"{len(rest)} or more" if len(rest) >= MOST_DAMAGED else str(len(rest))
        click.echo(f"damaged: {count} other {'run' if count == '1' else 'runs'} ({some})", err=True)
