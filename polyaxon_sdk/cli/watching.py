"""The statuses of a run as lines, beside whatever else is shown of it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from threading import Thread

from polyaxon_sdk.client.following import follow_statuses
from polyaxon_sdk.exceptions import printable
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.status import Condition

__all__ = ["Watching", "status_line"]

_PATIENCE = 5.0
"""Seconds to wait for the last line."""


class Watching:
    """Tells each status of a run until it is done.

    Args:
        folder: the run.
        tell: takes a line; it is called by a thread.

    >>> Watching(folder, print).start()  # doctest: +SKIP
    """

    def __init__(self, folder: RunFolder, tell: Callable[[str], object]) -> None:
        self._folder = folder
        self._tell = tell
        self._thread = Thread(target=self._run, name="statuses", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """Wait for the last line."""
        self._thread.join(_PATIENCE)

    def _run(self) -> None:
        with suppress(OSError):  # the run's folder is gone: who carries it out tells that
            for condition in follow_statuses(self._folder):
                self._tell(status_line(condition))


def status_line(condition: Condition) -> str:
    """A status and why, in a line.

    >>> status_line(Condition("failed", "ExitCode", "exit code 1", 0.0))
    'failed  ExitCode: exit code 1'
    """
    reason = ": ".join(part for part in (condition.reason, condition.message) if part)
    return printable(f"{condition.status}  {reason}".rstrip())
