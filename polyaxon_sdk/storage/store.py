"""Stores: what each one can do, and how a URL becomes one."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote

from polyaxon_sdk.exceptions import InputError, MissingExtraError, StoreError, did_you_mean
from polyaxon_sdk.settings import load
from polyaxon_sdk.storage.file_store import FileStore

if TYPE_CHECKING:
    from collections.abc import Mapping

    from polyaxon_sdk.polyflow import V1Connection
    from polyaxon_sdk.storage.keys import Copy, Stored
    from polyaxon_sdk.storage.limits import Limits

__all__ = ["Store", "check_there", "open_store"]


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

    async def put_file(
        self, source: str, key: str, *, limit: int | None = None, after: Copy | None = None
    ) -> Copy:
        """Store the first `limit` bytes of a local file, or all of them.

        With `after`, an earlier put of this file, which has only grown since: where the store can, and holds that
        still, only the rest is sent. A put that was cut off goes on where it was, where the store can.
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

    async def folders(self) -> tuple[str, ...]:
        """The names of the folders at its top, sorted; what lies in them is not looked at."""
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


_EXPECTED = "file:///folder, s3://bucket/prefix, gs://bucket/prefix or abfs://container@account/prefix"
_EXTRAS = {
    "s3": ("s3fs", "s3"),
    "s3a": ("s3fs", "s3"),
    "gs": ("gcsfs", "gcs"),
    "gcs": ("gcsfs", "gcs"),
    "abfs": ("adlfs", "azure"),
    "abfss": ("adlfs", "azure"),
    "az": ("adlfs", "azure"),
    "wasb": ("adlfs", "azure"),
    "wasbs": ("adlfs", "azure"),
}
"""The module that a scheme needs, and the extra that brings it."""
_READ_ONLY = frozenset({"data", "git", "github", "http", "https", "local", "reference", "zip"})


def open_store(place: str | V1Connection, *, limits: Limits | None = None) -> Store:
    """The store at a URL, or of a connection or its name; nothing is made or asked before it is used.

    A `file://` URL has its percent codes decoded (RFC 8089); a plain absolute path is taken as it is. Endpoint,
    region and credentials are those that each cloud's own tools would take; what a connection brings goes before
    this process' environment. Other schemes are those of fsspec.

    Raises:
        InputError: the URL has a scheme that none has, no bucket, credentials before it, or no absolute path.
        MissingExtraError: the scheme's library is not installed.

    >>> open_store("file:///mnt/team/runs")
    FileStore('/mnt/team/runs')
    """
    url, variables = (place, {}) if isinstance(place, str) and "/" in place else _connected(place)
    scheme, separator, rest = url.partition("://")
    scheme = scheme.lower()
    if separator and scheme in _EXTRAS:
        return _open_cloud(url, scheme, limits, variables)
    if separator and scheme != "file":
        return _open_other(url, scheme)
    path = unquote(rest) if separator else url
    if "\0" in path or not path.startswith("/") or not path.strip("/."):
        raise InputError(
            f"store {url!r} is not an absolute path to a folder, nor a connection", expected=_EXPECTED
        )
    return FileStore(path, limits=limits)


def _connected(place: str | V1Connection) -> tuple[str, Mapping[str, str]]:
    """The URL of a connection, with the variables that it brings; a name that none has itself."""
    from polyaxon_sdk.storage.connections import connections, store_url  # attrs, which URLs don't need
    from polyaxon_sdk.storage.reaching import variables_of  # likewise

    if not isinstance(place, str):
        return store_url(place), variables_of(place)
    found = [each for each in connections(load()) if each.name == place]
    return (store_url(found[0]), variables_of(found[0])) if found else (place, {})


def _open_cloud(url: str, scheme: str, limits: Limits | None, variables: Mapping[str, str]) -> Store:
    from polyaxon_sdk.storage.clouds import open_cloud  # asyncio, which stores in folders need later

    module, extra = _EXTRAS[scheme]
    if _has_user_info(url.partition("://")[2], extra):
        raise InputError(
            f"store {scheme}://…: a name or a key stands before the bucket, which everybody would read",
            expected="credentials where the cloud's own tools take them",
        )
    if find_spec(module) is None:
        raise MissingExtraError(f"store {url!r} needs {module}: pip install 'polyaxon-sdk[{extra}]'")
    rest = url.partition("://")[2]
    if not rest.partition("/")[0] or "\0" in rest:
        raise InputError(f"store {url!r} names no bucket", expected=_EXPECTED)
    return open_cloud(extra, url, limits, variables)


def _has_user_info(rest: str, cloud: str) -> bool:
    """Whether credentials stand before the bucket; a key that has a `/` in it ends what is the bucket's place."""
    place = rest.partition("/")[0]
    before, at, _ = place.rpartition("@")
    if cloud == "azure":  # where a container stands before the account
        return ":" in (before if at else place)
    return bool(at) or (":" in place and not place.startswith("arn:"))


def _open_other(url: str, scheme: str) -> Store:
    import fsspec  # only such stores need it

    from polyaxon_sdk.storage.fsspec_store import FsspecStore

    known = [each for each in fsspec.available_protocols() if each not in _READ_ONLY]
    if scheme not in known:
        raise InputError(
            f"store {url!r}: scheme {scheme!r} is not supported",
            expected=_EXPECTED,
            hint=did_you_mean(scheme, known),
        )
    return FsspecStore(url)


def check_there(store: Store) -> None:
    """Tell a folder that isn't there from one that nothing was shipped to: it may be misspelt, or not mounted.

    Raises:
        StoreError: it isn't there.

    >>> check_there(open_store("s3://team/runs"))  # doctest: +SKIP
    """
    inside = store.local("changes")
    if inside is not None and not inside.parent.is_dir():
        raise StoreError(f"there is no store {store.url}: nothing was shipped there, or it isn't mounted")
