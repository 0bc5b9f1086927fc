"""A local file while it is being copied."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import sha256
from stat import S_ISREG
from threading import Lock
from typing import Literal

from polyaxon_sdk.exceptions import PolyaxonError
from polyaxon_sdk.storage.pulse import PULSE

__all__ = ["Source", "SourceError", "SourceState", "checksum"]

SourceState = Literal["changed", "gone", "unreadable"]

_CHUNK = 1 << 20
_FLAGS = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK  # a fifo in its place must not block


class SourceError(PolyaxonError):
    """A local file can't be copied now, and `state` says why."""

    def __init__(self, path: str, state: SourceState, why: str) -> None:
        super().__init__(f"{path}: {why}")
        self.state: SourceState = state


class Source:
    """A regular file, opened once, read up to `limit` bytes, and checked for changes when it was read.

    A file that only grows is read up to a limit and may grow meanwhile; one without a limit may not change.
    A link is never followed.

    Raises:
        SourceError: no such file, no regular file, not readable, or shorter than `limit`.

    >>> with Source("/etc/hostname") as source:  # doctest: +SKIP
    ...     b"".join(source.chunks())
    """

    __slots__ = ("_descriptor", "_is_closed", "_limit", "_lock", "_path", "_readers", "_stat", "size")

    def __init__(self, path: str, limit: int | None = None) -> None:
        self._path = path
        self._limit = limit
        self._lock = Lock()
        self._readers = 0
        self._is_closed = False
        try:
            self._descriptor = os.open(path, _FLAGS)
        except OSError as error:
            raise _refused(path, error) from error
        self._stat = os.fstat(self._descriptor)
        self.size = self._stat.st_size if limit is None else limit
        if not S_ISREG(self._stat.st_mode):
            os.close(self._descriptor)
            raise SourceError(path, "unreadable", "not a regular file")

    def __enter__(self) -> Source:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close it, once who reads in another thread is done with it: its number is another file's then."""
        with self._lock:
            self._is_closed = True
            if not self._readers:
                os.close(self._descriptor)

    def rewind(self) -> None:
        """Begin again with the first byte."""
        os.lseek(self._descriptor, 0, os.SEEK_SET)

    @property
    def path(self) -> str:
        """Where it is."""
        return self._path

    @property
    def mtime_ns(self) -> int:
        """When the file had last changed as it was opened."""
        return self._stat.st_mtime_ns

    def chunks(self) -> Iterator[bytes]:
        """The file's bytes, in order.

        Raises:
            SourceError: the file can't be read on, or changed since it was opened.
        """
        left = self.size
        while left:
            yield self.take(min(left, _CHUNK))
            left -= min(left, _CHUNK)
        self.check()

    def take(self, size: int) -> bytes:
        """The next `size` bytes.

        Raises:
            SourceError: the file can't be read on, or ends before.
        """
        chunks, left = list[bytes](), size
        while left:
            chunk = self._read(left)
            if not chunk:
                raise SourceError(self._path, "changed", f"ends {left} bytes early")
            left -= len(chunk)
            chunks.append(chunk)
        return chunks[0] if len(chunks) == 1 else b"".join(chunks)

    def check(self) -> None:
        """See that the bytes were those of one file.

        Raises:
            SourceError: it changed since it was opened.
        """
        if self._limit is None and _identity(os.fstat(self._descriptor)) != _identity(self._stat):
            raise SourceError(self._path, "changed", "changed while it was copied")

    def read(self, start: int, end: int | None = None) -> bytes:
        """The bytes from `start` up to `end`, or to where the file ends, whatever the limit and wherever `take` is.

        Raises:
            SourceError: they can't be read.
        """
        chunks, at = list[bytes](), start
        stop = self._stat.st_size if end is None else end
        while at < stop and (chunk := self._read(min(stop - at, _CHUNK), at)):
            chunks.append(chunk)
            at += len(chunk)
        return chunks[0] if len(chunks) == 1 else b"".join(chunks)

    def _read(self, size: int, at: int | None = None) -> bytes:
        PULSE.worked()
        with self._lock:
            if self._is_closed:
                raise SourceError(self._path, "unreadable", "closed while it was read")
            self._readers += 1
        try:
            return os.read(self._descriptor, size) if at is None else os.pread(self._descriptor, size, at)
        except OSError as error:
            raise _refused(self._path, error) from error
        finally:
            with self._lock:
                self._readers -= 1
                if self._is_closed and not self._readers:
                    os.close(self._descriptor)


def checksum(path: str) -> str:
    """`sha256:<hex>` of a local file's bytes.

    Raises:
        SourceError: the file can't be read, or changed meanwhile.
    """
    digest = sha256()
    with Source(path) as source:
        for chunk in source.chunks():
            digest.update(chunk)
    return f"sha256:{digest.hexdigest()}"


def _identity(stat: os.stat_result) -> tuple[int, int, int]:
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


def _refused(path: str, error: OSError) -> SourceError:
    state: SourceState = "gone" if isinstance(error, FileNotFoundError) else "unreadable"
    return SourceError(path, state, error.strerror or str(error))
