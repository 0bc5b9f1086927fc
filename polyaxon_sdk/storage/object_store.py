"""A store in a bucket of a cloud."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from operator import methodcaller
from threading import Event
from time import monotonic
from typing import TypeVar

from polyaxon_sdk.exceptions import InputError, StoreError
from polyaxon_sdk.storage.body import Body, body_of, is_appended_to, opened
from polyaxon_sdk.storage.bucket import Bucket, Held, Page
from polyaxon_sdk.storage.draft import write_whole
from polyaxon_sdk.storage.keys import Copy, Stored, checked, is_text, place
from polyaxon_sdk.storage.limits import Limits
from polyaxon_sdk.storage.loop import at_exit
from polyaxon_sdk.storage.parts import PartsDiffer, put_parts
from polyaxon_sdk.storage.pulse import Alive
from polyaxon_sdk.storage.retry import PassingStoreError, Retry, SilentStoreError
from polyaxon_sdk.storage.thread import in_thread
from polyaxon_sdk.storage.throttle import Throttle

__all__ = ["ObjectStore"]

T = TypeVar("T")

_GET = 8 << 20
"""Bytes of one request for a part of an object."""
_RETRY = Retry(patience=20.0)
"""Of single requests; whoever puts many files tries each of them again."""
_SILENCES = 2
"""Attempts without a sign of life after which the store is given up: the first may have had a dead connection."""


class ObjectStore:
    """Keys below a prefix of a bucket. What is put appears whole, checked by the cloud as it is stored.

    Every request has a deadline and is tried again; large files are put in parts, several at once, and a put that
    was cut off goes on with the parts that the cloud has.

    >>> store = ObjectStore("s3://models/team", "team", open_bucket)  # doctest: +SKIP
    >>> transfer.wait(store.put_bytes(b"hello", "a/b.txt"))  # doctest: +SKIP
    """

    def __init__(
        self,
        url: str,
        prefix: str,
        opener: Callable[[], Awaitable[Bucket]],
        *,
        appends_from: int,
        limits: Limits | None = None,
        retry: Retry | None = None,
    ) -> None:
        self._url = url
        self._prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
        self._opener = opener
        self._appends_from = appends_from
        self._limits = limits or Limits()
        self._retry = retry or _RETRY
        self._throttle = Throttle(self._limits.bandwidth)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._opening: asyncio.Task[Bucket] | None = None
        self._under_way = 0
        self._places = asyncio.Semaphore(self._limits.requests)
        self._room = asyncio.Semaphore(self._limits.parts)

    def __repr__(self) -> str:
        return f"ObjectStore({self._url!r})"

    @property
    def url(self) -> str:
        """Where the store is, as messages name it."""
        return self._url

    @property
    def workers(self) -> int:
        """How many calls at once it takes well."""
        return self._limits.requests

    @property
    def appends_from(self) -> int | None:
        """The size from which a file that grew costs only what was added to it."""
        return self._appends_from

    def local(self, key: str) -> None:
        """No key has a path on this machine."""
        checked(key)

    async def put_file(
        self, source: str, key: str, *, limit: int | None = None, after: Copy | None = None
    ) -> Copy:
        """Store the first `limit` bytes of a local file, or all of them."""
        name = self._name(key)
        bucket = await self._bucket()
        grows_from = None if limit is None and after is None else self._appends_from
        file = await in_thread(lambda _: opened(source, limit, bucket, grows_from))
        if isinstance(file, Body):
            return await self._put(file, key)
        try:
            if file.size <= bucket.sizes.whole and not is_appended_to(file, grows_from):
                async with self._room:
                    return await self._put(await in_thread(lambda _: body_of(file, bucket)), key)
            try:
                return await put_parts(self, bucket, file, name, after=after)
            except PartsDiffer:
                await in_thread(lambda _: file.rewind())
                return await put_parts(self, bucket, file, name)
        finally:
            file.close()

    async def put_bytes(self, data: bytes, key: str) -> Copy:
        """Store `data`."""
        return await self._put(Body.of(data, await self._bucket()), key)

    async def get_file(self, key: str, target: str) -> Copy:
        """Copy an object to a local path, which appears whole."""
        held = await self._held(key)
        bucket = await self._bucket()
        digest = bucket.whole_digest()
        loop = asyncio.get_running_loop()

        def chunks() -> Iterator[bytes]:
            for start in range(0, held.size, _GET):
                end = min(start + _GET, held.size)
                ask = self._get(key, held, start, end)
                data = asyncio.run_coroutine_threadsafe(ask, loop).result()
                digest.update(data)
                yield data

        def write(given_up: Event) -> Copy:
            os.makedirs(os.path.dirname(target), exist_ok=True)
            return write_whole(target, chunks(), given_up=given_up)

        copy = await in_thread(write)
        kind, _, kept = held.check.partition(":")
        if kind in {"md5", "crc32c"} and kept != digest.digest().hex():
            os.unlink(target)
            raise PassingStoreError(f"store {self._url}: {key}: what came is not what is stored")
        return copy._replace(mtime_ns=held.mtime_ns, stored=held.check)

    async def get_bytes(self, key: str, *, start: int = 0, end: int | None = None) -> bytes:
        """The bytes of an object from `start` up to `end`, or to where it ends."""
        if start == 0 and end is not None and 0 < end <= _GET:
            name = self._name(key)
            try:  # who knows about how long it is needn't ask first
                data = await self.ask(lambda bucket: bucket.get(name, 0, end, ""), key, size=end)
            except PassingStoreError:
                raise
            except StoreError:
                data = b""  # it isn't there, or has no bytes any more: told below
            if len(data) == end:
                return data
        held = await self._held(key)
        stop = held.size if end is None else min(end, held.size)
        pieces = [
            await self._get(key, held, begin, min(begin + _GET, stop)) for begin in range(start, stop, _GET)
        ]
        return b"".join(pieces)

    async def copy(self, source: str, key: str) -> Stored:
        """Make `key` hold what `source` holds, within the cloud."""
        origin, name = self._name(source), self._name(key)
        held = await self._held(source)
        await self.ask(lambda bucket: bucket.copy(origin, name), key)
        made = await self._held(key)
        if made.size != held.size:
            raise PassingStoreError(f"store {self._url}: {key}: the copy is not what was copied")
        return Stored(key, made.size, made.mtime_ns)

    async def checksum(self, key: str) -> str:
        """What the cloud keeps of an object's bytes."""
        return (await self._held(key)).check

    async def stat(self, key: str) -> Stored | None:
        """The object, or None where there is none."""
        name = self._name(key)
        held = await self.ask(lambda bucket: bucket.head(name), key)
        return None if held is None else Stored(key, held.size, held.mtime_ns)

    async def list(self, prefix: str = "", *, after: str = "") -> tuple[Stored, ...]:
        """The objects below the folder `prefix` whose keys sort behind `after`, sorted by key."""
        root = f"{checked(prefix)}/" if prefix else ""
        behind = f"{self._prefix}{after}" if after else ""
        start = len(self._prefix)
        found = [
            each._replace(key=each.key[start:])
            async for page in self._pages(f"{self._prefix}{root}", after=behind)
            for each in page.objects
        ]
        return tuple(sorted(found))

    async def folders(self) -> tuple[str, ...]:
        """The names of the folders at its top, sorted; what lies in them is not looked at."""
        start = len(self._prefix)
        found = [
            each[start:].rstrip("/")
            async for page in self._pages(self._prefix, folded=True)
            for each in page.folders
        ]
        return tuple(sorted(name for name in found if name))

    async def _pages(self, prefix: str, *, after: str = "", folded: bool = False) -> AsyncIterator[Page]:
        """All pages; each is a request with a deadline of its own."""
        more, is_first = "", True
        while more or is_first:
            ask = methodcaller("page", prefix, after=after, more=more, folded=folded)
            page: Page = await self.ask(ask, "")  # whatever is wrong with that is not the folder's
            yield page
            more, is_first = page.more, False

    async def remove(self, key: str) -> None:
        """Take the object away; one that is not there is no error."""
        name = self._name(key)
        await self.ask(lambda bucket: bucket.remove(name), key)

    async def sweep(self, prefix: str) -> int:
        """Take away what interrupted puts below `prefix` left behind; returns how many things that were."""
        root = f"{self._prefix}{checked(prefix)}/"
        return await self.ask(lambda bucket: bucket.sweep(root), prefix)

    async def close(self) -> None:
        """End the connections; the next call makes new ones."""
        opening, self._opening = self._opening, None
        if opening is not None and self._loop is asyncio.get_running_loop():
            if opening.done() and not opening.cancelled() and opening.exception() is None:
                await opening.result().close()
            opening.cancel()

    @property
    def room(self) -> asyncio.Semaphore:
        """The places in memory for parts."""
        return self._room

    async def ask(self, work: Callable[[Bucket], Awaitable[T]], key: str, *, size: int = 0) -> T:
        """Let the cloud do one thing, with a deadline, several times if need be.

        Raises:
            StoreError: it doesn't.
        """
        began, failures, silences = monotonic(), 0, 0
        while True:
            try:
                await self._throttle.take(size)
                async with self._places:
                    return await self._ask_in_time(work, key, size)
            except PassingStoreError as passing:
                error = passing
            failures += 1
            silences += isinstance(error, SilentStoreError)
            if failures >= self._retry.attempts or silences >= _SILENCES:
                has_lasted = monotonic() - began >= _SILENCES * self._retry.patience
                raise SilentStoreError(str(error)) if has_lasted else error
            await asyncio.sleep(self._retry.pause(failures))

    async def _ask_in_time(self, work: Callable[[Bucket], Awaitable[T]], key: str, size: int) -> T:
        self._under_way += size  # which all share what the network takes
        try:
            async with Alive(self._retry.patience, most=self._retry.allowed(self._under_way)):
                return await self._ask_once(work, key)
        except TimeoutError:
            raise SilentStoreError(self._retry.silence(self._url, key)) from None
        finally:
            self._under_way -= size

    async def _ask_once(self, work: Callable[[Bucket], Awaitable[T]], key: str) -> T:
        bucket = await self._bucket()
        try:
            return await work(bucket)
        except TimeoutError:
            raise
        except bucket.errors as error:
            cause = bucket.cause(error)
            kind = PassingStoreError if cause.passes else StoreError
            raise kind(f"{place(self._url, key)}: {cause.why}") from error

    async def _bucket(self) -> Bucket:
        """The bucket, opened once for each loop; what fails is tried again with the next call."""
        loop = asyncio.get_running_loop()
        if self._loop is not loop or self._opening is None:
            self._loop, self._opening = loop, asyncio.ensure_future(self._open())
        try:
            return await asyncio.shield(self._opening)
        except StoreError:
            self._opening = None
            raise

    async def _open(self) -> Bucket:
        self._places = asyncio.Semaphore(self._limits.requests)
        self._room = asyncio.Semaphore(self._limits.parts)
        bucket = await self._opener()
        at_exit(self.close)
        return bucket

    async def _put(self, body: Body, key: str) -> Copy:
        name, data = self._name(key), body.data
        check = await self.ask(lambda bucket: bucket.put(name, data, body.digest), key, size=len(data))
        return Copy(len(data), body.mtime_ns, body.checksum, check)

    async def _get(self, key: str, held: Held, start: int, end: int) -> bytes:
        name = self._name(key)
        data = await self.ask(
            lambda bucket: bucket.get(name, start, end, held.version), key, size=end - start
        )
        if len(data) != end - start:
            raise PassingStoreError(f"store {self._url}: {key}: the answer was cut off")
        return data

    async def _held(self, key: str) -> Held:
        name = self._name(key)
        held = await self.ask(lambda bucket: bucket.head(name), key)
        if held is None:
            raise StoreError(f"store {self._url}: {key}: no such object")
        return held

    def _name(self, key: str) -> str:
        if not is_text(key):
            raise InputError(
                f"{place(self._url, key)}: this name is not UTF-8", expected="one that a bucket takes"
            )
        return f"{self._prefix}{checked(key)}"
