"""Puts to S3, made as botocore made the first one, without its work for each request."""

from __future__ import annotations

import re
import time
from asyncio import Lock
from base64 import b64encode
from collections.abc import AsyncIterator, Mapping
from hashlib import sha256
from hmac import digest as hmac
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from botocore.awsrequest import AWSPreparedRequest
from botocore.exceptions import ClientError

from polyaxon_sdk.storage.stretch import Stretch

__all__ = ["S3Puts"]

_SMALL = 1 << 20
"""Larger bodies are not hashed once more to be signed, and are sent piece by piece."""
_PIECE = 1 << 18
_SCOPE = re.compile(r"AWS4-HMAC-SHA256 Credential=([^/]+)/\d{8}/([^/]+)/s3/aws4_request, ")
_CODE = re.compile(rb"<Code>(\w+)</Code>")


class _Way(NamedTuple):
    """How a put reached the bucket: what its URL and its path began with, the host that was signed, the region."""

    url: str
    path: str
    host: str
    region: str


class _Put(NamedTuple):
    """An object or a part of one: botocore's name for it, the object's name, the bytes, their MD5; which part."""

    operation: str
    name: str
    data: bytes | Stretch
    digest: bytes
    upload: str | None = None
    number: int = 0

    @property
    def path(self) -> str:
        return quote(self.name, safe="/~")

    @property
    def query(self) -> str:
        """The part, as it stands in the URL, and as it is signed."""
        if self.upload is None:
            return ""
        return f"partNumber={self.number}&uploadId={quote(self.upload, safe='~')}"


class S3Puts:
    """Puts objects and parts into one bucket.

    botocore takes over a millisecond of processor time for each request, several times what sending it takes, and
    hashes each body once more. So it makes the first put, which shows where puts go and how they are signed, and the
    others are made alike and sent through its connections. What is answered with a refusal is for botocore, which
    knows redirects and clocks that are wrong, and so are all puts from then on.

    Args:
        bucket: its name.
        client: of aiobotocore.
        credentials: what the client signs with, of aiobotocore; None where it doesn't.
    """

    def __init__(self, bucket: str, client: Any, credentials: Any) -> None:
        self._bucket = bucket
        self._client = client
        self._credentials = credentials
        self._is_open = credentials is not None
        self._signs_bodies = bool((client.meta.config.s3 or {}).get("payload_signing_enabled"))
        self._first = Lock()
        self._way: _Way | None = None
        self._seen: list[tuple[str, str]] = []
        self._key = ("", b"")

    async def put(self, name: str, data: bytes, digest: bytes) -> Mapping[str, Any]:
        """Make the object `data`, whose MD5 is `digest`; what is answered, as botocore gives it.

        Raises:
            ClientError: it is refused.
        """
        return await self._put(_Put("PutObject", name, data, digest))

    async def put_part(self, name: str, upload: str, number: int, data: Stretch) -> Mapping[str, Any]:
        """Put one part of an object, whose digest is its MD5; as above."""
        is_whole = len(data) <= _SMALL or self._signs_bodies
        body = await data.read() if is_whole else data
        return await self._put(_Put("UploadPart", name, body, data.digest, upload, number))

    async def _put(self, put: _Put) -> Mapping[str, Any]:
        if not self._is_open:
            return await self._by_botocore(put)
        if self._way is None:
            async with self._first:  # with nobody beside it, what is seen to be sent is this put
                if self._is_unknown():
                    return await self._learn(put)
        answer = None if self._way is None else await self._send(self._way, put)
        if answer is None:
            self._way, self._is_open = None, False
            return await self._by_botocore(put)
        return answer

    def _is_unknown(self) -> bool:
        return self._way is None and self._is_open

    async def _by_botocore(self, put: _Put) -> Mapping[str, Any]:
        call = self._client.put_object if put.upload is None else self._client.upload_part
        part = {} if put.upload is None else {"UploadId": put.upload, "PartNumber": put.number}
        md5 = b64encode(put.digest).decode()
        body = await put.data.read() if isinstance(put.data, Stretch) else put.data
        answer: Mapping[str, Any] = await call(
            Bucket=self._bucket, Key=put.name, Body=body, ContentMD5=md5, **part
        )
        return answer

    async def _learn(self, put: _Put) -> Mapping[str, Any]:
        """Let botocore make the first put, and see how."""
        events, event, self._seen = self._client.meta.events, f"before-send.s3.{put.operation}", []
        events.register(event, self._see)
        try:
            answer = await self._by_botocore(put)
        finally:
            events.unregister(event, self._see)
        self._way = self._way_of(put, (await self._credentials.get_frozen_credentials()).access_key)
        self._is_open = self._way is not None
        return answer

    def _see(self, request: AWSPreparedRequest, **_: object) -> None:
        self._seen.append((request.url, _text(request.headers.get("Authorization", ""))))

    def _way_of(self, put: _Put, access_key: str) -> _Way | None:
        """How it went the last time; None where that is none of the ways that are known here."""
        asked, signature = self._seen[-1] if self._seen else ("", "")
        url, end, found = asked.partition("?")[0], f"/{put.path}", _SCOPE.match(signature)
        if found is None or found[1] != access_key or not url.endswith(end):
            return None
        parts = urlsplit(url)
        return _Way(url.removesuffix(end), parts.path.removesuffix(end), parts.netloc, found[2])

    async def _send(self, way: _Way, put: _Put) -> Mapping[str, Any] | None:
        headers = await self._headers(way, put)
        body = _body(put.data)
        url = f"{way.url}/{put.path}{'?' if put.query else ''}{put.query}"
        request = AWSPreparedRequest("PUT", url, headers, body, stream_output=False)
        answer = await self._client._endpoint.http_session.send(
            request
        )  # its connections, proxies and deadlines
        content: bytes = await answer.content
        if answer.status_code < 300:
            encryption = answer.headers.get("x-amz-server-side-encryption", "")
            return {"ETag": answer.headers.get("etag", ""), "ServerSideEncryption": encryption}
        if answer.status_code < 500 and answer.status_code != 429:
            return None
        code = _CODE.search(content)
        error = {"Code": code[1].decode() if code else str(answer.status_code)}
        raise ClientError(
            {"Error": error, "ResponseMetadata": {"HTTPStatusCode": answer.status_code}}, put.operation
        )

    async def _headers(self, way: _Way, put: _Put) -> dict[str, str]:
        """What goes with a put, signed (Signature Version 4 of AWS, in one header).

        The MD5 that the service checks is part of what is signed: of a large body, that is signature enough.
        """
        key = await self._credentials.get_frozen_credentials()  # renewed where it is due
        now = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
        signed = {
            "content-md5": b64encode(put.digest).decode(),
            "host": way.host,
            "x-amz-content-sha256": self._hash(put.data),
            "x-amz-date": now,
        }
        if key.token:
            signed["x-amz-security-token"] = key.token
        names = ";".join(signed)
        lines = "".join(f"{name}:{value}\n" for name, value in signed.items())
        asked = f"PUT\n{way.path}/{put.path}\n{put.query}\n{lines}\n{names}\n{signed['x-amz-content-sha256']}"
        scope = f"{now[:8]}/{way.region}/s3/aws4_request"
        text = f"AWS4-HMAC-SHA256\n{now}\n{scope}\n{sha256(asked.encode()).hexdigest()}"
        signature = hmac(self._key_of(key.secret_key, scope), text.encode(), "sha256").hex()
        said = f"Credential={key.access_key}/{scope}, SignedHeaders={names}, Signature={signature}"
        length = {"content-length": str(len(put.data))}
        return {**signed, **length, "authorization": f"AWS4-HMAC-SHA256 {said}"}

    def _hash(self, data: bytes | Stretch) -> str:
        """What is signed of a body."""
        if isinstance(data, Stretch) or (len(data) > _SMALL and not self._signs_bodies):
            return "UNSIGNED-PAYLOAD"
        return sha256(data).hexdigest()

    def _key_of(self, secret: str, scope: str) -> bytes:
        """The key of a day, a region and a service; made once a day, and for each secret."""
        made_of = f"{secret}/{scope}"
        if self._key[0] != made_of:
            key = f"AWS4{secret}".encode()
            for part in scope.split("/"):
                key = hmac(key, part.encode(), "sha256")
            self._key = (made_of, key)
        return self._key[1]


def _body(data: bytes | Stretch) -> bytes | AsyncIterator[bytes]:
    """What aiohttp is given."""
    if isinstance(data, Stretch):
        return data.pieces()
    return data if len(data) <= _SMALL else _pieces(data)


async def _pieces(data: bytes) -> AsyncIterator[bytes]:
    """A large body; aiohttp would copy the whole of it from a file in memory."""
    for start in range(0, len(data), _PIECE):
        yield data[start : start + _PIECE]


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value
