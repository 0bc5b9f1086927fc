"""A store in which the same content is sent once: under another key it is copied by the store itself."""

from __future__ import annotations

import asyncio
import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING

from polyaxon_sdk.exceptions import InputError, StoreError
from polyaxon_sdk.storage.keys import Copy, checked
from polyaxon_sdk.storage.layered_store import LayeredStore
from polyaxon_sdk.storage.source import checksum

if TYPE_CHECKING:
    from polyaxon_sdk.storage.store import Store

__all__ = ["SHARED_FROM", "SharedStore", "size_of"]

SHARED_FROM = 1 << 20
"""From this size on, bytes, a file is worth the question whether the store has it already."""


class SharedStore(LayeredStore):
    """Notes in `contents/` where each large file is, by its SHA-256, and copies from there.

    What a note tells is believed as long as the object has the checksum that the store said then, before the copy
    and after it.

    Attributes:
        origins: the key that each copied one was copied from.
    """

    def __init__(self, below: Store) -> None:
        super().__init__(below)
        self.origins: dict[str, str] = {}

    async def put_file(
        self, source: str, key: str, *, limit: int | None = None, after: Copy | None = None
    ) -> Copy:
        """Store a local file: by a copy in the store, where it holds these bytes already."""
        if limit is not None or after is not None or size_of(source) < SHARED_FROM:
            return await self._below.put_file(source, key, limit=limit, after=after)
        digest = await asyncio.to_thread(checksum, source)
        note = f"contents/{digest[7:9]}/{digest[7:]}.json"
        copied = await self._copied(source, key, digest, note)
        if copied is not None:
            return copied
        copy = await self._below.put_file(source, key)
        self.origins.pop(key, None)
        if copy.checksum == digest and copy.stored:
            document = {"key": key, "size": copy.size, "stored": copy.stored}
            with suppress(StoreError):  # the file is there; only the next one costs as much
                await self._below.put_bytes(json.dumps(document).encode("utf-8"), note)
        return copy

    async def _copied(self, source: str, key: str, digest: str, note: str) -> Copy | None:
        """The copy, where there is something to copy from."""
        if await self._below.stat(note) is None:
            return None
        try:
            told = json.loads(await self._below.get_bytes(note))
            origin, size, stored = checked(str(told["key"])), int(told["size"]), str(told["stored"])
        except (ValueError, LookupError, TypeError, InputError):
            return None
        if origin == key or not await self._holds(origin, size, stored):
            return None
        made = await self._below.copy(origin, key)
        if made.size != size or not await self._holds(origin, size, stored):
            return None
        self.origins[key] = origin
        stat = os.stat(source)
        return Copy(size, stat.st_mtime_ns, digest, await self._below.checksum(key), 0)

    async def _holds(self, key: str, size: int, stored: str) -> bool:
        found = await self._below.stat(key)
        return found is not None and found.size == size and await self._below.checksum(key) == stored


def size_of(path: str) -> int:
    """The bytes of a local file; 0 where it can't be asked, which its put tells of."""
    try:
        return os.lstat(path).st_size
    except OSError:
        return 0
