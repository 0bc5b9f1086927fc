"""Which run a process is of, as others see it from outside: by the environment that it was started with."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from functools import cache

__all__ = ["BLANK", "find_plate", "wear"]

_NAME = "POLYAXON_RUN_UUID"
_NOBODY = "0" * 32

BLANK: Mapping[str, str] = {_NAME: _NOBODY}
"""What a process is started with from which others are forked: room for the uuid of a run."""

_ENV_START, _ENV_END = 47, 48
"""The fields of `/proc/self/stat` behind the name of the program (proc_pid_stat(5))."""


def wear(uuid: str) -> None:
    """Let a process that was forked from one started with `BLANK` be seen as one of a run.

    What the kernel shows of an environment is the memory in which the first program got it, which forks have too.

    >>> wear("5" * 32)  # of a process that was started otherwise: nothing
    """
    with suppress(OSError, ValueError):  # the system shows it to nobody
        place = find_plate()
        if place is not None and len(uuid) == len(_NOBODY):
            memory = os.open("/proc/self/mem", os.O_WRONLY | os.O_CLOEXEC)
            try:
                os.pwrite(memory, f"{_NAME}={uuid}".encode(), place)
            finally:
                os.close(memory)


@cache
def find_plate() -> int | None:
    """Where in the memory of this process, and of those that are forked from it, the room for the uuid is.

    Raises:
        OSError, ValueError: the system doesn't tell.
    """
    with open("/proc/self/stat", "rb") as file:
        fields = file.read().rpartition(b")")[2].split()
    start, end = int(fields[_ENV_START]), int(fields[_ENV_END])
    with open("/proc/self/mem", "r+b", buffering=0) as memory:
        memory.seek(start)
        place = memory.read(end - start).find(f"{_NAME}={_NOBODY}\0".encode())
    return start + place if place >= 0 else None
