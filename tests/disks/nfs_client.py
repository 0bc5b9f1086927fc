"""`python -m tests.disks.nfs_client URL POINT`: mounts an NFS export by FUSE; each call is one call of NFS version 3.

The kernel's own client needs a kernel with NFS; this one needs libnfs alone, and caches nothing.
"""

import ctypes
import errno
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator
from ctypes import POINTER, byref, c_char_p, c_int, c_uint64, c_void_p, cast, create_string_buffer
from functools import wraps
from threading import Lock
from typing import Any, ParamSpec, TypeVar

import mfusepy

__all__ = ["NfsMount", "main"]

P = ParamSpec("P")
T = TypeVar("T")
_WHO = ["dev", "ino", "mode", "nlink", "uid", "gid", "rdev", "size", "blksize", "blocks"]
_TIMES = ["atime", "mtime", "ctime"]
_STAT = [*_WHO, *_TIMES, *(f"{name}ns" for name in _TIMES), "used"]


class _Stat(ctypes.Structure):
    _fields_ = [(name, c_uint64) for name in _STAT]


class _Entry(ctypes.Structure):
    _fields_ = [("next", c_void_p), ("name", c_char_p)]


def _operation(work: Callable[P, T]) -> Callable[P, T]:
    """One operation at a time: a context of libnfs is no thread's but one."""

    @wraps(work)
    def operate(*args: P.args, **kwargs: P.kwargs) -> T:
        mount: Any = args[0]
        with mount.turn:
            return work(*args, **kwargs)

    return operate


class NfsMount(mfusepy.Operations):  # type: ignore[misc]  # mfusepy's class is untyped
    """The operations of a mounted export."""

    use_ns = True

    def __init__(self, server: str, export: str) -> None:
        self.turn = Lock()
        self._nfs = ctypes.CDLL("libnfs.so.13")
        for name in ("nfs_init_context", "nfs_readdir"):
            getattr(self._nfs, name).restype = c_void_p
        self._nfs.nfs_get_error.restype = c_char_p
        self._context = c_void_p(self._nfs.nfs_init_context())
        self._do("mount", server.encode(), export.encode())

    def _do(self, name: str, *args: Any) -> int:
        result: int = getattr(self._nfs, f"nfs_{name}")(self._context, *args)
        if result < 0:
            raise mfusepy.FuseOSError(self._cause(-result))
        return result

    def _cause(self, number: int) -> int:
        """The number of an error: of a write the library gives EFAULT, and the server's as a character in its text."""
        said = re.search(rb'failed with "(.)"', self._nfs.nfs_get_error(self._context) or b"", re.DOTALL)
        return said[1][0] if number == errno.EFAULT and said else number

    def _handle(self, name: str, *args: Any) -> int:
        handle = c_void_p()
        self._do(name, *args, byref(handle))
        assert handle.value is not None
        return handle.value

    @_operation
    def getattr(self, path: str, fi: Any = None) -> dict[str, int]:
        found = _Stat()
        self._do("lstat64", path.encode(), byref(found))
        times = {f"st_{name}": getattr(found, name) * 10**9 + getattr(found, f"{name}ns") for name in _TIMES}
        kept = ("ino", "mode", "nlink", "uid", "gid", "size", "blocks")
        return {**times, **{f"st_{name}": getattr(found, name) for name in kept}}

    @_operation
    def readdir(self, path: str, fi: Any) -> Iterator[str]:
        folder = c_void_p(self._handle("opendir", path.encode()))
        names = []
        while entry := self._nfs.nfs_readdir(self._context, folder):
            names.append(os.fsdecode(cast(entry, POINTER(_Entry)).contents.name))
        self._nfs.nfs_closedir(self._context, folder)
        return iter(names)

    @_operation
    def create(self, path: str, mode: int, fi: Any) -> int:
        fi.fh = self._handle("create", path.encode(), c_int(fi.flags & (os.O_EXCL | os.O_TRUNC)), c_int(mode))
        return 0

    @_operation
    def open(self, path: str, fi: Any) -> int:
        fi.fh = self._handle("open", path.encode(), c_int(fi.flags & (os.O_ACCMODE | os.O_TRUNC)))
        return 0

    @_operation
    def release(self, path: str, fi: Any) -> int:
        return self._do("close", c_void_p(fi.fh))

    @_operation
    def read(self, path: str, size: int, offset: int, fi: Any) -> bytes:
        data = create_string_buffer(size)
        taken = self._do("pread", c_void_p(fi.fh), c_uint64(offset), c_uint64(size), data)
        return data.raw[:taken]

    @_operation
    def write(self, path: str, data: bytes, offset: int, fi: Any) -> int:
        return self._do("pwrite", c_void_p(fi.fh), c_uint64(offset), c_uint64(len(data)), bytes(data))

    @_operation
    def fsync(self, path: str, datasync: int, fi: Any) -> int:
        return self._do("fsync", c_void_p(fi.fh))

    @_operation
    def truncate(self, path: str, length: int, fi: Any = None) -> int:
        return self._do("truncate", path.encode(), c_uint64(length))

    @_operation
    def mkdir(self, path: str, mode: int) -> int:
        return self._do("mkdir", path.encode())

    @_operation
    def rmdir(self, path: str) -> int:
        return self._do("rmdir", path.encode())

    @_operation
    def unlink(self, path: str) -> int:
        return self._do("unlink", path.encode())

    @_operation
    def rename(self, old: str, new: str) -> int:
        return self._do("rename", old.encode(), new.encode())

    @_operation
    def chmod(self, path: str, mode: int) -> int:
        return self._do("chmod", path.encode(), c_int(stat.S_IMODE(mode)))

    def chown(self, path: str, uid: int, gid: int) -> int:
        return 0

    def utimens(self, path: str, times: tuple[int, int] | None = None) -> int:
        return 0

    def statfs(self, path: str) -> dict[str, int]:
        return {
            "f_bsize": 4096,
            "f_frsize": 4096,
            "f_blocks": 1 << 20,
            "f_bfree": 1 << 19,
            "f_bavail": 1 << 19,
        }


def main() -> None:
    """Mount until it is unmounted."""
    _, server, export, point = sys.argv
    options = {
        "attr_timeout": 0,
        "entry_timeout": 0,
        "negative_timeout": 0,
        "hard_remove": True,
        "big_writes": True,
    }
    mfusepy.FUSE(NfsMount(server, export), point, foreground=True, raw_fi=True, **options)


if __name__ == "__main__":
    main()
