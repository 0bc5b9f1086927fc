"""Whether a process ended for want of memory: by what the kernel counts, and by its own last words."""

from __future__ import annotations

import re
import signal
from contextlib import suppress

from polyaxon_sdk.runner.executors.executor import Exit

__all__ = ["LAST_WORDS", "killed_so_far", "out_of_memory"]

LAST_WORDS = 4096
"""Bytes at the end of what a process printed that are looked at."""

_COUNT = re.compile(rb"^oom_kill (\d+)$", re.MULTILINE)
_SAID = re.compile(
    rb"MemoryError|std::bad_alloc|OutOfMemoryError|out of memory|Cannot allocate memory", re.IGNORECASE
)


def killed_so_far() -> int:
    """How many processes of this machine the kernel has killed as there was no memory left; 0 where it doesn't tell.

    >>> killed_so_far() >= 0
    True
    """
    with suppress(OSError), open("/proc/vmstat", "rb") as file:
        if (found := _COUNT.search(file.read())) is not None:
            return int(found[1])
    return 0


def out_of_memory(ended: Exit, printed: bytes, *, killed: int) -> str:
    """What a person is told of a process that ran out of memory; empty where nothing says that it did.

    Args:
        ended: how it ended.
        printed: its last words.
        killed: how many the kernel had killed when it was started.

    >>> out_of_memory(Exit(code=1), b"MemoryError", killed=0)
    'out of memory: MemoryError'
    """
    if ended.fatal == signal.SIGKILL and killed_so_far() > killed:
        return "out of memory, as the kernel tells"
    said = None if ended.succeeded else _SAID.search(printed)
    return "" if said is None else f"out of memory: {said[0].decode()}"
