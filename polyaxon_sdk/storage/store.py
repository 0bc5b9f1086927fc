"""Stores: what each one can do, and how a URL becomes one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.storage.file_store import FileStore

if TYPE_CHECKING:
    from polyaxon_sdk.storage.keys import Copy, Stored

__all__ = ["Store", "open_store"]


class Store(Protocol):
    """Objects under keys. Every effect is whole or absent as a reader sees it, and verified once it returned.

    An object exists where `stat` tells of it. Keys are those of `keys.checked`, sorted by code point.

    Each method raises `InputError` for a key outside the store, `StoreError` where the store fails, its
    subclass `PassingStoreError` where trying again may help, and `SourceError` where the local file is why.
    From code that is not asynchronous, call them through `transfer.wait`.
    """

    @property
    def url(self) -> str:
        """Where the store is, as messages name it; never with credentials."""
        ...

    def local(self, key: str) -> Path | None:
        """The path that `key` has on this machine; None where it has none."""
        ...

    @property
    def workers(self) -> int:
        """How many calls at once it takes well."""
        ...

    @property
    def appends_from(self) -> int | None:
        """The size from which a file that grew costs only what was added to it; None where it costs all again."""
        ...

    async def put_file(self, source: str, key: str, *, limit: int | None = None, grown: bool = False) -> Copy:
        """Store the first `limit` bytes of a local file, or all of them.

        With `grown`, what is stored under `key` is probably how the file began: where the store can, and it is
        so, only the rest is sent. A put that was cut off goes on where it was, where the store can.
        """
        ...

    async def put_bytes(self, data: bytes, key: str) -> Copy:
        """Store `data`."""
        ...

    async def get_file(self, key: str, target: str) -> Copy:
        """Copy an object to a local path, which appears whole."""
        ...

    async def get_bytes(self, key: str, *, start: int = 0, end: int | None = None) -> bytes:
        """The bytes of an object from `start` up to `end`, or to where it ends; beyond its end there are none."""
        ...

    async def copy(self, source: str, key: str) -> Stored:
        """Make `key` hold what `source` holds; nothing is sent where the store copies by itself."""
        ...

    async def checksum(self, key: str) -> str:
        """What the store itself keeps of an object's bytes, as `md5:…`, `crc32c:…` or `etag:…`.

        Empty where it keeps nothing; a `Copy` and the manifest say what it was when the object was stored.
        """
        ...

    async def stat(self, key: str) -> Stored | None:
        """The object, or None where there is none."""
        ...

    async def list(self, prefix: str = "", *, after: str = "") -> tuple[Stored, ...]:
        """The objects below the folder `prefix` whose keys sort behind `after`, sorted by key."""
        ...

    async def remove(self, key: str) -> None:
        """Take the object away; one that is not there is no error."""
        ...

    async def sweep(self, prefix: str) -> int:
        """Take away what interrupted puts below `prefix` left behind; returns how many things that were."""
        ...

    async def close(self) -> None:
        """End what is open; the next call opens it again."""
        ...


_EXPECTED = "file:///folder or an absolute path"


def open_store(url: str) -> Store:
    """The store at `url`; nothing is read or made before it is used.

    A `file://` URL has its percent codes decoded (RFC 8089); a plain absolute path is taken as it is.

    Raises:
        InputError: the URL has another scheme, a host, or no absolute path.

    >>> open_store("file:///mnt/team/runs")
    FileStore('/mnt/team/runs')
    """
    scheme, separator, rest = url.partition("://")
    if not separator:
        path = url
    elif scheme.lower() == "file":
        path = unquote(rest)
    else:
        raise InputError(f"store {url!r}: scheme {scheme!r} is not supported", expected=_EXPECTED)
    if "\0" in path or not path.startswith("/") or not path.strip("/."):
        raise InputError(f"store {url!r} is not an absolute path to a folder", expected=_EXPECTED)
    return FileStore(path)
