"""A run on a network file system, whose journals this process writes to a disk of its host."""

from __future__ import annotations

from _thread import allocate_lock, start_new_thread
from contextlib import suppress

from polyaxon_sdk.runs.courier import PATIENCE
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.spool import Relay, spool_of
from polyaxon_sdk.settings import load
from polyaxon_sdk.tracking.place import AT_THE_END, Recorded

__all__ = ["Spooled", "spooled_in"]

_EVERY = 0.25
"""Seconds between two copies: what a loss of this machine costs beside what its own disk keeps."""


class Spooled(Recorded):
    """The same as `Recorded`, but for where points and events go: to a spool, from which a thread copies them.

    A server that takes its time delays none of them, and a killed process loses none: what it had not copied is
    brought into the run by the next sidecar on this host (`runs.spool.rescue`).
    """

    def __init__(self, folder: RunFolder, spool: RunFolder, *, patience: float = PATIENCE) -> None:
        self._spool = spool
        self._make_spool()
        super().__init__(folder, patience=patience, journals=spool)
        self._begin()

    def restart(self) -> None:
        """Go on in a forked child, as a writer of its own."""
        super().restart()
        self._begin()

    def close(self) -> None:
        """Write what waits and copy it into the run; a disk that hangs has some seconds."""
        self._courier.do(self._files.settle, AT_THE_END)
        self._local.do(self._close_journals, AT_THE_END)
        if self._courier.do(self._copy_rest, AT_THE_END):
            self._courier.do(self._close_record, AT_THE_END)
        else:
            self.trouble("the run's disk does not answer: `polyaxon sync` brings what this host still has")

    def _begin(self) -> None:
        self._relay = Relay(self._spool, self.folder, self._record.writer.name)
        self._turn, self._ended = allocate_lock(), allocate_lock()
        self._ended.acquire()
        with suppress(RuntimeError):  # no thread can be started: the end copies everything
            start_new_thread(self._work, ())

    def _work(self) -> None:
        relay, turn, ended = self._relay, self._turn, self._ended  # a fork's child has others
        while not ended.acquire(timeout=_EVERY):
            with suppress(OSError), turn:  # tried again
                relay.step()

    def _copy_rest(self) -> None:
        """Copy to the end, and take the spool away, which this process writes no more."""
        self._ended.release()
        try:
            with self._turn:
                while self._relay.step(self._courier.progress):
                    pass
                self._relay.remove()
        except OSError as error:
            self._disk_trouble(error)

    def _disk_trouble(self, error: OSError) -> None:
        self._make_spool()  # whoever found it empty took it away
        super()._disk_trouble(error)

    def _make_spool(self) -> None:
        with suppress(OSError):
            self._spool.journal.mkdir(mode=0o700, parents=True, exist_ok=True)


def spooled_in(folder: RunFolder) -> Recorded:
    """The run with a spool, where this host has a disk for one."""
    spool = spool_of(folder, load().spools)
    return Recorded(folder) if spool is None else Spooled(folder, spool)
