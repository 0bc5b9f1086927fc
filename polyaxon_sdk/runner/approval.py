"""Runs that wait until a person approves (semantics 1.17)."""

from __future__ import annotations

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1CompiledOperation
from polyaxon_sdk.runner.superseded import successor_of
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordWriter, read_facts
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.runs.status import RUNNING
from polyaxon_sdk.runs.user import user_name

__all__ = ["WAITING", "approve", "is_waiting", "told_of"]

WAITING = "Approval"
"""The reason of the status of a run that waits."""


def is_waiting(folder: RunFolder, operation: V1CompiledOperation) -> bool:
    """Whether a run may not begin yet.

    Raises:
        OSError: its record can't be read.
    """
    if operation.is_approved is not False:
        return False
    return not any(fact.kind == "approved" for fact in read_facts(folder))


def approve(folder: RunFolder) -> None:
    """Let a run begin that waits.

    Raises:
        InputError: it doesn't wait.
        OSError: it can't be read, or not be written.

    >>> approve(folder)  # doctest: +SKIP
    """
    state = read_run(folder)
    last = state.conditions[-1] if state.conditions else None
    if last is None or last.reason != WAITING or last.status in RUNNING:
        successor = successor_of(state)
        raise InputError(
            f"run {folder.uuid[:12]} is {state.status} and doesn't wait",
            expected="a run with `isApproved: false` that has not begun",
            hint=f"; run {successor[:12]} is in its place" if successor else "",
        )
    record = RecordWriter(folder)
    record.append("approved", user=user_name())
    record.close()


def told_of(folder: RunFolder) -> str:
    """What a person is told of a run that waits."""
    return f"waits for approval: polyaxon ops approve -uid {folder.uuid[:12]}"
