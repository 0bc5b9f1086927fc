"""Copying a person's files into a run, beside the calling thread."""

from __future__ import annotations

import os
from collections.abc import Callable
from errno import EINVAL
from functools import partial
from stat import S_ISREG
from time import time_ns

from polyaxon_sdk.runs.copying import copy_within
from polyaxon_sdk.tracking.interface import Place

__all__ = ["FILE_PATIENCE", "Copying", "check_is_file", "keep_copied"]

FILE_PATIENCE = 10.0
"""Seconds without any progress after which a call no longer waits for a file of the caller's to be read or copied.

What is copied is theirs to change or remove once the call returned: to go on sooner would lose it where a disk is
only slow.
"""


class Copying:
    """Copies files for one call, which waits as long as the disk takes something.

    Where the disk takes nothing for ten seconds the call returns, and from then on the caller may change what is still
    to be copied: such a copy would be torn, and is refused.
    """

    def __init__(self, place: Place) -> None:
        self._progress = place.progress
        self._began = time_ns()
        self.is_alone = False
        """Whether the call returned before the copy was made."""

    def copy(self, source: str, draft: str) -> None:
        """Copy a file within the kernel, which shares the blocks where the disk can; never a link.

        Raises:
            OSError: it can't be read or is no file, with its path as `filename`, or the disk is full or broken.
            ValueError: it changed after the call had returned.
        """
        import shutil  # compression modules come with it: paid with the first file that is logged

        check_is_file(source)
        with open(source, "rb") as file, open(draft, "wb", buffering=0) as copy:
            copy_within(file, copy, self._progress)
            if self.is_alone and os.fstat(file.fileno()).st_mtime_ns >= self._began:
                raise ValueError("it changed while the disk did not answer")
        shutil.copystat(source, draft)
        self._progress()


def check_is_file(path: str) -> None:
    """Before anything opens it: a pipe waits for its writer, and a device may never end.

    Raises:
        OSError: nothing lies there, or what does is no file.
    """
    if not S_ISREG(os.stat(path).st_mode):
        raise OSError(EINVAL, "it is no file", path)


def keep_copied(place: Place, what: str, work: Callable[[Copying], None]) -> None:
    """Do `work`, which copies and logs what came of it, beside the caller."""
    copying = Copying(place)
    copying.is_alone = not place.keep(what, partial(work, copying), patience=FILE_PATIENCE)
