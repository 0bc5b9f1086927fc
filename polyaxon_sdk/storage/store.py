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

    async def put_file(self, source: str, key: str, *, limit: int | None = None) -> Copy:
        """Store the first `limit` bytes of a local file, or all of them."""
        ...

    async def put_bytes(self, data: bytes, key: str) -> Copy:
        """Store `data`."""
        ...

    async def get_file(self, key: str, target: str) -> Copy:
        """Copy an object to a local path, which appears whole."""
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
