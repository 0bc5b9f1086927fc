"""A bucket of Google Cloud Storage."""

from __future__ import annotations

import asyncio
import json
from base64 import b64decode, b64encode
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from hashlib import md5
from secrets import token_hex
from typing import Any
from urllib.parse import quote

import aiohttp
import google_crc32c
from gcsfs import GCSFileSystem
from google.auth import load_credentials_from_file
from google.auth.credentials import Credentials
from google.auth.exceptions import GoogleAuthError

from polyaxon_sdk.storage.bucket import FULL, Cause, Digest, Held, Page, Part, Sizes, Upload
from polyaxon_sdk.storage.keys import Copy, Stored
from polyaxon_sdk.storage.retry import PassingStoreError
from polyaxon_sdk.storage.stretch import Stretch

__all__ = ["GCSBucket", "connect"]

_MIB = 1 << 20
_COMPOSED = 32
"""GCS composes no more objects at once."""
_PARTS = "/.plx-parts/"
_ANONYMOUS = "anon"
_TIMEOUT = aiohttp.ClientTimeout(total=None, sock_connect=10)
"""The store has deadlines of its own, which know what moves."""
_SCOPE = "https://www.googleapis.com/auth/devstorage.full_control"
_WHY = {
    401: "the credentials are not valid there",
    403: "access denied: these credentials may not do that",
    404: "no such bucket",
    412: "changed meanwhile",
    FULL: "the store is full",
}


async def connect(bucket: str, endpoint: str | None = None, key: str | None = None) -> GCSBucket:
    """Connect to a bucket, with a key or Google's application default credentials.

    Args:
        bucket: its name.
        endpoint: the URL of an emulator, which is asked without credentials.
        key: the path of a file with credentials; a damaged one is not passed over.

    Raises:
        GoogleAuthError: the credentials can't be read.
    """
    token = _ANONYMOUS if endpoint else key and _credentials(key)
    fs = GCSFileSystem(
        endpoint_url=endpoint, token=token, asynchronous=True, skip_instance_cache=True, project="-"
    )
    await fs._set_session()  # the one way to the session of an asynchronous file system
    return GCSBucket(bucket, fs)


def _credentials(key: str) -> Credentials:
    credentials, _ = load_credentials_from_file(key, scopes=[_SCOPE])  # type: ignore[no-untyped-call]  # it has none
    return credentials  # type: ignore[no-any-return]  # likewise


class _Refused(Exception):
    """GCS answered with an error."""

    def __init__(self, status: int, body: bytes) -> None:
        super().__init__(body[:300].decode("utf-8", "replace"))
        self.status = status


class GCSBucket:
    """See `Bucket`. Parts are objects below `.plx-parts/` beside the object that is composed of them."""

    sizes = Sizes(whole=8 * _MIB, part=8 * _MIB, parts=10_000, checks_whole=True)
    errors: tuple[type[Exception], ...] = (
        _Refused,
        aiohttp.ClientError,
        GoogleAuthError,
        OSError,
        ValueError,
    )

    def __init__(self, bucket: str, fs: GCSFileSystem) -> None:
        self._bucket = bucket
        self._fs = fs
        self._root = str(fs._location).rstrip("/")
        self._objects = f"/storage/v1/b/{quote(bucket, safe='')}/o"

    def cause(self, error: Exception) -> Cause:
        """What one of `errors` means to a person."""
        if isinstance(error, _Refused):
            passes = (error.status >= 500 and error.status != FULL) or error.status in {408, 412, 429}
            return Cause(_WHY.get(error.status, f"{error} (HTTP {error.status})"), passes)
        passes = isinstance(error, (aiohttp.ClientError, OSError))
        return Cause(" ".join(str(error).split()) or type(error).__name__, passes)

    def part_digest(self) -> Digest:
        """MD5, which GCS keeps of what is put at once."""
        return md5(usedforsecurity=False)

    def whole_digest(self) -> Digest:
        """CRC32C, which GCS keeps of every object."""
        digest: Digest = google_crc32c.Checksum()  # type: ignore[no-untyped-call]  # it has no annotations
        return digest

    async def close(self) -> None:
        """End the connections."""
        await self._fs.session.close()

    async def put(self, name: str, data: bytes, digest: bytes) -> str:
        """Make the object `data`."""
        found = await self._upload(name, data, {"crc32c": b64encode(digest).decode()})
        return _same(name, found, digest)

    async def head(self, name: str) -> Held | None:
        """The object as it stands, or None."""
        found = await self._object(name)
        return (
            None
            if found is None
            else Held(int(found["size"]), _time(found), _check(found), str(found.get("generation", "")))
        )

    async def get(self, name: str, start: int, end: int, version: str) -> bytes:
        """The bytes from `start` up to `end` of an object that is still of the version."""
        headers = {"Range": f"bytes={start}-{end - 1}"}
        params = {"alt": "media", "ifGenerationMatch": version} if version else {"alt": "media"}
        return await self._ask("GET", self._path(name), params=params, headers=headers)

    async def page(self, prefix: str, *, after: str = "", more: str = "", folded: bool = False) -> Page:
        """Some of the objects whose names begin with `prefix` and sort behind `after`."""
        words = {
            "prefix": prefix,
            "startOffset": after,
            "pageToken": more,
            "delimiter": "/" if folded else "",
        }
        given = {name: value for name, value in words.items() if value}
        answer = json.loads(await self._ask("GET", self._objects, params=given))
        objects = [Stored(each["name"], int(each["size"]), _time(each)) for each in answer.get("items", ())]
        found = [
            each
            for each in objects
            if each.key > after and _PARTS not in f"/{each.key}" and not each.key.endswith("/")
        ]
        folders = [each for each in answer.get("prefixes", ()) if _PARTS not in f"/{each}"]
        return Page(found, folders, answer.get("nextPageToken", ""))

    async def copy(self, source: str, name: str) -> None:
        """Make the object what `source` is."""
        path = f"{self._path(source)}/rewriteTo/b/{quote(self._bucket, safe='')}/o/{quote(name, safe='')}"
        token = dict[str, str]()
        while True:
            answer = json.loads(await self._ask("POST", path, params=token, body={}))
            if answer.get("done", True):
                return
            token = {"rewriteToken": answer["rewriteToken"]}

    async def remove(self, name: str) -> None:
        """Take the object away."""
        try:
            await self._ask("DELETE", self._path(name))
        except _Refused as error:
            if error.status != 404:
                raise

    async def begin(self, name: str, after: Copy | None) -> Upload:
        """Begin to put an object in parts, or go on with a put that was cut off."""
        folder = _folder(name)
        parts = dict[int, Part]()
        for each in await self._listed(folder):
            number = each["name"].removeprefix(folder)
            if number.isdecimal():
                parts[int(number)] = Part(int(each["size"]), b64decode(each.get("md5Hash", "")), each["name"])
        held = None if after is None else await self._object(name)
        if after is None or held is None or _check(held) != after.stored:
            return Upload(name, folder, (), parts)
        return Upload(name, folder, [Part(int(held["size"]), b"", name)], parts)

    async def put_part(self, upload: Upload, number: int, data: Stretch) -> Part:
        """Put one part."""
        expected = b64encode(data.digest).decode()
        name = f"{upload.number}{number:05d}"
        found = await self._upload(name, data, {"md5Hash": expected})
        if found.get("md5Hash", expected) != expected:
            raise PassingStoreError(f"{name}: what is stored is not what was sent")
        return Part(len(data), data.digest, name)

    async def complete(self, upload: Upload, parts: Sequence[Part], digest: bytes) -> str:
        """Make the object of its parts, and take them away."""
        try:
            found = await self._composed(upload, [part.tag for part in parts])
        except _Refused:
            held = await self._object(upload.name)
            if held is None or b64decode(held["crc32c"]) != digest:
                raise
            found = held  # it was done, and the answer was lost
        check = _same(upload.name, found, digest)
        await self.sweep(upload.number)
        return check

    async def sweep(self, prefix: str) -> int:
        """Take away the parts of puts below `prefix` that were cut off."""
        names = [each["name"] for each in await self._listed(prefix) if _PARTS in f"/{each['name']}"]
        await asyncio.gather(*(self.remove(name) for name in names))
        return len({name.rpartition("/")[0] for name in names})

    async def _composed(self, upload: Upload, names: list[str]) -> Mapping[str, Any]:
        while len(names) > _COMPOSED:
            joined = f"{upload.number}joined-{token_hex(4)}"
            await self._compose(joined, names[:_COMPOSED])
            names = [joined, *names[_COMPOSED:]]
        return await self._compose(upload.name, names)

    async def _compose(self, name: str, names: Sequence[str]) -> Mapping[str, Any]:
        body = {"sourceObjects": [{"name": each} for each in names], "destination": {"name": name}}
        found: dict[str, Any] = json.loads(await self._ask("POST", f"{self._path(name)}/compose", body=body))
        return found

    async def _upload(self, name: str, data: bytes | Stretch, checks: Mapping[str, str]) -> Mapping[str, Any]:
        boundary = token_hex(16)
        metadata = json.dumps({"name": name, "contentType": "application/octet-stream", **checks})
        head = (
            f"--{boundary}\r\nContent-Type: application/json; charset=UTF-8\r\n\r\n{metadata}\r\n"
            f"--{boundary}\r\nContent-Type: application/octet-stream\r\n\r\n"
        )
        ends = head.encode(), f"\r\n--{boundary}--\r\n".encode()
        headers = {
            "Content-Type": f"multipart/related; boundary={boundary}",
            "Content-Length": str(len(ends[0]) + len(data) + len(ends[1])),
        }
        path, params = f"/upload{self._objects}", {"uploadType": "multipart", "name": name}
        found: dict[str, Any] = json.loads(
            await self._ask("POST", path, params=params, headers=headers, content=_content(data, *ends))
        )
        return found

    async def _object(self, name: str) -> Mapping[str, Any] | None:
        try:
            found: dict[str, Any] = json.loads(await self._ask("GET", self._path(name)))
        except _Refused as error:
            if error.status == 404:
                return None
            raise
        return found

    async def _listed(self, prefix: str) -> list[Mapping[str, Any]]:
        found, params = list[Mapping[str, Any]](), {"prefix": prefix}
        while True:
            answer = json.loads(await self._ask("GET", self._objects, params=params))
            found += answer.get("items", ())
            if not answer.get("nextPageToken"):
                return found
            params["pageToken"] = answer["nextPageToken"]

    async def _ask(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: object = None,
        content: AsyncIterator[bytes] | None = None,
    ) -> bytes:
        signed = self._fs._get_headers(dict(headers or {}))  # with the token, renewed where it is due
        async with self._fs.session.request(
            method,
            self._root + path,
            params=params,
            headers=signed,
            timeout=_TIMEOUT,
            json=body,
            data=content,
        ) as answer:
            data: bytes = await answer.read()
            if answer.status >= 400:
                raise _Refused(answer.status, data)
            return data

    def _path(self, name: str) -> str:
        return f"{self._objects}/{quote(name, safe='')}"


async def _content(data: bytes | Stretch, head: bytes, tail: bytes) -> AsyncIterator[bytes]:
    """What is sent of an object, never joined: it may be large."""
    yield head
    if isinstance(data, bytes):
        yield data
    else:
        async for piece in data.pieces():
            yield piece
    yield tail


def _folder(name: str) -> str:
    """Where the parts of an object are."""
    parent, slash, last = name.rpartition("/")
    return f"{parent}{slash}{_PARTS[1:]}{last}/"


def _time(found: Mapping[str, Any]) -> int:
    return int(datetime.fromisoformat(found["updated"]).timestamp() * 1e9)


def _check(found: Mapping[str, Any]) -> str:
    return f"crc32c:{b64decode(found['crc32c']).hex()}"


def _same(name: str, found: Mapping[str, Any], digest: bytes) -> str:
    """The checksum that GCS keeps, which is that of what was sent."""
    if b64decode(found["crc32c"]) != digest:
        raise PassingStoreError(f"{name}: what is stored is not what was sent")
    return _check(found)
