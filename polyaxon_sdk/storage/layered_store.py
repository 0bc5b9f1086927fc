"""A store above another one: what it does not do itself, the other one does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from polyaxon_sdk.storage.keys import Copy, Stored
    from polyaxon_sdk.storage.store import Store

__all__ = ["LayeredStore"]


class LayeredStore:
    """Hands every call to the store below.

    >>> LayeredStore(open_store("/mnt/team")).url  # doctest: +SKIP
    'file:///mnt/team'
    """

    def __init__(self, below: Store) -> None:
        self._below = below

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._below!r})"

    @property
    def url(self) -> str:
        """Where the store is, as messages name it."""
        return self._below.url

    def local(self, key: str) -> Path | None:
        """The path that `key` has on this machine; None where it has none."""
        return self._below.local(key)

    @property
    def workers(self) -> int:
        """How many calls at once it takes well."""
        return self._below.workers

    @property
    def appends_from(self) -> int | None:
        """The size from which a file that grew costs only what was added to it."""
        return self._below.appends_from

    async def put_file(
        self, source: str, key: str, *, limit: int | None = None, after: Copy | None = None
    ) -> Copy:
        """Store the first `limit` bytes of a local file, or all of them."""
        return await self._below.put_file(source, key, limit=limit, after=after)

    async def put_bytes(self, data: bytes, key: str) -> Copy:
        """Store `data`."""
        return await self._below.put_bytes(data, key)

    async def get_file(self, key: str, target: str) -> Copy:
        """Copy an object to a local path, which appears whole."""
        return await self._below.get_file(key, target)

    async def get_bytes(self, key: str, *, start: int = 0, end: int | None = None) -> bytes:
        """The bytes of an object from `start` up to `end`, or to where it ends."""
        return await self._below.get_bytes(key, start=start, end=end)

    async def copy(self, source: str, key: str) -> Stored:
        """Make `key` hold what `source` holds."""
        return await self._below.copy(source, key)

    async def checksum(self, key: str) -> str:
        """What the store itself keeps of an object's bytes."""
        return await self._below.checksum(key)

    async def stat(self, key: str) -> Stored | None:
        """The object, or None where there is none."""
        return await self._below.stat(key)

    async def list(self, prefix: str = "", *, after: str = "") -> tuple[Stored, ...]:
        """The objects below the folder `prefix` whose keys sort behind `after`, sorted by key."""
        return await self._below.list(prefix, after=after)

    async def folders(self) -> tuple[str, ...]:
        """The names of the folders at its top, sorted."""
        return await self._below.folders()

    async def remove(self, key: str) -> None:
        """Take the object away."""
        await self._below.remove(key)

    async def sweep(self, prefix: str) -> int:
        """Take away what interrupted puts below `prefix` left behind."""
        return await self._below.sweep(prefix)

    async def close(self) -> None:
        """End what is open."""
        await self._below.close()
