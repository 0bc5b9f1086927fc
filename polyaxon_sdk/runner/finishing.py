"""One run that is being finished by a sidecar, as whoever waits for it sees it."""

from __future__ import annotations

from contextlib import suppress
from time import monotonic, time

from polyaxon_sdk.runs.drained import is_finished
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.lease import holder_life
from polyaxon_sdk.runs.spool import dead_in, spool_of
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.settings import load
from polyaxon_sdk.sidecar.launch import launch
from polyaxon_sdk.sidecar.unshipped import Unshipped, unshipped

__all__ = ["Finishing", "is_spooled"]

_PATIENCE = 330.0
"""Seconds in which nothing is shipped after which a sidecar is waited for no more: a little more than it has itself."""
_TAKES_NOTHING = 30.0
"""Seconds for which a store that is in trouble may take nothing; then its sidecar is asked to give up."""
_LOOKS_EVERY = 1.0
_STARTS_WITHIN = 30.0
_ENDS_WITHIN = 1.0
"""Seconds after which a sidecar that is gone won't be followed by another one."""


class Finishing:
    """Has a sidecar finish a run.

    One that is at work still is asked to hand over: it may know less than this process, such as the right credentials.

    Args:
        folder: the run.
        is_free: whether nobody is at work, though this process itself was.

    Raises:
        OSError: the run can't be read; from `look` also: no process can be started.

    >>> Finishing(folder).look()  # doctest: +SKIP
    None
    """

    def __init__(self, folder: RunFolder, *, is_free: bool = False) -> None:
        self.folder = folder
        self._left = Unshipped((), 0, 0)
        self._shipped = 0
        self._troubles: list[str] = []
        self._is_ours = self._was_alive = False
        self._looked_at, self._began = 0.0, time()
        self._shipped_at = self._alive_at = monotonic()
        self._is_held = not is_free and holder_life(folder) == "alive"
        if self._is_held and not is_finished(folder):
            self.hand_over()

    def __str__(self) -> str:
        """What is left, and what is wrong: for a person."""
        told = [str(self._left)] if self._left.names else []
        return "; ".join([*told, *self._troubles[-1:]]) or "being finished"

    @property
    def trouble(self) -> str:
        """What is wrong, of what its record tells of shipping since this began; empty where nothing is."""
        return "".join(self._troubles[-1:])

    @property
    def is_in_trouble(self) -> bool:
        """Whether its record tells of trouble with shipping since this began."""
        return bool(self._troubles)

    def look(self) -> bool | None:
        """Whether all of it is done; None as long as that is not known."""
        if is_finished(self.folder) and not is_spooled(self.folder):
            return True
        life, now = holder_life(self.folder), monotonic()
        self._is_held &= life == "alive"
        if not self._is_ours and not self._is_held:
            launch(self.folder)
            self._is_ours, self._alive_at = True, now
            return None
        self._was_alive |= self._is_ours and life == "alive"
        if life != "gone":
            self._alive_at = now
        if now - self._looked_at >= _LOOKS_EVERY:
            self._look_closely(now)
        if self._is_ours and self._has_ended(now):
            self._look_closely(now)
            return False
        return False if now - self._shipped_at > _PATIENCE else None

    def hand_over(self) -> None:
        """Ask whoever is at work to try once more at most."""
        with suppress(OSError):  # then it takes the time that it gives itself
            self.folder.handover.touch()

    def _has_ended(self, now: float) -> bool:
        """Whether the sidecar broke, gave up, or never began."""
        patience = _ENDS_WITHIN if self._was_alive else _STARTS_WITHIN
        return self.folder.sidecar_log.exists() or now - self._alive_at > patience

    def _look_closely(self, now: float) -> None:
        self._looked_at = now
        with suppress(OSError):  # of what is damaged, its sidecar tells
            self._left = unshipped(self.folder)
        before, self._shipped = self._shipped, self._left.total - self._left.bytes
        if self._shipped > before:
            self._shipped_at = now
        told = read_run(self.folder).unshipped_for
        self._troubles = [each for each, when in told.items() if when >= self._began]
        if self._is_ours and self._troubles and now - self._shipped_at > _TAKES_NOTHING:
            self.hand_over()


def is_spooled(folder: RunFolder) -> bool:
    """Whether dead processes of this host left something of a run that is to get to its disk."""
    spool = spool_of(folder, load().spools)
    return spool is not None and bool(dead_in(spool))
