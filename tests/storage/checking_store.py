"""A store in a folder that keeps checksums, as those of clouds do."""

from hashlib import md5

from polyaxon_sdk.storage.keys import Copy
from polyaxon_sdk.storage.layered_store import LayeredStore

__all__ = ["CheckingStore"]


class CheckingStore(LayeredStore):
    """Tells the MD5 of each object."""

    async def put_file(
        self, source: str, key: str, *, limit: int | None = None, after: Copy | None = None
    ) -> Copy:
        copy = await super().put_file(source, key, limit=limit, after=after)
        return copy._replace(stored=await self.checksum(key))

    async def checksum(self, key: str) -> str:
        return f"md5:{md5(await self.get_bytes(key), usedforsecurity=False).hexdigest()}"
