"""Syncing: what stands on the disk itself, whatever becomes of the power."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["sync", "sync_tree"]


def sync(path: Path) -> None:
    """Bring a file's contents, mapped ones too, or a folder's entries to the disk itself; one that is gone is done.

    Raises:
        OSError: the disk is full or broken.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(path: Path) -> None:
    """Bring a file, or a folder with all that is in it, to the disk itself, and the name that it has.

    Raises:
        OSError: the disk is full or broken.
    """
    for folder, _, files in os.walk(path):
        for name in files:
            if os.path.isfile(whole := os.path.join(folder, name)):  # a pipe would wait for its writer
                sync(Path(whole))
        sync(Path(folder))
    if path.is_file():
        sync(path)
    sync(path.parent)
