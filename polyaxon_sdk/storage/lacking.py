"""What a store has no more of what was stored there: taken away or damaged behind the shipper's back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from polyaxon_sdk.storage.known_store import expect_runs
from polyaxon_sdk.storage.transfer import wait
from polyaxon_sdk.storage.verifying import Expected, verify_many

if TYPE_CHECKING:
    from polyaxon_sdk.storage.manifest import Shipped
    from polyaxon_sdk.storage.store import Store

__all__ = ["lacking"]


def lacking(store: Store, run: str, files: Mapping[str, Shipped], *, reads: bool = False) -> list[str]:
    """Those of the run's `files` that the store has not, or not as they were stored.

    The run is listed once; sizes are compared, and what the store keeps of the bytes.

    Args:
        store: where they were stored.
        run: its uuid.
        files: how they were stored, by path in the run.
        reads: whether files are read that lie in a folder, which keeps nothing of their bytes.

    Raises:
        StoreError: the store fails, or is an empty folder: without its mount, shipping would fill the wrong disk.

    >>> lacking(open_store("/mnt/team"), "0f", manifest.files)  # doctest: +SKIP
    ['outputs/model.bin']
    """
    if not files:
        return []
    sizes = {each.key: each.size for each in wait(store.list(run), within=None)}
    is_near = store.local(run) is not None
    if not sizes:
        expect_runs(store)
    lost = {name for name, shipped in files.items() if sizes.get(f"{run}/{name}") != shipped.size}
    there = {name: shipped for name, shipped in files.items() if name not in lost}
    if is_near and reads:
        wanted = [Expected(f"{run}/{name}", each.size, each.checksum) for name, each in there.items()]
        found = zip(there, verify_many(store, wanted), strict=True)
        lost.update(name for name, one in found if one.state in {"damaged", "missing"})
    else:
        tagged = [name for name, shipped in there.items() if shipped.stored]
        tags = wait(_tags(store, [f"{run}/{name}" for name in tagged]), within=None)
        lost.update(name for name, tag in zip(tagged, tags, strict=True) if tag != there[name].stored)
    return sorted(lost)


async def _tags(store: Store, keys: list[str]) -> list[str]:
    """What the store keeps of the bytes of each."""
    tags = [""] * len(keys)

    async def ask(queue: Iterator[tuple[int, str]]) -> None:
        for position, key in queue:
            tags[position] = await store.checksum(key)

    queue: Iterator[tuple[int, str]] = iter(enumerate(keys))
    await asyncio.gather(*(ask(queue) for _ in range(min(store.workers, len(keys)))))
    return tags
