"""What persons wish of a pipeline while it goes on, as its record tells."""

from __future__ import annotations

from time import monotonic

from polyaxon_sdk.runner.pipelines.widening import wished_width
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

    >>> Wishes(RunFolder("/nowhere/runs/0f")).look()
    """

    def __init__(self, folder: RunFolder) -> None:
        self.width: int | None = None
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
        self.width = wished_width(state)
        return asked_end(state.conditions)
