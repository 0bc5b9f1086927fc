"""Copying one file's bytes into another, within the kernel where it can."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from io import FileIO
from typing import BinaryIO

__all__ = ["copy_within"]

_PIECE = 1 << 20
"""Bytes that a disk which answers takes in well under the patience of a call."""


def copy_within(file: BinaryIO, copy: FileIO, progress: Callable[[], object] = bool) -> None:
    """Copy the rest of a file; where the disk can, both then share the blocks.

    Args:
        file: open to be read.
        copy: open to be written, without a buffer.
        progress: called whenever the disk took something.

    Raises:
        OSError: it can't be read, or the disk is full or broken.
    """
    with suppress(OSError):  # two disks, or one that can't: the rest goes through memory
        while os.copy_file_range(file.fileno(), copy.fileno(), _PIECE):
            progress()
    while piece := file.read(_PIECE):
        while piece := piece[copy.write(piece) :]:
            pass
        progress()
