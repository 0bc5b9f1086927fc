"""`--store`: the commands that read runs read those of a store in the home's place."""

from __future__ import annotations

import click

from polyaxon_sdk.cli.lazy import LazyGroup
from polyaxon_sdk.cli.ops.place import STORE

__all__ = ["OpsGroup", "store_option"]

_READING = frozenset({"compare", "events", "export", "get", "lineage", "logs", "ls", "metrics", "statuses"})
"""What changes nothing: a store is read alone. Its files are those of `polyaxon artifacts`."""


def _read_store(context: click.Context, _option: click.Parameter, value: str | None) -> None:
    """Let the command find the store's runs in the home's place."""
    if value is not None:
        context.meta[STORE] = value


store_option = click.option(
    "--store",
    is_flag=False,
    flag_value="",
    metavar="URL",
    callback=_read_store,
    expose_value=False,
    is_eager=True,
    help="Read the runs that lie in a store; without URL those of the configured one.",
)


class OpsGroup(LazyGroup):
    """Commands about runs, of which those that read take `--store` before and after their name."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        command = super().get_command(ctx, cmd_name)
        if command is not None and cmd_name not in _READING and STORE in ctx.meta:
            raise click.UsageError(
                f"--store goes with {', '.join(sorted(_READING))}: a store is read alone", ctx
            )
        if command is None or cmd_name not in _READING:
            return command
        if not any(each.name == "store" for each in command.params):
            store_option(command)
        return command
