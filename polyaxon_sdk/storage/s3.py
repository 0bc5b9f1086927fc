"""A bucket of S3, or of a service that speaks as S3 does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from hashlib import md5
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from aiobotocore.session import AioSession
from botocore.exceptions import (
    BotoCoreError,
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    HTTPClientError,
    NoCredentialsError,
)
from botocore.exceptions import ConnectionError as NotConnected
from botocore.handlers import add_expect_header
from s3fs import S3FileSystem

from polyaxon_sdk.storage.bucket import FULL, Cause, Digest, Held, Page, Part, Sizes, Upload
from polyaxon_sdk.storage.keys import Copy, Stored
from polyaxon_sdk.storage.retry import PassingStoreError
from polyaxon_sdk.storage.s3_puts import S3Puts
from polyaxon_sdk.storage.stretch import Stretch

__all__ = ["S3Bucket", "connect"]

_MIB = 1 << 20
_FILES = {"credentials_file": "AWS_SHARED_CREDENTIALS_FILE", "config_file": "AWS_CONFIG_FILE"}
_GIB = 1 << 30
_LEAST_KEPT = 5 * _MIB
"""S3 takes no smaller part but the last."""
_MOST_COPIED = 5 * _GIB
"""S3 copies no more at once."""
_CONFIG = {
    "connect_timeout": 10,
    "read_timeout": 900,  # the store has deadlines of its own, which know what moves
    "retries": {"total_max_attempts": 1},  # the store tries again itself
    "request_checksum_calculation": "when_required",  # md5 goes with every body, and is all that many services know
    "response_checksum_validation": "when_required",
    "max_pool_connections": 64,
}
_PASSING = frozenset(
    {
        "BadDigest",
        "IncompleteBody",
        "InternalError",
        "NoSuchUpload",
        "OperationAborted",
        "PreconditionFailed",
        "RequestLimitExceeded",
        "RequestTimeout",
        "ServiceUnavailable",
        "SlowDown",
        "Throttling",
        "ThrottlingException",
        "TooManyRequests",
    }
)
_WHY = {
    "403": "access denied",
    "AccessDenied": "access denied: these credentials may not do that",
    "ExpiredToken": "the credentials have expired",
    "InternalError": "the service failed (InternalError), as some do that are full",
    "InvalidAccessKeyId": "the access key is not known there",
    "NoSuchBucket": "no such bucket",
    "PermanentRedirect": "the bucket is in another region",
    "QuotaExceeded": "the store is full: its quota is used up",
    "SignatureDoesNotMatch": "the secret key is wrong",
    "XMinioStorageFull": "the store is full",
}


async def connect(bucket: str, variables: Mapping[str, str] | None = None) -> S3Bucket:
    """Connect to a bucket, with the endpoint, region and credentials that the AWS tools would take.

    Args:
        bucket: its name.
        variables: go before those of the environment.

    Raises:
        BotoCoreError: the profile or the credentials can't be read.
    """
    fs = S3FileSystem(
        config_kwargs=_CONFIG, asynchronous=True, skip_instance_cache=True, **_given(variables or {})
    )
    client = await fs.set_session()
    # A frozen service never says `100 Continue`, and the client would wait for it for ever.
    client.meta.events.unregister("before-call.s3", add_expect_header)
    return S3Bucket(bucket, client, S3Puts(bucket, client, await fs.session.get_credentials()))


def _given(variables: Mapping[str, str]) -> dict[str, Any]:
    """What a file system is to take before what the environment says."""
    session = AioSession(profile=variables.get("AWS_PROFILE"))
    for name, variable in _FILES.items():
        if variable in variables:
            session.set_config_variable(name, variables[variable])
    key, secret = variables.get("AWS_ACCESS_KEY_ID"), variables.get("AWS_SECRET_ACCESS_KEY")
    if key and secret:
        session.set_credentials(key, secret, variables.get("AWS_SESSION_TOKEN"))
    given = {
        "endpoint_url": variables.get("AWS_ENDPOINT_URL_S3", variables.get("AWS_ENDPOINT_URL")),
        "client_kwargs": {"region_name": variables.get("AWS_DEFAULT_REGION")},
    }
    return {**given, "session": session}


class S3Bucket:
    """See `Bucket`."""

    sizes = Sizes(whole=8 * _MIB, part=8 * _MIB, parts=10_000, checks_whole=False)
    errors: tuple[type[Exception], ...] = (BotoCoreError, ClientError, aiohttp.ClientError, OSError)

    def __init__(self, bucket: str, client: Any, puts: S3Puts) -> None:
        self._bucket = bucket
        self._client = client
        self._puts = puts

    def cause(self, error: Exception) -> Cause:
        """What one of `errors` means to a person."""
        if isinstance(error, ClientError):
            code = str(error.response.get("Error", {}).get("Code", ""))
            status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
            passes = code in _PASSING or (status >= 500 and status != FULL) or status == 429
            return Cause(_WHY.get(code, f"{code} (HTTP {status})"), passes)
        if isinstance(error, NoCredentialsError):
            return Cause("no credentials found: AWS_ACCESS_KEY_ID, a profile file, or a role", passes=False)
        passes = isinstance(error, (HTTPClientError, NotConnected, aiohttp.ClientError, OSError))
        if isinstance(
            error, EndpointConnectionError | ConnectTimeoutError
        ):  # whose URL tells of the object as well
            place = urlsplit(error.kwargs["endpoint_url"])
            return Cause(f"could not connect to {place.scheme}://{place.netloc}", passes)
        return Cause(" ".join(str(error).split()) or type(error).__name__, passes)

    def part_digest(self) -> Digest:
        """MD5, which S3 checks and gives as the ETag of a part."""
        return md5(usedforsecurity=False)

    def whole_digest(self) -> Digest:
        """MD5, which S3 checks and gives as the ETag of what is put at once."""
        return md5(usedforsecurity=False)

    async def close(self) -> None:
        """End the connections."""
        await self._client.close()

    async def put(self, name: str, data: bytes, digest: bytes) -> str:
        """Make the object `data`."""
        check = _check(await self._puts.put(name, data, digest))
        if check.startswith("md5:") and check != f"md5:{digest.hex()}":
            raise PassingStoreError(f"{name}: the ETag is not that of what was sent")
        return check

    async def head(self, name: str) -> Held | None:
        """The object as it stands, or None."""
        try:
            answer = await self._client.head_object(Bucket=self._bucket, Key=name)
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") in {"404", "NoSuchKey", "NotFound"}:
                return None
            raise
        changed = int(answer["LastModified"].timestamp() * 1e9)
        return Held(answer["ContentLength"], changed, _check(answer), answer["ETag"])

    async def get(self, name: str, start: int, end: int, version: str) -> bytes:
        """The bytes from `start` up to `end` of an object that is still of the version."""
        still = {"IfMatch": version} if version else {}
        answer = await self._client.get_object(
            Bucket=self._bucket, Key=name, Range=f"bytes={start}-{end - 1}", **still
        )
        async with answer["Body"] as body:
            data: bytes = await body.read()
        return data

    async def page(self, prefix: str, *, after: str = "", more: str = "", folded: bool = False) -> Page:
        """Some of the objects whose names begin with `prefix` and sort behind `after`."""
        words = {"StartAfter": after, "ContinuationToken": more, "Delimiter": "/" if folded else ""}
        given = {name: value for name, value in words.items() if value}
        answer = await self._client.list_objects_v2(Bucket=self._bucket, Prefix=prefix, **given)
        found = [
            Stored(each["Key"], each["Size"], int(each["LastModified"].timestamp() * 1e9))
            for each in answer.get("Contents", ())
            if each["Key"] > after and not each["Key"].endswith("/")
        ]
        folders = [each["Prefix"] for each in answer.get("CommonPrefixes", ())]
        return Page(found, folders, answer["NextContinuationToken"] if answer.get("IsTruncated") else "")

    async def copy(self, source: str, name: str) -> None:
        """Make the object what `source` is."""
        held = await self.head(source)
        if held is None or held.size <= _MOST_COPIED:
            origin = {"Bucket": self._bucket, "Key": source}
            await self._client.copy_object(Bucket=self._bucket, Key=name, CopySource=origin)
            return
        number = await self._create(name)
        parts = await self._copied(source, held, name, number)
        await self.complete(Upload(name, number), parts, b"")

    async def remove(self, name: str) -> None:
        """Take the object away."""
        await self._client.delete_object(Bucket=self._bucket, Key=name)

    async def begin(self, name: str, after: Copy | None) -> Upload:
        """Begin to put an object in parts, or go on with a put that was cut off."""
        number, parts = await self._unfinished(name)
        held = None if after is None else await self.head(name)
        if after is None or held is None or held.check != after.stored or held.size < _LEAST_KEPT:
            return Upload(name, number, (), parts)
        return Upload(name, number, await self._copied(name, held, name, number), parts)

    async def put_part(self, upload: Upload, number: int, data: Stretch) -> Part:
        """Put one part."""
        answer = await self._puts.put_part(upload.name, upload.number, number, data)
        return Part(len(data), data.digest, answer["ETag"])

    async def complete(self, upload: Upload, parts: Sequence[Part], digest: bytes) -> str:  # noqa: ARG002  # of parts
        """Make the object of its parts, whose digests its ETag is made of."""
        etags = b"".join(part.digest for part in parts)
        expected = f"etag:{md5(etags, usedforsecurity=False).hexdigest()}-{len(parts)}"
        listed = [{"PartNumber": number, "ETag": part.tag} for number, part in enumerate(parts, 1)]
        try:
            answer = await self._client.complete_multipart_upload(
                Bucket=self._bucket,
                Key=upload.name,
                UploadId=upload.number,
                MultipartUpload={"Parts": listed},
            )
        except ClientError:
            held = await self.head(upload.name)
            if held is not None and held.check == expected:  # it was done, and the answer was lost
                return expected
            raise
        check = _check(answer)
        is_known = all(part.digest for part in parts) and _is_hex(check[5:37])
        if is_known and check.endswith(f"-{len(parts)}") and check != expected:
            raise PassingStoreError(f"{upload.name}: the ETag is not that of what was sent")
        return check

    async def sweep(self, prefix: str) -> int:
        """End the puts below `prefix` that were cut off."""
        found = await self._uploads(prefix)
        for name, number in found:
            await self._client.abort_multipart_upload(Bucket=self._bucket, Key=name, UploadId=number)
        return len(found)

    async def _create(self, name: str) -> str:
        answer = await self._client.create_multipart_upload(Bucket=self._bucket, Key=name)
        return str(answer["UploadId"])

    async def _copied(self, source: str, held: Held, name: str, upload: str) -> list[Part]:
        """Parts that are copied from an object."""
        parts = list[Part]()
        for start in range(0, held.size, _GIB):
            end = min(start + _GIB, held.size)
            if end - start < _LEAST_KEPT and parts:
                break
            answer = await self._client.upload_part_copy(
                Bucket=self._bucket,
                Key=name,
                UploadId=upload,
                PartNumber=len(parts) + 1,
                CopySource={"Bucket": self._bucket, "Key": source},
                CopySourceIfMatch=held.version,
                CopySourceRange=f"bytes={start}-{end - 1}",
            )
            etag = answer["CopyPartResult"]["ETag"]
            parts.append(Part(end - start, _digest(etag), etag))
        return parts

    async def _unfinished(self, name: str) -> tuple[str, dict[int, Part]]:
        """A put of this object that was cut off, with its parts; or a new one."""
        numbers = list[str]()
        with suppress(ClientError):  # not all services list them, and a new one is as good
            numbers = [number for found, number in await self._uploads(name) if found == name]
        for number in numbers[-1:]:
            answer = await self._client.list_parts(Bucket=self._bucket, Key=name, UploadId=number)
            return number, {
                part["PartNumber"]: Part(part["Size"], _digest(part["ETag"]), part["ETag"])
                for part in answer.get("Parts", ())
            }
        return await self._create(name), {}

    async def _uploads(self, prefix: str) -> list[tuple[str, str]]:
        answer = await self._client.list_multipart_uploads(Bucket=self._bucket, Prefix=prefix)
        return [(each["Key"], each["UploadId"]) for each in answer.get("Uploads", ())]


def _check(answer: Mapping[str, Any]) -> str:
    """The checksum that an ETag is: an MD5, unless the object was put in parts or is encrypted with a key."""
    etag = str(answer.get("ETag", "")).strip('"')
    is_hidden = str(answer.get("ServerSideEncryption", "")).startswith("aws:kms")
    return f"{'etag' if is_hidden or not _is_hex(etag) else 'md5'}:{etag}"


def _is_hex(text: str) -> bool:
    return len(text) == 32 and all(letter in "0123456789abcdef" for letter in text)


def _digest(etag: str) -> bytes:
    text = etag.strip('"')
    return bytes.fromhex(text) if _is_hex(text) else b""
