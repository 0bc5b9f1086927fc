"""The statuses of a run and how one follows another (semantics 5.11)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

__all__ = [
    "COPIED",
    "DONE",
    "PENDING",
    "RETRY",
    "RUNNING",
    "STATUSES",
    "Condition",
    "Status",
    "asked_end",
    "follow",
]

Status = Literal[
    "created",
    "resuming",
    "on_schedule",
    "compiled",
    "queued",
    "scheduled",
    "starting",
    "running",
    "processing",
    "stopping",
    "failed",
    "stopped",
    "succeeded",
    "skipped",
    "warning",
    "unschedulable",
    "upstream_failed",
    "retrying",
    "unknown",
]

STATUSES: frozenset[str] = frozenset(Status.__args__)  # type: ignore[attr-defined]  # typing hides a Literal's values
PENDING: frozenset[str] = frozenset({"created", "on_schedule", "resuming"})
RUNNING: frozenset[str] = frozenset({"scheduled", "starting", "processing", "running"})
DONE: frozenset[str] = frozenset({"failed", "upstream_failed", "stopped", "skipped", "succeeded"})
RETRY = "Retry"
"""The reason of the status `resuming` where a failed run is tried again, as its `termination` asks for."""
COPIED = ("unknown", "Copied")
"""Status and reason of a copy of a run that went on elsewhere."""


class Condition(NamedTuple):
    """One status that a run had.

    Attributes:
        status: the status' name.
        reason: who or what reported it, one word.
        message: the same for people.
        time: when, in seconds since the epoch.
    """

    status: str
    reason: str
    message: str
    time: float


def follow(history: list[Condition], new: Condition) -> list[Condition]:
    """The history of one attempt once `new` is reported.

    Within an attempt the first final status wins; from `stopping` only a final one is accepted, or that it is a copy;
    a report equal to the last one refreshes it. `resuming` opens a new attempt.

    >>> done = [Condition("stopped", "", "", 1.0)]
    >>> follow(done, Condition("running", "", "", 2.0)) == done
    True
    """
    last = history[-1] if history else None
    if last is None or new.status == "resuming":
        return [*history, new]
    if last.status in DONE or new.status == "created":
        return history
    if last.status == "stopping" and new.status not in DONE and new[:2] != COPIED:
        return history
    if last[:3] == new[:3]:
        return [*history[:-1], new]
    return [*history, new]


def asked_end(history: Sequence[Condition]) -> str | None:
    """The final status that somebody asked for who stops the run; None where nobody does.

    >>> asked_end([Condition("stopping", "Skipped", "", 1.0)])
    'skipped'
    """
    last = history[-1] if history else None
    if last is None or last.status != "stopping":
        return None
    return "skipped" if last.reason == "Skipped" else "stopped"
