"""A pipeline and the runs within it, as they go on."""

from __future__ import annotations

import json
from contextlib import suppress

from polyaxon_sdk.exceptions import PolyaxonError
from polyaxon_sdk.polyflow import V1Operation, read
from polyaxon_sdk.runs.fact import Fact
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordReader
from polyaxon_sdk.runs.series import last_values
from polyaxon_sdk.runs.state import fold
from polyaxon_sdk.tuners.extent import extent_of

__all__ = ["Branch"]


class Branch:
    """A run with those that it began; what is over is read once.

    Attributes:
        folder: where it lies.
        name: of the run; empty where it has none.
        status: as of the last look.
        started_at: in seconds since the epoch; None where it did not start.
        duration: seconds; None while it goes on.
        is_done: whether it is over.
        is_reused: whether it was taken from an earlier run.
        done: how far it is, from 0 to 1, where it says so.
        metrics: of a run that goes on, the last value of each.
        urls: of a service that goes on, where it answers.
        branches: the runs that it began, in their order.
        expected: how many it will have where it is a dag or a search; None where nobody knows yet.
    """

    def __init__(self, folder: RunFolder) -> None:
        self.folder = folder
        self.name, self.status = "", "created"
        self.started_at: float | None = None
        self.duration: float | None = None
        self.is_done = self.is_reused = False
        self.done: float | None = None
        self.metrics: dict[str, float] = {}
        self.urls: list[str] = []
        self.branches: dict[str, Branch] = {}
        self.expected: int | None = None
        self._is_known = False
        self._reader: RecordReader | None = RecordReader(folder)
        self._facts: list[Fact] | None = None

    def look(self) -> None:
        """Read what is new; what can't be read stays as it was."""
        if self._reader is None:
            return
        with suppress(OSError):
            facts = self._reader.read()
            if facts is not self._facts:
                self._facts = facts
                self._take_in(facts)
            if self.status == "running" and not self.branches:
                self.metrics = last_values(self.folder)
        for branch in self.branches.values():
            branch.look()
        if self.is_done and all(branch.is_done for branch in self.branches.values()):
            self._reader = self._facts = None  # of thousands of runs, what is over needs no memory

    def _take_in(self, facts: list[Fact]) -> None:
        state = fold(self.folder.uuid, facts)
        if not self._is_known and state.kind in ("dag", "matrix"):
            self._is_known, self.expected = True, _expected(self.folder)
        self.name, self.status, self.is_done = state.name or "", state.status, state.is_done
        self.started_at, self.duration = state.started_at, state.duration
        self.is_reused = state.reuse.get("reused") is True
        done = state.meta.get("progress")
        urls = state.meta.get("urls")
        self.urls = [str(url) for url in urls] if isinstance(urls, list) and not self.is_done else []
        self.done = float(done) if isinstance(done, int | float) else None
        for fact in facts:
            if fact.kind == "began":
                run = RunFolder(self.folder.path.parent / str(fact.fields.get("run")))
                self.branches.setdefault(run.uuid, Branch(run))


def _expected(folder: RunFolder) -> int | None:
    """How many runs a pipeline will have, by what it was compiled to."""
    try:
        document = json.loads(folder.operation.read_bytes())
        if (matrix := read(V1Operation, {"matrix": document.get("matrix")}).matrix) is not None:
            return extent_of(matrix)
        return len(document["run"]["operations"])
    except (OSError, ValueError, TypeError, KeyError, AttributeError, PolyaxonError):
        return None
