"""The run that the module's functions mean, and the verbs made from it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial, wraps
from threading import RLock, get_ident
from typing import Concatenate, ParamSpec, TypeVar

from polyaxon_sdk.settings import export
from polyaxon_sdk.tracking.hooks import Ending, ExitHooks
from polyaxon_sdk.tracking.metrics import MetricLog, Number
from polyaxon_sdk.tracking.nowhere import Nowhere
from polyaxon_sdk.tracking.run import Run

__all__ = ["Active", "verb_of"]

P = ParamSpec("P")
T = TypeVar("T")

_UNSTARTED = "nothing is tracked: call tracking.init() first"
_ENDED = "nothing is tracked any more: the run has ended, tracking.init() begins another"


class Active:
    """Holds the run that was started last and not ended; none at first, and then nothing is kept.

    Args:
        join: begins the run of the process that started this one, where it goes on; asked once, when something
            is logged before a run is begun here.
    """

    def __init__(self, join: Callable[[], object]) -> None:
        self.lock = RLock()
        self._join = join
        self._has_asked = False
        self._none = Run(Nowhere(_UNSTARTED))
        self._hooks = ExitHooks(self._end_with)
        self._watches_forks = False
        self._environment: dict[str, str | None] = {}
        self.open: list[Run] = []
        self._run = self._none
        self._expected: Callable[[], object] | None = None
        self._beginning = 0
        self.metrics: MetricLog = _Unstarted(self)
        self.journal = self._none.journal

    @property
    def run(self) -> Run:
        """The active run; one that keeps nothing where there is none."""
        self.begin_expected()
        return self._run

    @property
    def is_none(self) -> bool:
        """Whether no run is active."""
        return self.run is self._none

    def expect(self, begin: Callable[[], object], environment: Mapping[str, str]) -> None:
        """Let a run begin as soon as anybody asks for the active one, or this process is forked.

        Args:
            begin: begins it.
            environment: the variables by which processes that this one starts join it.
        """
        self._expected = begin
        self._environment = export(environment)
        os.register_at_fork(before=self.begin_expected)

    def begin_expected(self) -> None:
        """Begin the run that is expected, where one is."""
        if self._expected is None or self._beginning == get_ident():
            return
        with self.lock:
            if self._expected is not None:
                self._beginning = get_ident()
                try:
                    self._expected()
                finally:
                    self._expected, self._beginning = None, 0

    @contextmanager
    def settled(self) -> Iterator[None]:
        """Keep other threads from beginning runs meanwhile; the one that is expected has begun."""
        with self.lock:
            self.begin_expected()
            yield

    def found(self) -> Run:
        """The active run, or that of the process that started this one, or one that keeps nothing."""
        if self.is_none and not self._has_asked:
            self._has_asked = True
            self._join()
        return self.run

    def begin(self, run: Run) -> None:
        """Make `run` the active one and see to its end with the process'."""
        self.open.append(run)
        self._set(run)
        self._hooks.install()
        if not self._watches_forks:
            self._watches_forks = True
            os.register_at_fork(after_in_child=self._restart)

    def heed_termination(self) -> None:
        """Let SIGTERM end the open runs before it ends this process."""
        self._hooks.heed_termination()

    def ended(self, run: Run) -> None:
        """Make the run before `run` the active one."""
        self.open = [each for each in self.open if each is not run]
        if not self.open:
            self._none = Run(Nowhere(_ENDED))
        self._set(self.open[-1] if self.open else self._none)

    def _set(self, run: Run) -> None:
        self._run = run
        self.journal = run.journal
        self.metrics = _Unstarted(self) if run is self._none else run.metrics
        export(self._environment)
        self._environment = export(run.environment)

    def _restart(self) -> None:
        self.lock = RLock()
        for run in self.open:
            run.restart()

    def _end_with(self, ending: Ending) -> None:
        for run in reversed(self.open):
            run.end_with(ending)


class _Unstarted:
    """Takes the first metric where no run was begun in this process."""

    def __init__(self, active: Active) -> None:
        self._active = active

    def log(self, name: str, value: Number, step: int | None, timestamp: float | None) -> None:
        """Find the run that is meant, and log to it."""
        self._active.found().metrics.log(name, value, step, timestamp)

    def moment(self, name: str, timestamp: object) -> float:
        """Find the run that is meant, and ask it."""
        return self._active.found().metrics.moment(name, timestamp)


def verb_of(
    active: Active,
) -> Callable[[Callable[Concatenate[Run, P], T]], Callable[P, T]]:
    """What makes a method a module function, for the run that is active when it is called."""

    def verb(method: Callable[Concatenate[Run, P], T]) -> Callable[P, T]:
        @wraps(method)
        def call(*args: P.args, **kwargs: P.kwargs) -> T:
            return method(active.found(), *args, **kwargs)

        call.__wrapped__ = partial(method, active.run)  # for `help`: the arguments, without `self`
        return call

    return verb
