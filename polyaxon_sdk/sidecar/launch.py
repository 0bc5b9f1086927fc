"""Starting a sidecar beside a run."""

from __future__ import annotations

import os
from collections.abc import Callable
from time import monotonic, sleep

from polyaxon_sdk.runs.detached import Program, start_detached
from polyaxon_sdk.runs.folder import RunFolder

__all__ = ["Sidecar", "launch", "sidecar_program", "sidecar_variables"]

_POLL = 0.02
_STARTS_WITHIN = 30.0
"""Seconds after which a sidecar that was started works, or never will."""


class Sidecar:
    """The process beside a run, as whoever started it sees it."""

    def __init__(self, folder: RunFolder) -> None:
        self._folder = folder

    def ended(self) -> None:
        """Let it know that the run has ended; one of its own sees that by itself."""

    def wait(self, timeout: float, *, meanwhile: Callable[[], None] | None = None) -> bool:
        """Wait up to `timeout` seconds until everything is drained, summarised and shipped; whether it is.

        A sidecar that broke, or is gone with none in its place, is not waited for. `meanwhile` is called again and
        again.
        """
        from polyaxon_sdk.runs.drained import is_finished  # most that start one don't wait
        from polyaxon_sdk.runs.lease import holder_life  # see above

        deadline, last_seen = monotonic() + timeout, monotonic()
        while not is_finished(self._folder):
            if holder_life(self._folder) != "gone":
                last_seen = monotonic()
            is_gone = monotonic() - last_seen > _STARTS_WITHIN
            if is_gone or monotonic() >= deadline or self._folder.sidecar_log.exists():
                return False
            if meanwhile is not None:
                meanwhile()
            sleep(_POLL)
        return True


def launch(folder: RunFolder) -> Sidecar:
    """Start the sidecar of `folder` in a session of its own, with none of this process' streams.

    It is no child of this process, so that neither ends up waiting for the other. Where another sidecar holds
    the run's lease, the new one ends by itself.

    Raises:
        OSError: no process can be started.
    """
    start_detached([sidecar_program(folder)], added=sidecar_variables(folder))
    return Sidecar(folder)


def sidecar_program(folder: RunFolder, *, beside: str = "") -> Program:
    """What to start for a sidecar of `folder`, with `sidecar_variables`; a complaint of the last one is gone then.

    Args:
        folder: the run.
        beside: the replica whose output the programs write down that are started just before it: it waits for them.
    """
    folder.sidecar_log.unlink(missing_ok=True)
    words = (os.path.abspath(folder.path), *([beside] if beside else []))
    return Program("polyaxon_sdk.sidecar", words, hears_pids=bool(beside))


def sidecar_variables(folder: RunFolder) -> dict[str, str]:
    """The variables of a process that works elsewhere: the home as a whole path, and no rank."""
    return {"POLYAXON_HOME": os.path.abspath(folder.home), "RANK": ""}
