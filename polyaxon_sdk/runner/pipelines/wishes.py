"""What persons wish of a pipeline while it goes on, as its record tells."""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic

from polyaxon_sdk.runner.pipelines.widening import wished_width
from polyaxon_sdk.runs.fact import Fact
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordReader
from polyaxon_sdk.runs.state import fold
from polyaxon_sdk.runs.status import asked_end

__all__ = ["Wishes"]

_LOOK = 0.5
"""Seconds between two looks."""

_TELL = frozenset({"status", "meta"})
"""Kinds of facts that hold wishes: a record that tells of thousands of runs is looked at again and again."""


class Wishes:
    """Looks for them now and then.

    Args:
        folder: of the pipeline.

    Attributes:
        width: how many runs at once; None where nobody said so.
        grace: seconds that its runs have to end, where somebody stops it; None for the usual ones.

    >>> Wishes(RunFolder("/nowhere/runs/0f")).look()
    """

    def __init__(self, folder: RunFolder) -> None:
        self.width: int | None = None
        self.grace: float | None = None
        self._folder = folder
        self._record = RecordReader(folder)
        self._next_look = 0.0

    @property
    def are_due(self) -> bool:
        """Whether it is time to look again."""
        return monotonic() >= self._next_look

    def look(self) -> str | None:
        """The final status that somebody asked for who stops it; None where nobody does.

        Raises:
            OSError: the record can't be read.
        """
        self._next_look = monotonic() + _LOOK
        facts = [fact for fact in self._record.read() if fact.kind in _TELL]
        state = fold(self._folder.uuid, facts)
        self.width, self.grace = wished_width(state), _asked_grace(facts)
        return asked_end(state.conditions)


def _asked_grace(facts: Sequence[Fact]) -> float | None:
    """How long whoever asked last for the end lets it take."""
    asked = [fact.fields for fact in facts if fact.fields.get("status") == "stopping"]
    grace = asked[-1].get("grace") if asked else None
    return float(grace) if isinstance(grace, int | float) else None
