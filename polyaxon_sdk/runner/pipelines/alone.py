"""One process at a time carries a pipeline out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from fcntl import LOCK_EX, LOCK_NB, flock

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runs.folder import RunFolder

__all__ = ["alone"]


@contextmanager
def alone(folder: RunFolder, begin: Callable[[], None]) -> Iterator[None]:
    """Begin a pipeline, and keep others from carrying it out until this is left, or this process is gone.

    Where the disk takes no locks, the record alone tells that somebody carries it out.

    Args:
        begin: makes the folder of a new pipeline, or says in its record that it goes on.

    Raises:
        InputError: another process carries it out; nothing was begun.
    """
    if is_new := not folder.record.is_dir():
        begin()
    descriptor = os.open(folder.path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        with suppress(OSError):
            _lock(descriptor, folder)
        if not is_new:
            begin()
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, folder: RunFolder) -> None:
    try:
        flock(descriptor, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        raise InputError(f"another process goes on with run {folder.uuid[:12]} already") from None
