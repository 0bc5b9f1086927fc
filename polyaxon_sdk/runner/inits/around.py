"""What the init steps of a drafted run find on this machine."""

from __future__ import annotations

from polyaxon_sdk.polyflow import V1Connection
from polyaxon_sdk.runner.draft import Draft
from polyaxon_sdk.runner.inits.place import Place
from polyaxon_sdk.runner.inits.planning import Around
from polyaxon_sdk.storage.chunked_store import ChunkedStore
from polyaxon_sdk.storage.connections import connections, store_url
from polyaxon_sdk.storage.store import Store, open_store

__all__ = ["around_of"]


def around_of(drafted: Draft) -> Around:
    """The folders, stores, connections and mirrors that the run's init steps may use.

    Raises:
        InputError: a setting can't be read.
    """
    settings = drafted.settings
    url = settings.artifacts_store
    return Around(
        place=Place(drafted.context / "artifacts", drafted.folder.path),
        runs=settings.runs,
        store=None if url is None else lambda: ChunkedStore(open_store(url)),
        connections={each.name: each for each in connections(settings)},
        open_connection=_open,
        mirrors=settings.git_mirrors,
    )


def _open(connection: V1Connection) -> Store:
    return ChunkedStore(open_store(store_url(connection)))
