"""A store in a folder: on a local disk, or on a network file system that is mounted here."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from stat import S_ISREG
from threading import Event
from typing import TypeVar

from polyaxon_sdk.exceptions import StoreError
from polyaxon_sdk.storage.draft import is_draft, write_whole
from polyaxon_sdk.storage.keys import Copy, Stored, checked
from polyaxon_sdk.storage.limits import Limits
from polyaxon_sdk.storage.retry import PassingStoreError
from polyaxon_sdk.storage.source import Source, SourceError
from polyaxon_sdk.storage.thread import in_thread
from polyaxon_sdk.storage.throttle import Throttle

__all__ = ["FileStore"]

T = TypeVar("T")

_WORKERS = 8
_LARGE = 1 << 20
"""From this size on, room is looked for first: a file that can't fit must not take it from those that do."""
_LASTING = frozenset(
    {
        errno.EACCES,
        errno.EDQUOT,
        errno.EEXIST,
        errno.EFBIG,
        errno.EILSEQ,
        errno.EINVAL,
        errno.EISDIR,
        errno.ELOOP,
        errno.ENAMETOOLONG,
        errno.ENOSPC,
        errno.ENOTDIR,
        errno.EPERM,
        errno.EROFS,
    }
)
"""Failures that trying again does not mend."""


class FileStore:
    """A folder whose files are the objects; what is in it appears whole, synced and read again.

    fsspec's own local file system writes in place and syncs nothing, so that a reader can meet half a file;
    the layout is the same, and fsspec reads what is written here.

    The folder itself is made when its parent is there; a missing parent is taken for a missing mount.

    >>> transfer.wait(FileStore("/mnt/team").put_bytes(b"hello", "a/b.txt"))  # doctest: +SKIP
    """

    __slots__ = ("_root", "_throttle", "_workers")

    def __init__(self, root: str | Path, *, limits: Limits | None = None) -> None:
        self._root = os.path.abspath(root)
        self._throttle = Throttle(limits.bandwidth if limits else None)
        self._workers = min(_WORKERS, limits.requests) if limits else _WORKERS

    def __repr__(self) -> str:
        return f"FileStore({self._root!r})"

    @property
    def url(self) -> str:
        """Where the store is, as messages name it."""
        return f"file://{self._root}"

    def local(self, key: str) -> Path:
        """The path that `key` has on this machine."""
        return Path(self._root, checked(key))

    @property
    def workers(self) -> int:
        """How many calls at once it takes well."""
        return self._workers

    @property
    def appends_from(self) -> int | None:
        """Never: a reader must not see a file that is being appended to."""
        return None

    async def put_file(
        self,
        source: str,
        key: str,
        *,
        limit: int | None = None,
        after: Copy | None = None,  # noqa: ARG002  # a file is written whole whatever it was
    ) -> Copy:
        """Store the first `limit` bytes of a local file, or all of them."""

        def put(given_up: Event) -> Copy:
            with Source(source, limit) as file:
                copy = self._write(key, file.chunks(), size=file.size, given_up=given_up)
                return copy._replace(mtime_ns=file.mtime_ns)

        return await self._run(put, key)

    async def put_bytes(self, data: bytes, key: str) -> Copy:
        """Store `data`."""
        return await self._run(
            lambda given_up: self._write(key, [data], size=len(data), given_up=given_up), key
        )

    async def get_file(self, key: str, target: str) -> Copy:
        """Copy an object to a local path, which appears whole."""

        def get(given_up: Event) -> Copy:
            try:
                with self._stored_file(key) as file:
                    os.makedirs(os.path.dirname(target), exist_ok=True)
                    copy = write_whole(target, file.chunks(), given_up=given_up)
            except (
                OSError
            ) as error:  # the target's: what is wrong with the stored file is a StoreError by now
                raise SourceError(target, "unreadable", error.strerror or str(error)) from error
            return copy._replace(mtime_ns=file.mtime_ns)

        return await self._run(get, key)

    async def get_bytes(self, key: str, *, start: int = 0, end: int | None = None) -> bytes:
        """The bytes of an object from `start` up to `end`, or to where it ends."""

        def get(_: Event) -> bytes:
            with self._stored_file(key) as file:
                return file.read(start, end)

        return await self._run(get, key)

    async def copy(self, source: str, key: str) -> Stored:
        """Make `key` hold what `source` holds."""

        def copy(given_up: Event) -> Stored:
            with self._stored_file(checked(source)) as file:
                made = self._write(key, file.chunks(), size=file.size, given_up=given_up)
            return Stored(key, made.size, made.mtime_ns)

        return await self._run(copy, key)

    async def checksum(self, key: str) -> str:
        """Nothing: a file system keeps no checksum that can be asked for."""
        checked(key)
        return ""

    async def stat(self, key: str) -> Stored | None:
        """The object, or None where there is none."""
        return await self._run(lambda _: _stored(key, self._place(key)), key)

    async def list(self, prefix: str = "", *, after: str = "") -> tuple[Stored, ...]:
        """The objects below the folder `prefix` whose keys sort behind `after`, sorted by key."""
        root = checked(prefix) if prefix else ""
        return await self._run(lambda _: tuple(sorted(self._walk(root, after))), root)

    async def folders(self) -> tuple[str, ...]:
        """The names of the folders at its top, sorted; what lies in them is not looked at."""
        return await self._run(lambda _: tuple(sorted(_folders(self._root))), "")

    async def remove(self, key: str) -> None:
        """Take the object away; one that is not there is no error."""

        def remove(_: Event) -> None:
            with suppress(FileNotFoundError):
                os.unlink(self._place(key))

        await self._run(remove, key)

    async def sweep(self, prefix: str) -> int:
        """Take away what interrupted puts below `prefix` left behind; returns how many things that were."""

        def sweep(_: Event) -> int:
            drafts = [path for path in _files(self._place(prefix)) if is_draft(os.path.basename(path))]
            for path in drafts:
                with suppress(FileNotFoundError):
                    os.unlink(path)
            return len(drafts)

        return await self._run(sweep, prefix)

    async def close(self) -> None:
        """Nothing is open between calls."""

    async def _run(self, work: Callable[[Event], T], key: str) -> T:
        if key:
            checked(key)
        try:
            return await in_thread(work)
        except OSError as error:
            kind = StoreError if error.errno in _LASTING else PassingStoreError
            raise kind(f"store {self._root}: {key}: {error.strerror or error}") from error

    def _write(self, key: str, chunks: Iterable[bytes], *, size: int, given_up: Event) -> Copy:
        path = self._place(key)
        self._make_folder(os.path.dirname(path))
        if size >= _LARGE and size > _free(self._root):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write_whole(path, self._paced(chunks, given_up), given_up=given_up)

    def _paced(self, chunks: Iterable[bytes], given_up: Event) -> Iterator[bytes]:
        for chunk in chunks:
            self._throttle.hold(len(chunk), given_up)
            yield chunk

    @contextmanager
    def _stored_file(self, key: str) -> Iterator[Source]:
        """An object's file: what is wrong with it is wrong with the store."""
        try:
            with Source(self._place(key)) as file:
                yield file
        except SourceError as error:
            kind = PassingStoreError if error.state == "changed" else StoreError
            raise kind(f"store {error}") from error

    def _make_folder(self, folder: str) -> None:
        parent = os.path.dirname(self._root)
        if not os.path.isdir(parent):
            raise StoreError(f"store {self._root}: no folder {parent} (is it mounted?)")
        os.makedirs(folder, exist_ok=True)

    def _place(self, key: str) -> str:
        path = os.path.join(self._root, key)
        root = os.path.realpath(self._root)
        folder = os.path.realpath(os.path.dirname(path))
        if os.path.commonpath([root, folder]) != root:
            raise StoreError(f"store {self._root}: {key}: a link leads out of the store")
        return path

    def _walk(self, prefix: str, after: str) -> Iterator[Stored]:
        start = len(self._root) + 1
        for path in _files(self._place(prefix) if prefix else self._root):
            key = path[start:]
            if key > after and not is_draft(os.path.basename(path)):
                stored = _stored(key, path)
                if stored is not None:
                    yield stored


def _files(folder: str) -> Iterator[str]:
    """The regular files below `folder`; links are not followed, and a missing folder has none."""
    try:
        entries = list(os.scandir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _files(entry.path)
        elif entry.is_file(follow_symlinks=False):
            yield entry.path


def _folders(folder: str) -> list[str]:
    """The names of the folders within `folder`; of links to them too, as a person may have put a disk there."""
    try:
        return [entry.name for entry in os.scandir(folder) if entry.is_dir() and not is_draft(entry.name)]
    except (FileNotFoundError, NotADirectoryError):
        return []


def _stored(key: str, path: str) -> Stored | None:
    try:
        stat = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return Stored(key, stat.st_size, stat.st_mtime_ns) if S_ISREG(stat.st_mode) else None


def _free(folder: str) -> int:
    room = os.statvfs(folder)
    return room.f_bavail * room.f_frsize
