"""Processes of this machine, looked at without tools."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def sidecars_of(run: str) -> list[int]:
    """The pids of the sidecars beside a run."""
    pids = [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]
    return [pid for pid in pids if {"polyaxon_sdk.sidecar", run} <= set(words_of(pid))]


def words_of(pid: int) -> list[str]:
    """The command line of a process; none where it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8", errors="replace").split("\0")
    except OSError:
        return []


def opened_by(pid: int) -> list[str]:
    """What the descriptors of a process lead to; one that is closed meanwhile is left out."""
    found = []
    for path in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(OSError):
            found.append(os.readlink(path))
    return found


def killed_behind(work: Callable[[], object]) -> None:
    """Do `work` in a process of its own, which is killed behind it."""
    if (pid := os.fork()) == 0:
        try:
            work()
        finally:
            os.kill(os.getpid(), 9)
    os.waitpid(pid, 0)
