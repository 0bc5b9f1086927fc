"""Bringing what lies below a key of a store to this machine."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from polyaxon_sdk.storage.transfer import wait

if TYPE_CHECKING:
    from polyaxon_sdk.storage.store import Store

__all__ = ["fetch"]

_WORKERS = 8


def fetch(store: Store, prefix: str, target: Path) -> int:
    """Copy every object below the folder `prefix` to `target`, each whole or not; how many there were.

    Raises:
        InputError: the prefix, or a key below it, is outside the store.
        StoreError: the store fails.
        OSError: the target can't be written.

    >>> fetch(open_store("file:///mnt/team"), "0f", Path("0f"))  # doctest: +SKIP
    12
    """
    return wait(_fetch(store, prefix, target), within=None)


async def _fetch(store: Store, prefix: str, target: Path) -> int:
    found = await store.list(prefix)
    places = asyncio.Semaphore(_WORKERS)

    async def one(key: str) -> None:
        path = target / key.removeprefix(f"{prefix}/")
        path.parent.mkdir(parents=True, exist_ok=True)
        async with places:
            await store.get_file(key, str(path))

    await asyncio.gather(*(one(stored.key) for stored in found))
    return len(found)
