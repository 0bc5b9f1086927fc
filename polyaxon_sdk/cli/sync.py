"""`polyaxon sync`."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import click

from polyaxon_sdk.cli.answering import answer
from polyaxon_sdk.runner.leftovers import finish, leftovers, ship_again, unknown_to_store
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import load

__all__ = ["sync"]


@click.command()
@click.option(
    "--all", "every", is_flag=True, help="Ship also the runs that were finished before there was this store."
)
def sync(*, every: bool) -> int:
    """Finish what runs that were cut off have left."""
    settings = load()
    done = _each(leftovers(settings), finish, "finished")
    if every:
        done += _each(unknown_to_store(settings), ship_again, "shipped")
    answer(finished=done.count(True), left=done.count(False))
    click.echo(f"{done.count(True)} runs finished" if done else "nothing is left to do")
    return 0 if all(done) else 1


def _each(folders: Iterable[RunFolder], do: Callable[[RunFolder], bool], told: str) -> list[bool]:
    """Do it with each run, and tell of each; whether it was done."""
    done = list[bool]()
    for folder in folders:
        done.append(do(folder))
        line = told if done[-1] else f"something is left; {_told(folder)}"
        click.echo(f"{folder.uuid[:12]}: {line}", err=not done[-1])
    return done


def _told(folder: RunFolder) -> str:
    """Where a person reads why."""
    if folder.sidecar_log.exists():
        return f"it broke, as {folder.sidecar_log} tells"
    return f"`polyaxon ops get -uid {folder.uuid[:12]}`"
