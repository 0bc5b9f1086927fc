"""A store in which the same content is sent once: under another key it is copied by the store itself."""

from __future__ import annotations

import asyncio
import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from polyaxon_sdk.exceptions import InputError, StoreError
from polyaxon_sdk.storage.keys import Copy, checked
from polyaxon_sdk.storage.layered_store import LayeredStore
from polyaxon_sdk.storage.source import checksum

if TYPE_CHECKING:
    from polyaxon_sdk.storage.store import Store

__all__ = ["SHARED_FROM", "SharedStore", "size_of"]

SHARED_FROM = 1 << 20
"""From this size on, bytes, a file is worth the question whether the store has it already."""

_PLACES = 8
"""Of so many places of one content is noted: files are taken away one by one."""


class Place(NamedTuple):
    """Where some content is, and what the store kept of its bytes then."""

    key: str
    stored: str


class SharedStore(LayeredStore):
    """Notes in `contents/` where each large file is, by its SHA-256, and copies from there.

    A note names several places, so that the content is found while one of them is left. What it tells of one is
    believed as long as the object has the checksum that the store said then, before the copy and after it.

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
            await self._tell(note, copy.size, [Place(key, copy.stored)])
        return copy

    async def _copied(self, source: str, key: str, digest: str, note: str) -> Copy | None:
        """The copy, where there is something to copy from."""
        size, places = await self._told(note)
        for place in places:
            if place.key == key or not await self._holds(place, size):
                continue
            made = await self._below.copy(place.key, key)
            if made.size != size or not await self._holds(place, size):
                continue
            self.origins[key] = place.key
            stored = await self._below.checksum(key)
            others = [each for each in places if each.key != key]
            known = others[others.index(place) :]  # those before it are gone
            if len(known) < _PLACES or known != places:
                await self._tell(note, size, [*known[: _PLACES - 1], Place(key, stored)])
            return Copy(size, os.stat(source).st_mtime_ns, digest, stored, 0)
        return None

    async def _told(self, note: str) -> tuple[int, list[Place]]:
        """How many bytes some content has, and where it is; nowhere, where that is not known."""
        if await self._below.stat(note) is None:
            return 0, []
        try:
            told = json.loads(await self._below.get_bytes(note))
            places = [(told["key"], told["stored"]), *told.get("others", [])]
            return int(told["size"]), [Place(checked(str(key)), str(stored)) for key, stored in places]
        except (ValueError, LookupError, TypeError, AttributeError, InputError):
            return 0, []

    async def _tell(self, note: str, size: int, places: list[Place]) -> None:
        first, *others = places
        document = {"key": first.key, "size": size, "stored": first.stored, "others": others}
        with suppress(StoreError):  # the file is there; only the next one costs as much
            await self._below.put_bytes(json.dumps(document).encode("utf-8"), note)

    async def _holds(self, place: Place, size: int) -> bool:
        found = await self._below.stat(place.key)
        return (
            found is not None and found.size == size and await self._below.checksum(place.key) == place.stored
        )


def size_of(path: str) -> int:
    """The bytes of a local file; 0 where it can't be asked, which its put tells of."""
    try:
        return os.lstat(path).st_size
    except OSError:
        return 0
