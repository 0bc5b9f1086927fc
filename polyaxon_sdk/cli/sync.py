"""`polyaxon sync`."""

from __future__ import annotations

import click

from polyaxon_sdk.runner.leftovers import finish, leftovers
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import load

__all__ = ["sync"]


@click.command()
def sync() -> int:
    """Finish what runs that were cut off have left."""
    done = failed = 0
    for folder in leftovers(load()):
        if finish(folder):
            done += 1
            click.echo(f"{folder.uuid[:12]}: finished")
        else:
            failed += 1
            click.echo(f"{folder.uuid[:12]}: something is left; {_told(folder)}", err=True)
    click.echo(f"{done} runs finished" if done or failed else "nothing is left to do")
    return 1 if failed else 0


def _told(folder: RunFolder) -> str:
    """Where a person reads why."""
    if folder.sidecar_log.exists():
        return f"it broke, as {folder.sidecar_log} tells"
    return f"`polyaxon ops get -uid {folder.uuid[:12]}`"
