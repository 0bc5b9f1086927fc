"""A container of Azure Blob Storage."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from hashlib import md5
from io import BytesIO
from typing import Any

import aiohttp
from adlfs import AzureBlobFileSystem
from azure.core import MatchConditions
from azure.core.exceptions import (
    AzureError,
    ClientAuthenticationError,
    HttpResponseError,
    ResourceNotFoundError,
)
from azure.storage.blob import BlobBlock, ContentSettings

from polyaxon_sdk.storage.bucket import FULL, Cause, Digest, Held, Page, Part, Sizes, Upload
from polyaxon_sdk.storage.keys import Copy, Stored
from polyaxon_sdk.storage.retry import PassingStoreError
from polyaxon_sdk.storage.stretch import Stretch

__all__ = ["AzureBucket", "connect"]

_MIB = 1 << 20
_ONCE = {"retry_total": 0}
"""The store tries again itself."""
_READ_WITHIN = 900
"""Seconds; the store has deadlines of its own, which know what moves."""
_GIVEN = ("account_key", "connection_string", "sas_token", "client_id", "client_secret", "tenant_id")
_MOST_KEPT = 1000
"""Blocks after so many appends are small, and are better put anew."""
_LOOK_EVERY = 0.2
_WHY = {
    "AuthenticationFailed": "the account key or token is wrong",
    "AuthorizationFailure": "access denied: these credentials may not do that",
    "AuthorizationPermissionMismatch": "access denied: these credentials may not do that",
    "ContainerNotFound": "no such container",
}
_NO_CREDENTIALS = (
    "no credentials found: AZURE_STORAGE_CONNECTION_STRING, AZURE_STORAGE_ACCOUNT_KEY or an identity"
)


async def connect(
    container: str,
    account: str | None = None,
    host: str | None = None,
    variables: Mapping[str, str] | None = None,
) -> AzureBucket:
    """Connect to a container, with the connection string, key, token or identity that Azure's tools would take.

    Args:
        container: its name.
        account: of which account; without one, that of the environment.
        host: the host of that account, where the URL names it.
        variables: go before those of the environment.

    Raises:
        ValueError: the credentials can't be read.
    """
    # What each kind of identity lacks is told in one line by who asks, and not on stderr as well.
    logging.getLogger("azure").addHandler(logging.NullHandler())
    given = variables or {}
    fs = AzureBlobFileSystem(
        **{
            name: given.get(f"AZURE_STORAGE_{name.upper()}", given.get(f"AZURE_{name.upper()}"))
            for name in _GIVEN
        },
        account_name=account,
        account_host=host,
        read_timeout=_READ_WITHIN,
        loop=asyncio.get_running_loop(),  # it closes itself there as the process ends
        skip_instance_cache=True,
        anon=False,
    )
    return AzureBucket(container, fs)


class AzureBucket:
    """See `Bucket`. Parts are blocks, named by their number and MD5; a blob keeps them, so that it can grow."""

    sizes = Sizes(whole=8 * _MIB, part=8 * _MIB, parts=50_000, checks_whole=True)
    errors: tuple[type[Exception], ...] = (AzureError, aiohttp.ClientError, OSError, ValueError)

    def __init__(self, container: str, fs: AzureBlobFileSystem) -> None:
        self._fs = fs
        self._container: Any = fs.service_client.get_container_client(container)

    def cause(self, error: Exception) -> Cause:
        """What one of `errors` means to a person."""
        if isinstance(error, ClientAuthenticationError) and error.status_code is None:
            return Cause(_NO_CREDENTIALS, passes=False)
        if isinstance(error, HttpResponseError):
            given, status = getattr(error, "error_code", None) or error.reason, error.status_code or 0
            code = str(getattr(given, "value", given))  # known codes come as members of an enumeration
            if status == FULL:
                return Cause("the store is full", passes=False)
            why = _WHY.get(code, f"{code} (HTTP {status})")
            return Cause(why, status >= 500 or status in {0, 408, 412, 429})
        passes = isinstance(error, (AzureError, aiohttp.ClientError, OSError))
        return Cause(" ".join(str(error).split()) or type(error).__name__, passes)

    def part_digest(self) -> Digest:
        """MD5, which Azure checks of every request."""
        return md5(usedforsecurity=False)

    def whole_digest(self) -> Digest:
        """MD5, which a blob keeps as its property."""
        return md5(usedforsecurity=False)

    async def close(self) -> None:
        """End the connections."""
        await self._fs.service_client.close()

    async def put(self, name: str, data: bytes, digest: bytes) -> str:
        """Make the object `data`."""
        kept = {"content_settings": _settings(digest), "validate_content": True, "overwrite": True}
        await self._blob(name).upload_blob(BytesIO(data), length=len(data), **kept, **_ONCE)
        return f"md5:{digest.hex()}"

    async def head(self, name: str) -> Held | None:
        """The object as it stands, or None."""
        try:
            found = await self._blob(name).get_blob_properties(**_ONCE)
        except ResourceNotFoundError as error:
            if getattr(error, "error_code", None) == "ContainerNotFound":
                raise
            return None
        kept = found.content_settings.content_md5
        check = f"md5:{bytes(kept).hex()}" if kept else f"etag:{found.etag}"
        return Held(found.size, int(found.last_modified.timestamp() * 1e9), check, found.etag)

    async def get(self, name: str, start: int, end: int, version: str) -> bytes:
        """The bytes from `start` up to `end` of an object that is still of the version."""
        still = {"etag": version, "match_condition": MatchConditions.IfNotModified} if version else {}
        stream = await self._blob(name).download_blob(start, end - start, **still, **_ONCE)
        data: bytes = await stream.readall()
        return data

    async def page(self, prefix: str, *, after: str = "", more: str = "", folded: bool = False) -> Page:
        """Some of the objects whose names begin with `prefix` and sort behind `after`."""
        walk = self._container.walk_blobs if folded else self._container.list_blobs
        pages = walk(name_starts_with=prefix, **_ONCE).by_page(continuation_token=more or None)
        found, folders = list[Stored](), list[str]()
        try:
            page = await anext(pages)
        except StopAsyncIteration:
            return Page(found)
        async for each in page:
            if each.name.endswith("/"):
                folders.append(each.name)
            elif each.name > after:
                found.append(Stored(each.name, each.size, int(each.last_modified.timestamp() * 1e9)))
        return Page(found, folders, pages.continuation_token or "")

    async def copy(self, source: str, name: str) -> None:
        """Make the object what `source` is."""
        blob = self._blob(name)
        answer = await blob.start_copy_from_url(self._blob(source).url, **_ONCE)
        status = answer["copy_status"]
        while status == "pending":
            await asyncio.sleep(_LOOK_EVERY)
            status = (await blob.get_blob_properties(**_ONCE)).copy.status
        if status != "success":
            raise PassingStoreError(f"{name}: the copy is {status}")

    async def remove(self, name: str) -> None:
        """Take the object away."""
        try:
            await self._blob(name).delete_blob(**_ONCE)
        except ResourceNotFoundError:
            return

    async def begin(self, name: str, after: Copy | None) -> Upload:
        """Begin to put an object in parts, or go on with a put that was cut off."""
        try:
            committed, waiting = await self._blob(name).get_block_list("all", **_ONCE)
        except ResourceNotFoundError as error:
            if getattr(error, "error_code", None) == "ContainerNotFound":
                raise
            return Upload(name, "")
        parts = {number: part for number, part in map(_part, waiting) if number}
        kept = [part for _, part in map(_part, committed)]
        held = None if after is None else await self.head(name)
        is_same = held is not None and after is not None and held.check == after.stored
        is_all = held is not None and sum(part.size for part in kept) == held.size
        return Upload(name, "", kept if is_same and is_all and len(kept) <= _MOST_KEPT else (), parts)

    async def put_part(self, upload: Upload, number: int, data: Stretch) -> Part:
        """Put one part; its library hashes it once more, of what it is given."""
        tag = f"{number:06d}-{data.digest.hex()}"
        body = BytesIO(await data.read_as_hashed())
        await self._blob(upload.name).stage_block(tag, body, len(data), validate_content=True, **_ONCE)
        return Part(len(data), data.digest, tag)

    async def complete(self, upload: Upload, parts: Sequence[Part], digest: bytes) -> str:
        """Make the object of its parts."""
        blocks = [BlobBlock(part.tag) for part in parts]
        settings = _settings(digest)
        await self._blob(upload.name).commit_block_list(blocks, content_settings=settings, **_ONCE)
        return f"md5:{digest.hex()}"

    async def sweep(self, prefix: str) -> int:  # noqa: ARG002  # Azure does it by itself
        """Nothing: Azure forgets blocks that became no blob within a week."""
        return 0

    def _blob(self, name: str) -> Any:
        return self._container.get_blob_client(name)


def _settings(digest: bytes) -> ContentSettings:
    return ContentSettings(content_type="application/octet-stream", content_md5=bytearray(digest))


def _part(block: BlobBlock) -> tuple[int, Part]:
    """A block that was put here, with its number; of another's making, 0."""
    number, _, digest = str(block.id).partition("-")
    is_ours = number.isdecimal() and len(digest) == 32
    return (
        int(number) if is_ours else 0,
        Part(int(block.size), bytes.fromhex(digest) if is_ours else b"", str(block.id)),
    )
