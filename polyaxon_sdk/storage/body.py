"""What is put into a cloud at once, read and hashed in one go."""

from __future__ import annotations

from hashlib import sha256
from typing import NamedTuple

from polyaxon_sdk.storage.bucket import Bucket
from polyaxon_sdk.storage.source import Source

__all__ = ["Body", "body_of", "is_appended_to", "opened"]

_SMALL = 256 << 10
"""Larger files wait for a place in memory, as parts do."""


class Body(NamedTuple):
    """Bytes, with the cloud's check value and `sha256:<hex>` of them, and when their file had last changed."""

    data: bytes
    digest: bytes
    checksum: str
    mtime_ns: int = 0

    @classmethod
    def of(cls, data: bytes, bucket: Bucket, mtime_ns: int = 0) -> Body:
        """The body of `data` for a bucket."""
        digest = bucket.whole_digest()
        digest.update(data)
        return cls(data, digest.digest(), f"sha256:{sha256(data).hexdigest()}", mtime_ns)


def opened(path: str, limit: int | None, bucket: Bucket, grows_from: int | None) -> Source | Body:
    """A file; where it is small, what is in it, since each wait for a thread costs as much as reading that.

    Args:
        path: the file.
        limit: as for `Source`.
        bucket: where it goes.
        grows_from: see `is_appended_to`.

    Raises:
        SourceError: it can't be read, or changed meanwhile.
    """
    file = Source(path, limit)
    is_body = False
    try:
        is_body = file.size <= _SMALL and not is_appended_to(file, grows_from)
        return body_of(file, bucket) if is_body else file
    finally:
        if is_body:
            file.close()


def is_appended_to(file: Source, grows_from: int | None) -> bool:
    """Whether what is put of a file that only grows is put so that more can be added: from that size on."""
    return grows_from is not None and file.size >= grows_from


def body_of(file: Source, bucket: Bucket) -> Body:
    """All that is left to read of a file.

    Raises:
        SourceError: it can't be read, or changed meanwhile.
    """
    data = file.take(file.size)
    file.check()
    return Body.of(data, bucket, file.mtime_ns)
