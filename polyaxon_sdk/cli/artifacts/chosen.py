"""Which runs a command about files means, in the home or in a store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import click

from polyaxon_sdk.cli.ops.selection import Selection
from polyaxon_sdk.cli.options import project_option, uid_option
from polyaxon_sdk.cli.waiting import waiting_for
from polyaxon_sdk.client.stored import StoredRun
from polyaxon_sdk.exceptions import RunNotFoundError
from polyaxon_sdk.index.mirrored import mirrored
from polyaxon_sdk.index.page import list_page
from polyaxon_sdk.index.question import Question
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import Settings, load
from polyaxon_sdk.storage.chunked_store import ChunkedStore
from polyaxon_sdk.storage.store import Store, open_store

__all__ = ["chosen", "run_options", "store_url"]

F = TypeVar("F", bound=Callable[..., object])

_every = click.option(
    "-a", "--all", "every", is_flag=True, help="Every run, of the project where one is named."
)
_store = click.option(
    "--store",
    metavar="URL",
    help="The store; by default the configured one. Runs are then looked for there alone.",
)


def run_options(command: F) -> F:
    """`-p`, `-uid`, `--all` and `--store`."""
    return project_option(uid_option(_every(_store(command))))


def store_url(store: str | None) -> str | None:
    """The store that is meant."""
    return store or load().artifacts_store


def chosen(
    *, project: str | None, uid: str | None, every: bool, store: str | None, home_first: bool = False
) -> list[StoredRun]:
    """The runs that are meant: of the home, or of the store where it is named or the home lacks them.

    With `home_first` those of the home also where the store is named.

    Raises:
        click.UsageError: they are named in two ways.
        InputError: several runs are meant, or the store's URL is wrong.
        RunNotFoundError: there is no such run.
        StoreError: the store can't be read.
    """
    if every and uid is not None:
        raise click.UsageError("--all and --uid each name runs: give one of them")
    settings, selection = load(), Selection(project, uid)
    url = store or settings.artifacts_store
    opened = None if url is None else ChunkedStore(open_store(url))
    if store is None or home_first:
        try:
            here = _folders(settings, selection, every=every)
            if not here:
                click.echo(f"no runs in {settings.home}; --store URL names those of a store", err=True)
            return [_run(folder, opened) for folder in here]
        except RunNotFoundError:
            if url is None or uid is None:
                raise
    with waiting_for(url):
        there = mirrored(settings, url)
    found = _folders(there, selection, every=every)
    return [StoredRun(folder.uuid, None, opened) for folder in found]


def _folders(settings: Settings, selection: Selection, *, every: bool) -> Sequence[RunFolder]:
    if not every:
        return [selection.folder(settings)]
    rows = list_page(settings, Question(project=selection.project, sort="created_at")).rows
    return [RunFolder(settings.runs / row.uuid) for row in rows]


def _run(folder: RunFolder, store: Store | None) -> StoredRun:
    return StoredRun(folder.uuid, folder, store)
