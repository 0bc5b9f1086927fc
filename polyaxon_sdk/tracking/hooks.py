"""How the process ends: exit hooks that know whether it was an exception, an interrupt or an exit code."""

import builtins
import os
import sys
from atexit import register
from collections.abc import Callable
from functools import wraps
from threading import current_thread, main_thread
from types import TracebackType
from typing import NamedTuple

from polyaxon_sdk.tracking.values import text_of

# Annotations here are no texts: typing would compile those of a named tuple, which takes a script a millisecond.

__all__ = ["SUCCEEDED", "Ending", "ExitHooks", "Terminated", "ending_of"]


class Ending(NamedTuple):
    """How the process ends, as a final status with its reason and message."""

    status: str
    reason: str
    message: str


SUCCEEDED = Ending("succeeded", "Tracking", "")


TERMINATED = Ending("stopped", "Terminated", "SIGTERM")


class Terminated(SystemExit):
    """This process was asked to end by SIGTERM; its exit code is what a shell makes of that."""

    def __init__(self) -> None:
        super().__init__(143)


def ending_of(error: BaseException) -> Ending:
    """What an exception that nobody caught says of the process.

    >>> ending_of(ValueError("no digits"))
    Ending(status='failed', reason='ExitHandler', message='ValueError: no digits')
    """
    if isinstance(error, KeyboardInterrupt):
        return Ending("stopped", "Interrupted", "KeyboardInterrupt")
    if isinstance(error, Terminated):
        return TERMINATED
    if isinstance(error, SystemExit):
        return SUCCEEDED if error.code in (None, 0) else Ending("failed", "ExitHandler", _told(error.code))
    return Ending("failed", "ExitHandler", f"{type(error).__name__}: {text_of(error)}")


def _told(code: object) -> str:
    """What a process that leaves with a code says: a number as it says it of one that only its number is known of."""
    return f"exit code {code & 0xFF}" if isinstance(code, int) else f"exit: {code}"


class ExitHooks:
    """Watches how this process ends and calls `at_exit` with it, once.

    `sys.excepthook` tells of exceptions; wrapped `sys.exit`, `exit` and `quit` tell of exit codes, which nothing
    else in the process does. All pass everything on to what was there before. A bare `raise SystemExit(3)`, and an
    exit that somebody catches, can't be told from how else a process ends: where that matters, `polyaxon run`
    goes by the exit code.
    """

    def __init__(self, at_exit: Callable[[Ending], None]) -> None:
        self._at_exit = at_exit
        self._ending = SUCCEEDED
        self._installed = False

    def install(self) -> None:
        """Begin to watch; a second call does nothing."""
        if self._installed:
            return
        self._installed = True
        self._excepthook = sys.excepthook
        sys.excepthook = self._on_exception
        for owner in (sys, builtins):
            for name in ("exit", "quit"):
                if callable(leave := getattr(owner, name, None)):
                    setattr(owner, name, self._noting(leave))
        register(lambda: self._at_exit(self._ending))
        if "multiprocessing.util" in sys.modules:
            from multiprocessing.process import parent_process  # it is loaded anyway

            if parent_process() is not None:
                self._heed_bootstrap()
        os.register_at_fork(after_in_child=self._heed_fork)

    def heed_termination(self) -> None:
        """Make SIGTERM an exit of this process, whose end then has its turn; what a program handles itself stays so.

        A forked child dies of it as before.
        """
        import signal  # it makes enumerations, which few scripts need

        if current_thread() is not main_thread() or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
            return
        owner = os.getpid()

        def leave(number: int, frame: object) -> None:
            del frame
            signal.signal(number, signal.SIG_DFL)
            if os.getpid() != owner:
                os.kill(os.getpid(), number)
                return
            self._ending = TERMINATED
            raise Terminated

        signal.signal(signal.SIGTERM, leave)

    def _heed_fork(self) -> None:
        """A forked child may be one of multiprocessing, which forgets its parent's finalizers first."""
        if "multiprocessing.util" in sys.modules:
            from multiprocessing.util import register_after_fork  # it is loaded anyway

            register_after_fork(self, ExitHooks._heed_bootstrap)

    def _heed_bootstrap(self) -> None:
        """A process of multiprocessing catches what its target raises, and ends without exit hooks: its finalizers are
        run while that exception is on its way."""
        from multiprocessing.util import Finalize  # it is loaded anyway

        Finalize(None, self._on_finalizers, exitpriority=0)

    def _on_finalizers(self) -> None:
        if (error := sys.exc_info()[1]) is not None:
            self._at_exit(ending_of(error))

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        self._ending = ending_of(error)
        self._excepthook(kind, error, trace)

    def _noting(self, leave: Callable[[object], object]) -> Callable[..., object]:
        """`sys.exit` or its like, with the exit code noted first."""

        @wraps(leave)
        def leave_noted(status: object = None) -> object:
            if current_thread() is main_thread() and not hasattr(builtins, "__IPYTHON__"):
                self._ending = ending_of(SystemExit(status))  # else it ends a thread, or a cell of a notebook
            return leave(status)

        return leave_noted
