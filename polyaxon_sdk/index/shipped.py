"""What a store has of runs that readers of them need: asked for many runs at once, and not all of their files."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from secrets import token_hex

from polyaxon_sdk.exceptions import StoreError
from polyaxon_sdk.storage.download import Get
from polyaxon_sdk.storage.heads import HeadPart, decode_head
from polyaxon_sdk.storage.keys import Stored
from polyaxon_sdk.storage.store import Store
from polyaxon_sdk.storage.transfer import wait

__all__ = ["DETAILS", "HEAD", "VIEW", "Parts", "bring", "read_heads", "shipped"]

_SMALL = 1 << 20
"""Bytes up to which a file is held in memory."""


class Parts:
    """Parts of a run.

    Args:
        files: by their paths in the run.
        folders: likewise, with all that they hold.
    """

    def __init__(self, files: Sequence[str], folders: Sequence[str]) -> None:
        self.files = tuple(files)
        self.folders = tuple(folders)

    def holds(self, name: str) -> bool:
        """Whether the file at this path of a run is one of them.

        >>> HEAD.holds("record/a.jsonl"), HEAD.holds("outputs/model.bin")
        (True, False)
        """
        return name in self.files or name.startswith(tuple(f"{folder}/" for folder in self.folders))


HEAD = Parts([], ["record"])
"""What finding a run needs."""

VIEW = Parts(["run.plx.json"], [])
"""What else is known of one that goes on."""

DETAILS = Parts(
    [*VIEW.files, "lineages.plx.json", "operation.plx.json"],
    [*HEAD.folders, "events", "resources", "plxlogs"],
)
"""What showing it needs."""


def shipped(store: Store, uuids: Sequence[str], parts: Parts = HEAD) -> dict[str, list[Stored]]:
    """The objects that are these parts of the runs; none of a run that is not there.

    Raises:
        StoreError: the store can't be read.

    >>> shipped(open_store("s3://team/runs"), ["0f" * 16])  # doctest: +SKIP
    """
    return wait(_shipped(store, uuids, parts), within=None)


def read_heads(store: Store, heads: Mapping[str, Stored]) -> dict[str, dict[str, HeadPart]]:
    """What the heads of runs hold; one that is gone by now, or damaged, is left out.

    Raises:
        StoreError: the store can't be read.

    >>> read_heads(open_store("s3://team/runs"), newest_heads(marks, skew=0))  # doctest: +SKIP
    """
    return wait(_read_heads(store, heads), within=None)


def bring(store: Store, gets: Sequence[Get]) -> None:
    """Bring objects here, many at once; one that is gone by now is left out.

    They are whole as readers see them, but not synced to the disk: they can be had again.

    Raises:
        StoreError: the store can't be read.
        OSError: this machine's folder can't be written.
    """
    wait(_bring(store, gets), within=None)


async def _read_heads(store: Store, heads: Mapping[str, Stored]) -> dict[str, dict[str, HeadPart]]:
    found: dict[str, dict[str, HeadPart]] = {}
    queue = iter(heads.items())

    async def work() -> None:
        for uuid, stored in queue:
            try:
                data = await store.get_bytes(stored.key, end=stored.size)
            except StoreError:
                if await store.stat(stored.key) is not None:
                    raise
                continue
            if parts := decode_head(data):
                found[uuid] = parts

    await _all(work, min(store.workers, len(heads)))
    return found


async def _bring(store: Store, gets: Sequence[Get]) -> None:
    queue = iter(gets)

    async def work() -> None:
        for get in queue:
            try:
                await _bring_one(store, get)
            except StoreError:
                if await store.stat(get.key) is not None:
                    raise

    await _all(work, min(store.workers, len(gets)))


async def _bring_one(store: Store, get: Get) -> None:
    get.target.parent.mkdir(parents=True, exist_ok=True)
    if get.size > _SMALL:
        await store.get_file(get.key, str(get.target))
        return
    draft = get.target.with_name(f".{get.target.name}.{token_hex(4)}")
    draft.write_bytes(await store.get_bytes(get.key, end=get.size))
    draft.replace(get.target)


async def _all(work: Callable[[], Coroutine[object, object, None]], count: int) -> None:
    """Let so many work side by side; the first error ends all, and is raised as itself."""
    workers = [asyncio.ensure_future(work()) for _ in range(count)]
    try:
        await asyncio.gather(*workers)
    finally:
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)


async def _shipped(store: Store, uuids: Sequence[str], parts: Parts) -> dict[str, list[Stored]]:
    found: dict[str, list[Stored]] = {uuid: [] for uuid in uuids}
    asked = [(uuid, name, True) for uuid in uuids for name in parts.files]
    asked += [(uuid, name, False) for uuid in uuids for name in parts.folders]
    queue = iter(asked)

    async def work() -> None:
        for uuid, name, is_file in queue:
            if is_file:
                stored = await store.stat(f"{uuid}/{name}")
                found[uuid] += [stored] if stored is not None else []
            else:
                found[uuid] += await store.list(f"{uuid}/{name}")

    await _all(work, min(store.workers, len(asked)))
    return found
