"""A run that goes on, with those who have a say in it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from time import sleep
from typing import NamedTuple

from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runner.reporter import Reporter
from polyaxon_sdk.runner.stopping import StopRequests
from polyaxon_sdk.runner.watcher import Watcher
from polyaxon_sdk.runs.status import asked_end

__all__ = ["Ending", "Scene"]

_LOOK = 0.25
"""Seconds between two looks at whether there is something to wait for still."""


class Ending(NamedTuple):
    """The final status of a run, and why."""

    status: str
    reason: str
    message: str


class Scene(NamedTuple):
    """A run that goes on.

    Attributes:
        plan: what is carried out.
        reporter: what is said of it in its record.
        requests: the signals that ask for its end.
        watcher: whom it is shown to.
    """

    plan: Plan
    reporter: Reporter
    requests: StopRequests
    watcher: Watcher

    def asked(self) -> str | None:
        """The final status that somebody else asks for (`runner.stop`)."""
        with suppress(OSError):  # of the run folder: how its process ends is known all the same
            return asked_end(self.reporter.conditions())
        return None

    def stopped(self) -> Ending | None:
        """How the run ends where somebody wants its end, and nothing of it is running."""
        if self.requests.received:
            return Ending("stopped", "Interrupted", f"stopped by {self.requests.received[0].name}")
        wanted = self.asked()
        return None if wanted is None else Ending(wanted, "Runner", "")

    def hold(self, is_over: Callable[[], bool]) -> Ending | None:
        """Wait until `is_over`; how the run ends where it is stopped before."""
        while not is_over():
            if (stopped := self.stopped()) is not None:
                return stopped
            sleep(_LOOK)
        return None
