"""A stretch of a local file on its way to a cloud: hashed once, and read again piece by piece as it is sent."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

from polyaxon_sdk.storage.bucket import Digest
from polyaxon_sdk.storage.source import Source, SourceError
from polyaxon_sdk.storage.thread import in_thread

__all__ = ["Stretch", "hashed"]

_CHUNK = 1 << 20
_PIECE = 1 << 19
"""Bytes that are in memory of what is sent."""


class Stretch:
    """Bytes of a file with their check value; they are not held in memory, however many are sent at once.

    Args:
        file: is open until all is sent.
        start: where the bytes begin.
        size: how many they are.
        digest: their check value.
        new_digest: begins such a value.

    >>> [len(piece) async for piece in Stretch(file, 0, 8 << 20, digest, md5).pieces()]  # doctest: +SKIP
    """

    __slots__ = ("_end", "_file", "_is_tried", "_new_digest", "_start", "digest")

    def __init__(
        self, file: Source, start: int, size: int, *, digest: bytes, new_digest: Callable[[], Digest]
    ) -> None:
        self._file = file
        self._start = start
        self._end = start + size
        self._new_digest = new_digest
        self._is_tried = False
        self.digest = digest

    def __len__(self) -> int:
        return self._end - self._start

    async def attempt(self) -> None:
        """Say that it is about to be sent; from the second time on, see that it is what was hashed.

        Raises:
            SourceError: the file changed meanwhile: that is why the cloud refused what came.
        """
        if self._is_tried and await in_thread(lambda _: self._digest_now()) != self.digest:
            raise SourceError(self._file.path, "changed", "changed while it was copied")
        self._is_tried = True

    async def pieces(self) -> AsyncIterator[bytes]:
        """The bytes, in order.

        Raises:
            SourceError: the file can't be read, or is shorter by now.
        """
        for start in range(self._start, self._end, _PIECE):
            yield await self._read(start, min(start + _PIECE, self._end))

    async def read(self) -> bytes:
        """All the bytes; raises as `pieces` does."""
        return await self._read(self._start, self._end)

    async def read_as_hashed(self) -> bytes:
        """All the bytes, for a cloud's library that takes no check value of others: they are what was hashed.

        Raises:
            SourceError: they are not, or can't be read.
        """
        data, found = await self.read(), self._new_digest()
        await in_thread(lambda _: found.update(data))
        if found.digest() != self.digest:
            raise SourceError(self._file.path, "changed", "changed while it was copied")
        return data

    async def _read(self, start: int, end: int) -> bytes:
        data = await in_thread(lambda _: self._file.read(start, end))
        if len(data) != end - start:
            raise SourceError(self._file.path, "changed", f"ends {end - start - len(data)} bytes early")
        return data

    def _digest_now(self) -> bytes:
        found = self._new_digest()
        for start in range(self._start, self._end, _CHUNK):
            found.update(self._file.read(start, min(start + _CHUNK, self._end)))
        return found.digest()


def hashed(file: Source, size: int, *digests: Digest) -> None:
    """Let the next `size` bytes of a file go through these check values.

    Raises:
        SourceError: it can't be read on, or ends before.
    """
    for start in range(0, size, _CHUNK):
        data = file.take(min(_CHUNK, size - start))
        for digest in digests:
            digest.update(data)
