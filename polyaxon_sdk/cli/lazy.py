"""Commands that are imported when they are used."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import NamedTuple

import click

from polyaxon_sdk.cli.answering import with_output
from polyaxon_sdk.exceptions import did_you_mean

__all__ = ["Entry", "LazyGroup"]


class Entry(NamedTuple):
    """A command of a group.

    Attributes:
        home: `module:name` of the command.
        help: its line in the group's help; the command's own must begin with it.
    """

    home: str
    help: str


class LazyGroup(click.Group):
    """A group whose help needs none of its commands."""

    def __init__(self, *args: object, entries: Mapping[str, Entry], **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # click's own options, handed on
        self._entries = entries

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's
        """The names of the commands, in the order they are given."""
        return list(self._entries)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # click's
        """The command, imported now."""
        entry = self._entries.get(cmd_name)
        if entry is None:
            return None
        module, _, name = entry.home.partition(":")
        command: click.Command = getattr(import_module(module), name)
        return with_output(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names; an unknown one is told with the nearest."""
        if args and args[0] not in self._entries and not args[0].startswith("-"):
            hint = did_you_mean(args[0], self._entries)
            raise click.UsageError(f"no command {args[0]!r}{hint or '; --help lists them'}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # click's
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in self._entries.items()])
