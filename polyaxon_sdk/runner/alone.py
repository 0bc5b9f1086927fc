"""One process at a time carries a run out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from fcntl import LOCK_EX, LOCK_NB, LOCK_UN, flock
from typing import TypeVar

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import read_run

__all__ = ["alone"]

T = TypeVar("T")


@contextmanager
def alone(plan: Plan, begin: Callable[[], T]) -> Iterator[T]:
    """Begin a run, and keep others from carrying it out until this is left, or this process is gone.

    Gives what `begin` does.

    Where the disk takes no locks, the record alone tells that somebody carries it out.

    Args:
        plan: of the run.
        begin: makes the folder of a new run, or says in its record that it goes on.

    Raises:
        InputError: another process carries it out, or began it before; nothing was begun.
    """
    descriptor = _opened(plan.folder)
    try:
        if descriptor >= 0:
            _check(descriptor, plan)
        yield begin()
    finally:
        if descriptor >= 0:
            with suppress(OSError):
                flock(descriptor, LOCK_UN)  # for those too that have it open: processes forked meanwhile
            os.close(descriptor)


def _opened(folder: RunFolder) -> int:
    """A descriptor of the run's folder; -1 where the home can't be written, which `begin` tells."""
    with suppress(OSError):
        folder.path.mkdir(parents=True, exist_ok=True)
        return os.open(folder.path, os.O_RDONLY | os.O_CLOEXEC)
    return -1


def _check(descriptor: int, plan: Plan) -> None:
    """Lock the folder, and see that no other process has begun a new run in it."""
    uuid = plan.folder.uuid[:12]
    with suppress(OSError):
        try:
            flock(descriptor, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            raise InputError(f"another process goes on with run {uuid} already") from None
    with suppress(OSError):  # the home can't be read, which `begin` tells
        if not plan.is_resumed and read_run(plan.folder).created_at is not None:
            raise InputError(f"another process has begun run {uuid} already")
