"""How the processes of a run ended whose runner is gone, as what waited for them left it."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from polyaxon_sdk.runs.exits import LEFT, Exit, Left, read_left
from polyaxon_sdk.runs.fact import Fact
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import RunState

__all__ = ["UNTOLD", "find_end", "is_about_to_be_left", "unrecorded", "waited"]

UNTOLD = "how its process ended is not known: the runner, which waited for it, is gone"
"""What is said of a run whose end nobody saw and that told nothing itself."""

_WAITING = frozenset({"created", "compiled", "queued", "retrying"})
"""The statuses of a run that its runner has no process for."""

_GUARDIAN = b"polyaxon_sdk.runner.executors.guardian"
"""Among the words of what waits for commands in their runner's place."""

_STATE, _PARENT = 0, 1


def find_end(folder: RunFolder, facts: Sequence[Fact]) -> tuple[str, str, str] | None:
    """The status, reason and message that the last attempt at a run comes to; None where nothing was left.

    Of several replicas, one that failed says how; it succeeded where all of them did.

    Args:
        folder: the run.
        facts: what its record tells.
    """
    ended = _exit(folder, facts)
    if ended is None:
        return None
    if ended.succeeded:
        return "succeeded", "RunnerGone", f"{ended}; the runner was gone by then"
    return "failed", ended.reason, str(ended)


def unrecorded(folder: RunFolder, facts: Sequence[Fact]) -> dict[str, Left]:
    """Processes by replica that a runner started, and that it was gone too soon to record."""
    recorded = {fact.fields.get("pid") for fact in facts if fact.kind == "process"}
    try:
        names = [name for name in os.listdir(folder.journal) if name.endswith(LEFT)]
    except FileNotFoundError:
        return {}
    found = {name.removesuffix(LEFT): read_left(folder.journal / name) for name in names}
    return {replica: left for replica, left in found.items() if left and left.pid not in recorded}


def _exit(folder: RunFolder, facts: Sequence[Fact]) -> Exit | None:
    known = {replica: left.exit for replica, left in unrecorded(folder, facts).items()}
    for replica, process in _started(facts).items():
        left = read_left(folder.journal / f"{replica}{LEFT}")
        known[replica] = left.exit if left and left.is_of(*process) else known.get(replica)
    ended = [(replica, each) for replica, each in known.items() if each is not None]
    for replica, each in ended:
        if not each.succeeded:
            return each._replace(replica=replica if len(known) > 1 else "")
    return Exit(code=0) if known and len(ended) == len(known) else None


def waited(folder: RunFolder, facts: Sequence[Fact], state: RunState) -> str:
    """What is said of a run whose runner was gone while it waited: for a person, a place, its next attempt.

    Args:
        folder: the run.
        facts: what its record tells.
        state: the run as they tell it.

    Returns:
        A line for people; empty where a process was begun, or no runner carries it out.
    """
    is_managed = any(fact.kind in {"created", "resumed"} and fact.fields.get("is_managed") for fact in facts)
    last = state.conditions[-1] if state.conditions else None
    if not is_managed or last is None or last.status not in _WAITING:
        return ""
    if _started(facts) or unrecorded(folder, facts):
        return ""
    if not any(each.status == "running" for each in state.conditions):
        return "the runner was gone before the run began"
    told = "the runner was gone before the next attempt"
    return f"{told}: {last.message}" if last.status == "retrying" else told


def is_about_to_be_left(folder: RunFolder, facts: Sequence[Fact]) -> bool:
    """Whether a process of a run has just ended, and what waits for it has not had the time to leave how."""
    pids = [pid for pid, _ in _started(facts).values()]
    return any(
        _is_awaited(pid) for pid in (*pids, *(left.pid for left in unrecorded(folder, facts).values()))
    )


def _started(facts: Sequence[Fact]) -> Mapping[str, tuple[int, int]]:
    """The processes of the last attempt, by replica: their pids, and when they started."""
    found = dict[str, tuple[int, int]]()
    for fact in facts:
        replica, pid, start = (fact.fields.get(name) for name in ("replica", "pid", "start"))
        if fact.kind == "status" and fact.fields.get("status") == "resuming":
            found.clear()
        elif fact.kind == "process" and not fact.fields.get("is_console") and isinstance(pid, int):
            found[str(replica)] = pid, start if isinstance(start, int) else 0
    return found


def _is_awaited(pid: int) -> bool:
    """Whether a process has ended and its parent, which leaves how, has not taken leave of it."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            fields = file.read().rpartition(b")")[2].split()
        with open(f"/proc/{int(fields[_PARENT])}/cmdline", "rb") as file:
            return fields[_STATE] == b"Z" and _GUARDIAN in file.read().split(b"\0")
    except OSError:
        return False
