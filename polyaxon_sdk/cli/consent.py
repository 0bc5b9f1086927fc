"""Asking a person before what came from elsewhere runs here."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

import click

from polyaxon_sdk.exceptions import InputError, PolyaxonError
from polyaxon_sdk.polyaxonfile import Origin, commands_of, suggested_prefix, untrusted
from polyaxon_sdk.polyflow import V1CompiledOperation
from polyaxon_sdk.settings import Settings

__all__ = ["ask", "yes_option"]

yes_option = click.option(
    "-y", "--yes", is_flag=True, help="Run what came from a URL or a hub without asking."
)


def ask(origins: Iterable[Origin], operation: V1CompiledOperation, *, settings: Settings, yes: bool) -> None:
    """Show what would run here and ask once, where it came from elsewhere and isn't trusted.

    Raises:
        InputError: there is no terminal to ask at.
        PolyaxonError: the answer is no.
    """
    found = untrusted(origins, settings.trusted)
    if not found or yes:
        return
    click.echo("This comes from elsewhere, and is not trusted:", err=True)
    for origin in found:
        click.echo(f"  {origin.name}", err=True)
    click.echo("It would run on this machine:", err=True)
    for line in commands_of(operation):
        click.echo(f"  {line}", err=True)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        expected = f"--yes, or to trust where it lies: {_trusting(found, settings)}"
        raise InputError("no terminal to ask at", where=found[0].name, expected=expected)
    if not click.confirm("Run it?", err=True):
        raise PolyaxonError("not run")


def _trusting(origins: Sequence[Origin], settings: Settings) -> str:
    prefixes = [*settings.trusted, *(suggested_prefix(origin) for origin in origins)]
    return f"polyaxon config set --trusted {','.join(dict.fromkeys(prefixes))}"
