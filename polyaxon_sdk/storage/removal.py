"""Taking everything below a key of a store away."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from contextlib import suppress

from polyaxon_sdk.exceptions import StoreError
from polyaxon_sdk.storage.chunked_store import ChunkedStore
from polyaxon_sdk.storage.store import Store, open_store
from polyaxon_sdk.storage.transfer import wait

__all__ = ["free_chunks", "remove_all", "remove_below", "size_below"]

_WORKERS = 8


def size_below(url: str, prefix: str) -> int:
    """The bytes of all objects below the folder `prefix` of a store.

    Raises:
        InputError: the URL or the prefix is wrong.
        StoreError: the store fails.
    """
    return sum(stored.size for stored in wait(open_store(url).list(prefix), within=None))


def remove_all(store: Store, keys: Iterable[str]) -> None:
    """Take objects away, several at once; one that is not there is no error.

    Raises:
        InputError: a key is outside the store.
        StoreError: the store fails.
    """
    wait(_remove_all(store, keys), within=None)


def free_chunks(store: Store, run: str) -> None:
    """Take away the chunks of a run that none of its files needs any more; what fails is done the next time."""
    if isinstance(store, ChunkedStore):
        with suppress(StoreError):
            wait(store.free(run), within=None)


def remove_below(url: str, prefix: str) -> int:
    """Take away every object below the folder `prefix`; how many there were.

    What tells of the others, `*.plx.json`, goes first, so that no reader takes the rest for whole.

    Raises:
        InputError: the URL or the prefix is wrong.
        StoreError: the store fails; what is left then can be removed again.

    >>> remove_below("file:///mnt/team", "0f")  # doctest: +SKIP
    12
    """
    store = open_store(url)
    removed = wait(_remove(store, prefix), within=None)
    local = store.local(prefix)
    if local is not None and local.is_dir():
        # Of a store in a folder the empty folders are left; shutil comes with compression modules.
        from shutil import rmtree

        rmtree(local, ignore_errors=True)
    return removed


async def _remove(store: Store, prefix: str) -> int:
    found = sorted(await store.list(prefix), key=lambda stored: not stored.key.endswith(".plx.json"))
    await _remove_all(store, [stored.key for stored in found])
    return len(found)


async def _remove_all(store: Store, keys: Iterable[str]) -> None:
    places = asyncio.Semaphore(_WORKERS)

    async def one(key: str) -> None:
        async with places:
            await store.remove(key)

    await asyncio.gather(*(one(key) for key in keys))
