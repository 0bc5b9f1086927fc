"""Mapping what a process logs to: with all pages there, so that no later store waits for one."""

from __future__ import annotations

import mmap
import os
from errno import EIO

__all__ = ["map_zeros"]

_ZEROS = "/dev/zero"


def map_zeros(descriptor: int, length: int, *, start: int = 0, kept: int = 0) -> mmap.mmap:
    """Map a part of a file that holds zeros, and fetch its pages.

    `MAP_POPULATE` would do the same with the interpreter's lock held: a disk that hangs would stop all threads. To read
    zeros into it lets the others go on, and a disk that fails is an error here, in place of a signal later.

    Args:
        descriptor: the file, open for reading and writing.
        length: bytes, from `start` on.
        start: where the part begins, at a page.
        kept: how many bytes at its beginning hold something else.

    Raises:
        OSError: the memory or the disk gives none of it.
    """
    try:
        memory = mmap.mmap(descriptor, length, mmap.MAP_SHARED, offset=start)
    except ValueError as error:  # somebody cut the file, which was long enough
        raise OSError(EIO, str(error)) from error
    try:
        zeros = os.open(_ZEROS, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:  # a container without devices: pages come with the first store to them
        return memory
    try:
        with memoryview(memory) as whole, whole[kept:] as rest:
            os.readv(zeros, [rest])
    finally:
        os.close(zeros)
    return memory
