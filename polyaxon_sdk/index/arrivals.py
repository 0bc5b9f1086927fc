"""A run of a store that somebody looks on at: brought here again as it changes."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable
from errno import ENOENT
from pathlib import Path
from time import monotonic

from polyaxon_sdk.exceptions import StoreError
from polyaxon_sdk.index.mirror import Mirror
from polyaxon_sdk.index.place import STORE
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.status import DONE
from polyaxon_sdk.storage.heads import Marked
from polyaxon_sdk.storage.loop import answered_by
from polyaxon_sdk.storage.store import check_there, open_store

__all__ = ["Arrivals", "Asking"]

_EVERY = 1.0
"""Seconds between two questions to a store: it gets a new mark of a run as often."""

_REST = 9
"""A store rests so many times as long as it took to answer."""

_ANYWAY = 30.0
"""Seconds after which a run is looked at without a new mark."""

_QUIET = 5.0
"""Seconds without a new mark after which nothing more is expected of a run that is over."""

_LATE = 60.0
"""The same while the view of the run, which is shipped last, doesn't say that it is over."""


class Asking:
    """Asks a store again and again, at fair distances; one that fails is told as a warning, once while it does.

    Args:
        home: a mirror.
    """

    def __init__(self, home: Path) -> None:
        self._store = open_store((home / STORE).read_text(encoding="utf-8"))
        self._due = 0.0
        self._is_failing = False
        self.mirror = Mirror(self._store, home)

    def ask(self, work: Callable[[], None]) -> bool:
        """Do `work` where it is due; whether it was done."""
        began = monotonic()
        if began < self._due:
            return False
        try:
            check_there(self._store)
            work()
        except StoreError as error:
            if not self._is_failing:
                warnings.warn(f"{error}; it is asked again", stacklevel=2)
            self._is_failing = True
            return False
        finally:
            self._due = monotonic() + max(_EVERY, _REST * (monotonic() - began))
        self._is_failing = False
        return True


class Arrivals:
    """Brings what a store has of a run, where its marks tell that it changed.

    Args:
        folder: the run, in a mirror.
        events: whether its events, samples and logs are brought, beside its record.

    Attributes:
        count: how often something was brought.

    >>> Arrivals(folder, events=True).look()  # doctest: +SKIP
    True
    """

    def __init__(self, folder: RunFolder, *, events: bool) -> None:
        self._folder = folder
        self._events = events
        self._asking = Asking(folder.home)
        self._marks: frozenset[Marked] | None = None
        self._newest = 0
        self.count = 0
        self._changed = self._brought = monotonic()

    @property
    def is_whole(self) -> bool:
        """Whether nothing more is expected, at the last look, of a run that was over before it.

        Who ships a run says so at the end, by a mark that holds its record; others are given some time.
        """
        if self._marks and max(self._marks).stored.size > 0:
            return True
        return monotonic() - self._changed >= (_LATE if self._is_late() else _QUIET)

    def look(self, until: float | None = None) -> bool:
        """Bring what came, where it is time to look; whether all of it is here.

        A store that gives no answer is asked again later; none is waited for longer than `until`, by the monotonic
        clock.

        Raises:
            FileNotFoundError: the store has the run no more.
            OSError: this machine's folder can't be written.
        """
        with answered_by(until):
            return self._asking.ask(self._bring)

    def _is_late(self) -> bool:
        """Whether the view that is here tells of a run that goes on."""
        try:
            view = json.loads(self._folder.run_view.read_bytes())
        except (OSError, ValueError, RecursionError):
            return False
        return isinstance(view, dict) and view.get("status") not in DONE

    def _bring(self) -> None:
        mirror, uuid = self._asking.mirror, self._folder.uuid
        marks = mirror.marks_of(uuid, self._newest)
        if marks == self._marks and monotonic() - self._brought < _ANYWAY:
            return
        if marks != self._marks:
            self._changed = monotonic()
        if not (mirror.bring(uuid) if self._events else mirror.bring_record(uuid)):
            raise FileNotFoundError(ENOENT, "the store has the run no more", uuid)
        self._brought = monotonic()
        self.count += 1
        self._newest = max((mark.clock for mark in marks), default=self._newest)
        self._marks = marks
