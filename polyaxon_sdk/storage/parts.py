"""Putting a large or growing file in parts: several at once, none twice, the whole of them checked."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from hashlib import sha256
from itertools import count
from typing import Protocol, TypeVar

from polyaxon_sdk.exceptions import PolyaxonError
from polyaxon_sdk.storage.bucket import Bucket, Digest, Part, Sizes, Upload
from polyaxon_sdk.storage.keys import Copy
from polyaxon_sdk.storage.source import Source
from polyaxon_sdk.storage.stretch import Stretch, hashed
from polyaxon_sdk.storage.thread import in_thread

__all__ = ["Asking", "PartsDiffer", "put_parts"]

T = TypeVar("T")

_CHUNK = 1 << 20


class PartsDiffer(PolyaxonError):
    """What the cloud has is not how the file begins."""


class Asking(Protocol):
    """What a put in parts needs of its store."""

    @property
    def room(self) -> asyncio.Semaphore:
        """The places for parts that are on their way."""
        ...

    async def ask(self, work: Callable[[Bucket], Awaitable[T]], key: str, *, size: int = 0) -> T:
        """Let the cloud do one thing, with a deadline, several times if need be."""
        ...


async def put_parts(
    store: Asking, bucket: Bucket, file: Source, name: str, *, after: Copy | None = None
) -> Copy:
    """Make the object `name` of the file's bytes.

    With `after`, what the object holds since that put is kept as its beginning, and only the rest is sent.

    Raises:
        PartsDiffer: it is not how the file begins.
        SourceError: the file can't be read, or changed meanwhile.
        StoreError: the store fails.
    """
    upload = await store.ask(lambda bucket: bucket.begin(name, after), name)
    return await _Parts(store, bucket, file, upload).put(after)


class _Parts:
    """One put in parts. The file is read once, in order, while earlier parts are on their way."""

    def __init__(self, store: Asking, bucket: Bucket, file: Source, upload: Upload) -> None:
        self._store = store
        self._bucket = bucket
        self._file = file
        self._upload = upload
        self._sha = sha256()
        self._whole = bucket.whole_digest() if bucket.sizes.checks_whole else None
        self._digests: list[Digest] = [self._sha, *([] if self._whole is None else [self._whole])]
        self._sent = 0

    async def put(self, after: Copy | None) -> Copy:
        kept = list(self._upload.kept)
        size = sum(part.size for part in kept)
        if kept:
            await self._keep(size, "" if after is None else after.checksum)
        parts = kept + await self._send_rest(size)
        await in_thread(lambda _: self._file.check())
        digest = b"" if self._whole is None else self._whole.digest()
        upload = self._upload
        check = await self._store.ask(lambda bucket: bucket.complete(upload, parts, digest), upload.name)
        return Copy(
            self._file.size, self._file.mtime_ns, f"sha256:{self._sha.hexdigest()}", check, self._sent
        )

    async def _keep(self, size: int, checksum: str) -> None:
        """Read what the cloud keeps, to see that it is how the file begins."""
        if size > self._file.size:
            raise PartsDiffer(f"{self._upload.name}: is longer than the file")
        await in_thread(lambda _: hashed(self._file, size, *self._digests))
        if f"sha256:{self._sha.hexdigest()}" != checksum:
            raise PartsDiffer(f"{self._upload.name}: is not how the file begins")

    async def _send_rest(self, start: int) -> list[Part]:
        tasks = list[asyncio.Task[Part]]()
        try:
            for number, size in _plan(self._file.size - start, self._bucket.sizes, len(self._upload.kept)):
                await self._store.room.acquire()
                if any(task.done() and task.exception() for task in tasks):
                    self._store.room.release()
                    break
                tasks.append(asyncio.ensure_future(self._send(number, await self._hash(start, size))))
                start += size
            return list(await asyncio.gather(*tasks))
        finally:
            for task in tasks:
                task.cancel()
            with suppress(asyncio.CancelledError):
                await asyncio.gather(*tasks, return_exceptions=True)

    async def _hash(self, start: int, size: int) -> Stretch:
        """The next part: what is sent is read once more, so that no part is held in memory."""
        digest = self._bucket.part_digest()
        try:
            await in_thread(lambda _: hashed(self._file, size, *self._digests, digest))
        except BaseException:  # whatever it was goes on; the place is for others
            self._store.room.release()
            raise
        return Stretch(self._file, start, size, digest=digest.digest(), new_digest=self._bucket.part_digest)

    async def _send(self, number: int, data: Stretch) -> Part:
        """Put one part, unless the cloud has it since the last time."""
        try:
            there = self._upload.parts.get(number)
            if there is not None and (there.size, there.digest) == (len(data), data.digest):
                return there

            async def put(bucket: Bucket) -> Part:
                await data.attempt()
                return await bucket.put_part(self._upload, number, data)

            part = await self._store.ask(put, self._upload.name, size=len(data))
            self._sent += len(data)
            return part
        finally:
            self._store.room.release()


def _plan(size: int, sizes: Sizes, kept: int) -> Iterator[tuple[int, int]]:
    """The number and size of each part of `size` bytes behind those kept."""
    least = -(-size // (sizes.parts - kept))
    each = max(sizes.part, -(-least // _CHUNK) * _CHUNK)
    starts = range(0, size, each) if size else range(0)
    for number, start in zip(count(kept + 1), starts, strict=False):
        yield number, min(each, size - start)
