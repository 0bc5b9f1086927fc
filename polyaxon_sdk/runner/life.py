"""A run that was begun before, as it is now."""

from __future__ import annotations

from typing import Literal, NamedTuple

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import read_facts, read_writers_of
from polyaxon_sdk.runs.state import RunState, fold, read_run
from polyaxon_sdk.sidecar.launch import launch
from polyaxon_sdk.sidecar.watch import crew

__all__ = ["Found", "look"]

_PATIENCE = 60.0
"""Seconds that a sidecar may take to say how a run ended of which nobody is left."""


class Found(NamedTuple):
    """A run that was begun before.

    Attributes:
        folder: where it lies.
        state: as it is now.
        life: `over`; `running`; `gone` where nobody is left who could say how it ended.
    """

    folder: RunFolder
    state: RunState
    life: Literal["over", "running", "gone"]

    @property
    def why_again(self) -> str:
        """Why it is carried out again, where it is: a line for people."""
        name, last = self.state.name or "run", self.state.conditions[-1:]
        told = ": ".join(filter(None, (last[0].status, last[0].message))) if last else "it had not begun"
        return f"{name} {self.folder.uuid[:12]} is carried out again: {told}"


def look(folder: RunFolder) -> Found:
    """A run as it is now; of one whose processes are gone, as its sidecar says that they ended.

    >>> look(folder).life  # doctest: +SKIP
    'over'
    """
    facts = read_facts(folder)
    state = fold(folder.uuid, facts)
    if state.is_done:
        return Found(folder, state, "over")
    if not crew(folder, facts).is_abandoned:
        return Found(folder, state, "running")
    if not state.conditions:  # nothing is told of it yet
        is_begun = any(writer.life() == "alive" for writer in read_writers_of(facts))
        return Found(folder, state, "running" if is_begun else "gone")
    launch(folder).wait(_PATIENCE)
    state = read_run(folder)
    return Found(folder, state, "over" if state.is_done else "gone")
