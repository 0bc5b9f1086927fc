"""What is said of an attempt whose processes are gone and none of which said how it ended."""

from __future__ import annotations

from collections.abc import Sequence

from polyaxon_sdk.runs.fact import Fact
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import RunState
from polyaxon_sdk.runs.status import asked_end
from polyaxon_sdk.sidecar.exits import UNTOLD, find_end, is_about_to_be_left, waited
from polyaxon_sdk.sidecar.watch import DISPERSED, Crew

__all__ = ["find_ending"]

_Said = tuple[str, str, str]
"""A status, its reason, and its message."""


def find_ending(folder: RunFolder, facts: Sequence[Fact], state: RunState, people: Crew) -> list[_Said]:
    """What an abandoned attempt comes to, status by status; nothing where that is about to be known.

    Args:
        folder: the run.
        facts: what its record tells.
        state: the run as they tell it.
        people: who worked on it.
    """
    if is_about_to_be_left(folder, facts):
        return []
    if (asked := asked_end(state.conditions)) is not None:
        return [(asked, "ProcessGone", "the process ended once it was asked to")]
    if (left := find_end(folder, facts)) is not None:
        return [*_ran(state), left]
    if people.has_left:
        told = "the script had ended its tracking; the runner, which knows its exit code, is gone"
        return [*_ran(state), ("succeeded", "RunnerGone", told)]
    if people.has_dispersed:
        return [DISPERSED]
    unknown = UNTOLD if people.is_untold else "the process ended without a word: killed, or out of memory"
    return [("failed", "ProcessGone", waited(folder, facts, state) or unknown)]


def _ran(state: RunState) -> list[_Said]:
    """That it ran, which others may wait for, where the runner had no time to say so."""
    is_told = any(each.status == "running" for each in state.conditions)
    return [] if is_told else [("running", "RunnerGone", "")]
