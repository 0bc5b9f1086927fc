"""A store at any other URL that fsspec opens."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from secrets import token_hex
from threading import Event
from typing import Any, TypeVar

import fsspec

from polyaxon_sdk.exceptions import StoreError
from polyaxon_sdk.storage.draft import is_draft, write_whole
from polyaxon_sdk.storage.keys import Copy, Stored, checked
from polyaxon_sdk.storage.pulse import PULSE
from polyaxon_sdk.storage.retry import PassingStoreError
from polyaxon_sdk.storage.source import Source
from polyaxon_sdk.storage.thread import in_thread

__all__ = ["FsspecStore"]

T = TypeVar("T")

_CHUNK = 1 << 20
_LASTING = (FileNotFoundError, IsADirectoryError, NotADirectoryError, PermissionError)


class FsspecStore:
    """Objects below a URL, by what all file systems of fsspec have: written aside, read again, renamed.

    >>> transfer.wait(FsspecStore("memory://team").put_bytes(b"hello", "a/b.txt"))  # doctest: +SKIP
    """

    __slots__ = ("_fs", "_root", "_url")

    def __init__(self, url: str) -> None:
        self._url = url
        self._fs: Any = None
        self._root = ""

    def __repr__(self) -> str:
        return f"FsspecStore({self.url!r})"

    @property
    def url(self) -> str:
        """Where the store is, as messages name it."""
        scheme, _, rest = self._url.partition("://")
        host, slash, path = rest.partition("/")
        return f"{scheme}://{host.rpartition('@')[2]}{slash}{path.partition('?')[0]}"

    @property
    def workers(self) -> int:
        """How many calls at once it takes well."""
        return 4

    @property
    def appends_from(self) -> int | None:
        """Never."""
        return None

    def local(self, key: str) -> None:
        """No key has a path on this machine."""
        checked(key)

    async def put_file(
        self,
        source: str,
        key: str,
        *,
        limit: int | None = None,
        after: Copy | None = None,  # noqa: ARG002  # a file is written whole whatever it was
    ) -> Copy:
        """Store the first `limit` bytes of a local file, or all of them."""

        def put(fs: Any, given_up: Event) -> Copy:
            with Source(source, limit) as file:
                copy = self._write(fs, key, file.chunks(), given_up)
                return copy._replace(mtime_ns=file.mtime_ns)

        return await self._run(put, key)

    async def put_bytes(self, data: bytes, key: str) -> Copy:
        """Store `data`."""
        return await self._run(lambda fs, given_up: self._write(fs, key, iter([data]), given_up), key)

    async def get_file(self, key: str, target: str) -> Copy:
        """Copy an object to a local path, which appears whole."""

        def get(fs: Any, given_up: Event) -> Copy:
            os.makedirs(os.path.dirname(target), exist_ok=True)
            with fs.open(self._path(key), "rb") as file:
                return write_whole(target, iter(lambda: file.read(_CHUNK), b""), given_up=given_up)

        return await self._run(get, key)

    async def get_bytes(self, key: str, *, start: int = 0, end: int | None = None) -> bytes:
        """The bytes of an object from `start` up to `end`, or to where it ends."""

        def get(fs: Any, _: Event) -> bytes:
            size = int(fs.info(self._path(key))["size"])
            stop = size if end is None else min(end, size)
            return bytes(fs.cat_file(self._path(key), start=start, end=stop)) if start < stop else b""

        return await self._run(get, key)

    async def copy(self, source: str, key: str) -> Stored:
        """Make `key` hold what `source` holds."""

        def copy(fs: Any, given_up: Event) -> Stored:
            with fs.open(self._path(checked(source)), "rb") as file:
                self._write(fs, key, iter(lambda: file.read(_CHUNK), b""), given_up)
            return _stored(key, fs.info(self._path(key)))

        return await self._run(copy, key)

    async def checksum(self, key: str) -> str:
        """Nothing that all file systems would tell alike."""
        checked(key)
        return ""

    async def stat(self, key: str) -> Stored | None:
        """The object, or None where there is none."""

        def stat(fs: Any, _: Event) -> Stored | None:
            try:
                found = fs.info(self._path(key))
            except FileNotFoundError:
                return None
            return _stored(key, found) if found["type"] == "file" else None

        return await self._run(stat, key)

    async def list(self, prefix: str = "", *, after: str = "") -> tuple[Stored, ...]:
        """The objects below the folder `prefix` whose keys sort behind `after`, sorted by key."""
        root = checked(prefix) if prefix else ""

        def find(fs: Any, _: Event) -> tuple[Stored, ...]:
            found = [_stored(self._key(path), info) for path, info in self._found(fs, root)]
            return tuple(sorted(each for each in found if each.key > after and not _is_hidden(each.key)))

        return await self._run(find, root)

    async def folders(self) -> tuple[str, ...]:
        """The names of the folders at its top, sorted; what lies in them is not looked at."""

        def find(fs: Any, _: Event) -> tuple[str, ...]:
            try:
                found = fs.ls(self._root, detail=True)
            except FileNotFoundError:
                return ()
            folders = (each["name"].rstrip("/") for each in found if each["type"] == "directory")
            return tuple(sorted(path.rpartition("/")[2] for path in folders))

        return await self._run(find, "")

    async def remove(self, key: str) -> None:
        """Take the object away; one that is not there is no error."""

        def remove(fs: Any, _: Event) -> None:
            with suppress(FileNotFoundError):
                fs.rm_file(self._path(key))

        await self._run(remove, key)

    async def sweep(self, prefix: str) -> int:
        """Take away what interrupted puts below `prefix` left behind; returns how many things that were."""

        def sweep(fs: Any, _: Event) -> int:
            drafts = [path for path, _ in self._found(fs, checked(prefix)) if _is_hidden(path)]
            for path in drafts:
                fs.rm_file(path)
            return len(drafts)

        return await self._run(sweep, prefix)

    async def close(self) -> None:
        """Nothing is open that fsspec doesn't close."""

    async def _run(self, work: Callable[[Any, Event], T], key: str) -> T:
        if key:
            checked(key)

        def run(given_up: Event) -> T:
            if self._fs is None:
                self._fs, self._root = fsspec.core.url_to_fs(self._url, use_listings_cache=False)
            return work(self._fs, given_up)

        try:
            return await in_thread(run)
        except OSError as error:
            kind = StoreError if isinstance(error, _LASTING) else PassingStoreError
            raise kind(f"store {self.url}: {key}: {error.strerror or _line(error)}") from error
        except (ImportError, ValueError) as error:
            raise StoreError(f"store {self.url}: {_line(error)}") from error

    def _write(self, fs: Any, key: str, chunks: Iterator[bytes], given_up: Event) -> Copy:
        path = self._path(key)
        folder = path.rpartition("/")[0]
        draft = f"{folder}/.plx-{token_hex(8)}.part"
        fs.makedirs(folder, exist_ok=True)
        digest, size = sha256(), 0
        try:
            with fs.open(draft, "wb") as file:
                for chunk in chunks:
                    if given_up.is_set():
                        raise PassingStoreError(f"{key}: given up")
                    digest.update(chunk)
                    file.write(chunk)
                    PULSE.worked()
                    size += len(chunk)
            if _digest_of(fs, draft) != digest.digest():
                raise PassingStoreError(f"{key}: what was read again is not what was written")
            _rename(fs, draft, path)
        except BaseException:  # whatever it was goes on; only the draft must not stay
            with suppress(OSError):
                fs.rm_file(draft)
            raise
        return Copy(size, 0, f"sha256:{digest.hexdigest()}")

    def _found(self, fs: Any, prefix: str) -> Sequence[tuple[str, dict[str, Any]]]:
        root = self._path(prefix) if prefix else self._root
        try:
            found: dict[str, dict[str, Any]] = fs.find(root, detail=True)
        except FileNotFoundError:
            return []
        return [(path, info) for path, info in found.items() if path.startswith(f"{root.rstrip('/')}/")]

    def _path(self, key: str) -> str:
        return f"{self._root.rstrip('/')}/{checked(key)}"

    def _key(self, path: str) -> str:
        return path[len(self._root.rstrip("/")) + 1 :]


def _rename(fs: Any, draft: str, path: str) -> None:
    """Rename; what the file system has no renaming for is copied whole: its general one takes names for patterns."""
    if type(fs).mv is not fsspec.AbstractFileSystem.mv:
        fs.mv(draft, path)
        return
    fs.cp_file(draft, path)
    fs.rm_file(draft)


def _stored(key: str, info: dict[str, Any]) -> Stored:
    changed = info.get("mtime") or info.get("modified") or info.get("created") or 0.0
    seconds = changed.timestamp() if isinstance(changed, datetime) else float(changed)
    return Stored(key, int(info["size"]), int(seconds * 1e9))


def _is_hidden(path: str) -> bool:
    return is_draft(path.rpartition("/")[2])


def _digest_of(fs: Any, path: str) -> bytes:
    digest = sha256()
    with fs.open(path, "rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            PULSE.worked()
    return digest.digest()


def _line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
