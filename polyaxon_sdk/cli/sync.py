"""`polyaxon sync`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

import click

from polyaxon_sdk.cli.answering import answer
from polyaxon_sdk.exceptions import PolyaxonError
from polyaxon_sdk.runner.leftovers import finish, leftovers, ship_again, unknown_to_store, unreachable
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.settings import load
from polyaxon_sdk.sidecar.launch import launch
from polyaxon_sdk.sidecar.unshipped import unshipped

__all__ = ["sync"]

_AT_ONCE = 4
"""Runs that are finished side by side: most of it is waiting for the store."""


@click.command()
@click.option(
    "--all", "every", is_flag=True, help="Ship also the runs that were finished before there was this store."
)
def sync(*, every: bool) -> int:
    """Finish what runs that were cut off have left."""
    settings = load()
    left = list(leftovers(settings))
    if (left or every) and (trouble := unreachable(settings)):
        for folder in left:
            if not read_run(folder).is_done:  # its end needs no store
                launch(folder)
        raise PolyaxonError(f"{trouble}; {len(left)} of the runs are for the next `polyaxon sync`")
    done = _each(left, finish, "finished")
    if every:
        done += _each(unknown_to_store(settings), ship_again, "shipped")
    answer(finished=done.count(True), left=done.count(False))
    click.echo(f"{done.count(True)} runs finished" if done else "nothing is left to do")
    return 0 if all(done) else 1


def _each(folders: Iterable[RunFolder], do: Callable[[RunFolder], bool], told: str) -> list[bool]:
    """Do it with each run, several side by side, and tell of each; whether it was done."""
    done = list[bool]()
    found = list(folders)
    pool = ThreadPoolExecutor(_AT_ONCE)
    for folder, is_done in zip(found, pool.map(do, found), strict=True):
        done.append(is_done)
        line = told if done[-1] else f"something is left; {_told(folder)}"
        click.echo(f"{folder.uuid[:12]}: {line}", err=not done[-1])
    return done


def _told(folder: RunFolder) -> str:
    """Where a person reads why."""
    if folder.sidecar_log.exists():
        return f"it broke, as {folder.sidecar_log} tells"
    left = unshipped(folder)
    return f"{f'{left}; ' if left.names else ''}`polyaxon ops get -uid {folder.uuid[:12]}`"
