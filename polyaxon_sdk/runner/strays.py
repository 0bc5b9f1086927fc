"""Processes that a task left behind: those of its session, and daemons, which have its variables."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterable
from contextlib import suppress
from time import monotonic, sleep

from polyaxon_sdk.runner.grace import grace_time

__all__ = ["end_strays"]

_LEAVE_WITHIN = 0.5
"""Seconds in which helpers of a process that ended, such as those that clean up behind it, go by themselves."""

_GRACE = 5.0
"""Seconds between asking them to end and killing them, at most, and until those that are killed are gone."""

_POLL = 0.02
_FRESH = 10.0
"""Seconds after which the number of a process says nothing of its age any more."""

_FEW = 500
"""Process ids that are tried one by one: to list all processes takes longer."""

_OURS = re.compile(rb"polyaxon_sdk\.(?!authoring\b|runner\.tuner\b)")
"""In the words of what a script may start that outlives it: who carries another run out, or looks after it.

What a function of a person's forks has the words of whoever called the function, and is of its run.
"""

_PIECE = 1 << 16
_DEAD = frozenset({b"Z", b"X"})


def end_strays(uuid: str = "", *, session: int = 0, since: float = 0.0) -> int:
    """End what the processes of a run left behind; how many of those had to be asked to.

    A daemon that cleared its environment is not found.

    Args:
        uuid: of the run; empty where other tasks of it go on.
        session: of the task that is over; 0 where all of them are.
        since: when that was started, by `time.monotonic`.

    >>> end_strays("0" * 32)
    0
    """
    marks = {f"POLYAXON_RUN_UUID={uuid}".encode(), b"POLYAXON_IS_MANAGED=true"} if uuid else set[bytes]()
    is_fresh = session > 0 and monotonic() - since < _FRESH
    asked = set[int]()
    if not _found(marks, session, is_fresh=is_fresh):
        return 0
    for wanted in (0, signal.SIGTERM, signal.SIGKILL):
        patience = {0: _LEAVE_WITHIN, signal.SIGTERM: min(_GRACE, grace_time())}.get(wanted, _GRACE)
        deadline, told = monotonic() + patience, set[int]()
        while found := _found(marks, session, is_fresh=is_fresh):
            if wanted:
                _send(found - told, wanted)
                told |= found
                asked |= found
            if monotonic() >= deadline:
                break
            sleep(_POLL)
        else:
            break
    return len(asked)


def _send(pids: set[int], wanted: int) -> None:
    for pid in pids:
        with suppress(ProcessLookupError, PermissionError):
            os.kill(pid, wanted)


def _last_pid() -> int:
    """The process id that was given out last; 0 where nothing tells."""
    try:
        return int(_whole("/proc/loadavg").split()[-1])
    except (OSError, ValueError):
        return 0


def _found(marks: set[bytes], session: int, *, is_fresh: bool) -> set[int]:
    own = os.getpid()
    return {pid for pid in _pids(session if is_fresh else 0) if pid != own and _is_one(pid, marks, session)}


def _pids(first: int) -> Iterable[int]:
    """Those that there may be; after a process that was started just now alone, where one is named."""
    last = _last_pid() if first else 0
    if first <= last < first + _FEW and first:
        return range(first, last + 1)
    try:
        return [int(name) for name in os.listdir("/proc") if name.isdigit()]
    except OSError:
        return []


def _is_one(pid: int, marks: set[bytes], session: int) -> bool:
    try:
        state, _, _, its_session, *_ = _whole(f"/proc/{pid}/stat").rpartition(b")")[2].split()
        if state in _DEAD:
            return False
        # Session 0 is that of the kernel, and of all who came from outside of this pid namespace.
        is_one = int(its_session) == session if session else False
        is_one = is_one or bool(marks and marks <= {*_whole(f"/proc/{pid}/environ").split(b"\0")})
        return is_one and _OURS.search(_whole(f"/proc/{pid}/cmdline")) is None
    except (OSError, ValueError):  # it is gone by now, or another person's
        return False


def _whole(path: str) -> bytes:
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        data = os.read(descriptor, _PIECE)
        while piece := os.read(descriptor, _PIECE):
            data += piece
        return data
    finally:
        os.close(descriptor)
