"""A file written whole: readers see the old one or the new one, never a part."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from errno import EINVAL, ENOTSUP
from hashlib import sha256
from secrets import token_hex
from threading import Event

from polyaxon_sdk.storage.keys import Copy
from polyaxon_sdk.storage.pulse import PULSE
from polyaxon_sdk.storage.retry import PassingStoreError

__all__ = ["is_draft", "write_whole"]

_CHUNK = 1 << 20
_SYNCED = 64 << 20
"""Bytes after which what is written is waited for: a server that takes nothing shows then, and not at the end."""
_FLAGS = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
_NEVER = Event()


def is_draft(name: str) -> bool:
    """Whether a file of this name is one that is being written, or was when its writer was killed."""
    return re.fullmatch(r"\.plx-[0-9a-f]{16}\.part", name) is not None


def write_whole(path: str, chunks: Iterable[bytes], *, given_up: Event = _NEVER) -> Copy:
    """Write `chunks` to `path`: under a temporary name in the same folder, synced, read again, renamed.

    What is on the disk (or on the server, where the folder is a mount) is read again and compared before it
    appears. The `mtime_ns` of the copy returned is that of the new file.

    Raises:
        OSError: the folder is not there or can't be written.
        PassingStoreError: what was read again is not what was written, or `given_up` was set meanwhile.

    >>> write_whole("/tmp/a.txt", [b"a"]).size  # doctest: +SKIP
    1
    """
    folder = os.path.dirname(path)
    draft = os.path.join(folder, f".plx-{token_hex(8)}.part")
    descriptor = os.open(draft, _FLAGS, 0o666)
    try:
        checksum = _write(descriptor, chunks, given_up)
        os.fsync(descriptor)
        if _read_again(descriptor) != checksum:
            raise PassingStoreError(f"{path}: what was read again is not what was written")
        if given_up.is_set():
            raise PassingStoreError(f"{path}: given up")
        stat = os.fstat(descriptor)
        os.rename(draft, path)
    except BaseException:  # whatever it was goes on; only the draft must not stay
        with suppress(OSError):
            os.unlink(draft)
        raise
    finally:
        os.close(descriptor)
    _sync_folder(folder)
    return Copy(stat.st_size, stat.st_mtime_ns, checksum)


def _write(descriptor: int, chunks: Iterable[bytes], given_up: Event) -> str:
    digest, end = sha256(), 0
    for chunk in chunks:
        if given_up.is_set():
            raise PassingStoreError("given up")
        digest.update(chunk)
        view = memoryview(chunk)
        while view:
            view = view[os.write(descriptor, view) :]
        if len(chunk) >= _CHUNK:  # start writing back now: the sync is short, and no dirty pages pile up
            os.posix_fadvise(descriptor, end, len(chunk), os.POSIX_FADV_DONTNEED)
        if end // _SYNCED != (end := end + len(chunk)) // _SYNCED:
            os.fdatasync(descriptor)
        PULSE.worked()
    return f"sha256:{digest.hexdigest()}"


def _read_again(descriptor: int) -> str:
    digest = sha256()
    # Out of the cache: the read asks the disk or the server, and shipping evicts nobody's data.
    os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    os.lseek(descriptor, 0, os.SEEK_SET)
    while chunk := os.read(descriptor, _CHUNK):
        digest.update(chunk)
        PULSE.worked()
    os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    return f"sha256:{digest.hexdigest()}"


def _sync_folder(folder: str) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in {EINVAL, ENOTSUP}:  # some network file systems sync no folders
            raise
    finally:
        os.close(descriptor)
