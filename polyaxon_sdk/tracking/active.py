"""The run that the module's functions mean, and the verbs made from it."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from polyaxon_sdk.tracking.hooks import Ending, ExitHooks
from polyaxon_sdk.tracking.place import Nowhere
from polyaxon_sdk.tracking.run import Run

__all__ = ["ACTIVE", "Active", "verb"]

P = ParamSpec("P")
T = TypeVar("T")

_UNSTARTED = "nothing is tracked: call tracking.init() first"


class Active:
    """Holds the run that was started last and not ended; none at first, and then nothing is kept."""

    def __init__(self) -> None:
        self._none = Run(Nowhere(_UNSTARTED))
        self._hooks = ExitHooks(self._end_with)
        self._watches_forks = False
        self._open: list[Run] = []
        self.run = self._none
        self.metrics, self.journal = self._none.metrics, self._none.journal

    @property
    def is_none(self) -> bool:
        """Whether no run is active."""
        return self.run is self._none

    def begin(self, run: Run) -> None:
        """Make `run` the active one and see to its end with the process'."""
        self._open.append(run)
        self._set(run)
        self._hooks.install()
        if not self._watches_forks:
            self._watches_forks = True
            os.register_at_fork(after_in_child=self._restart)

    def ended(self, run: Run) -> None:
        """Make the run before `run` the active one."""
        self._open = [each for each in self._open if each is not run]
        self._set(self._open[-1] if self._open else self._none)

    def _set(self, run: Run) -> None:
        self.run = run
        self.metrics, self.journal = run.metrics, run.journal

    def _restart(self) -> None:
        for run in self._open:
            run.restart()

    def _end_with(self, ending: Ending) -> None:
        for run in list(self._open):
            run.end_with(ending)


ACTIVE = Active()


def verb(method: Callable[Concatenate[Run, P], T]) -> Callable[P, T]:
    """A module function that calls `method` of the run that is active when it is called."""

    @wraps(method)
    def call(*args: P.args, **kwargs: P.kwargs) -> T:
        return method(ACTIVE.run, *args, **kwargs)

    del call.__wrapped__  # its signature has no `self`
    return call
