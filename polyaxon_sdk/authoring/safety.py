"""Whether processes may be forked from one that has imported a person's file."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep

__all__ = ["why_unsafe"]

_OWN = Path("/proc/self")
_THREADS_END_WITHIN = 1.0
"""Seconds for which the system may tell of a thread that is over, as it does where the machine is busy."""
_LOOK_EVERY = 0.001


def why_unsafe(own: Collection[int]) -> str | None:
    """What of this process a forked one would not have, or would share; None where it is safe.

    Args:
        own: descriptors of ours.

    >>> why_unsafe(own=range(1 << 16))  # doctest: +SKIP
    'threads'
    """
    _fork_once()
    if (threads := _threads()) is not None:
        return f"it starts threads: {threads or 'those of a library'}"
    if any((each / "children").read_text() for each in (_OWN / "task").iterdir()):
        return "it starts processes"
    return next(filter(None, (_why_unsafe(number) for number in _descriptors() if number not in own)), None)


def _threads() -> str | None:
    """The names of other threads, empty where Python knows none of them; None where there are none soon."""
    deadline = monotonic() + _THREADS_END_WITHIN
    while len(os.listdir(_OWN / "task")) > 1:
        names = [each.name for each in threading.enumerate() if each is not threading.main_thread()]
        if names or monotonic() >= deadline:
            return ", ".join(names)
        sleep(_LOOK_EVERY)
    return None


def _fork_once() -> None:
    """Let libraries that mind forks, such as OpenBLAS, put their threads away; they come back when they are needed."""
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)


def _descriptors() -> list[int]:
    return sorted(int(name) for name in os.listdir(_OWN / "fd"))


def _why_unsafe(number: int) -> str | None:
    with suppress(OSError):  # what listed them is closed by now
        target = os.readlink(_OWN / "fd" / str(number))
        if target.startswith("/dev/nvidia"):
            return "it opens a GPU"
        if target.startswith("socket:"):
            return "it opens connections"
        if stat.S_ISREG(os.fstat(number).st_mode) and _is_written(number):
            return f"it keeps {target} open to write"
    return None


def _is_written(number: int) -> bool:
    lines = (_OWN / "fdinfo" / str(number)).read_text().splitlines()
    flags = next((line.split()[1] for line in lines if line.startswith("flags:")), "0")
    return int(flags, 8) & os.O_ACCMODE != os.O_RDONLY
