"""How the process ends: exit hooks that know whether it was an exception, an interrupt or an exit code."""

from __future__ import annotations

import sys
from atexit import register
from collections.abc import Callable
from types import TracebackType
from typing import NamedTuple, NoReturn

__all__ = ["SUCCEEDED", "Ending", "ExitHooks", "ending_of"]


class Ending(NamedTuple):
    """How the process ends, as a final status with its reason and message."""

    status: str
    reason: str
    message: str


SUCCEEDED = Ending("succeeded", "Tracking", "")


def ending_of(error: BaseException) -> Ending:
    """What an exception that nobody caught says of the process.

    >>> ending_of(ValueError("no digits"))
    Ending(status='failed', reason='ExitHandler', message='ValueError: no digits')
    """
    if isinstance(error, KeyboardInterrupt):
        return Ending("stopped", "Interrupted", "KeyboardInterrupt")
    if isinstance(error, SystemExit):
        return (
            SUCCEEDED if error.code in (None, 0) else Ending("failed", "ExitHandler", f"exit: {error.code}")
        )
    return Ending("failed", "ExitHandler", f"{type(error).__name__}: {error}")


class ExitHooks:
    """Watches how this process ends and calls `at_exit` with it, once.

    `sys.excepthook` tells of exceptions, a wrapped `sys.exit` of exit codes, which nothing else in the process
    does. Both pass everything on to what was there before.
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
        self._exit = sys.exit
        sys.excepthook = self._on_exception
        sys.exit = self._on_sys_exit
        register(lambda: self._at_exit(self._ending))

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        self._ending = ending_of(error)
        self._excepthook(kind, error, trace)

    def _on_sys_exit(self, status: object = None) -> NoReturn:
        # A caller may still catch SystemExit; then a later end of the process says otherwise.
        self._ending = ending_of(SystemExit(status))
        self._exit(status)  # type: ignore[arg-type]  # whatever the caller gave is passed on as it is
