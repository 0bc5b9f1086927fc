"""A run on a network file system: what this process logs goes to a disk of its host first."""

from __future__ import annotations

from _thread import allocate_lock, start_new_thread
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from polyaxon_sdk.runs.courier import PATIENCE
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.spool import Relay, spool_of, sweep
from polyaxon_sdk.settings import load
from polyaxon_sdk.tracking.copies import FILE_PATIENCE
from polyaxon_sdk.tracking.place import AT_THE_END, Recorded
from polyaxon_sdk.types import Json

__all__ = ["Spooled", "spooled_in"]

_EVERY = 0.25
"""Seconds between two copies: what a loss of this machine costs beside what its own disk keeps."""


class Spooled(Recorded):
    """The same as `Recorded`, but for where points, events, facts and media go: to a spool, from which a thread copies
    them.

    A server that takes its time delays none of them, and a killed process loses none: what it had not copied is
    brought into the run by the next sidecar on this host (`runs.spool.rescue`). Facts are copied at once, so that
    whoever reads the run finds them there when the call returns, as long as the server answers.
    """

    def __init__(self, folder: RunFolder, spool: RunFolder, *, patience: float = PATIENCE) -> None:
        self._spool = spool
        self._make_spool()
        super().__init__(folder, patience=patience, spool=spool)
        self._begin()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Write the facts that are added meanwhile in one go."""
        with super().together():
            yield
        self._send_facts()

    def fact(self, kind: str, /, **fields: Json) -> None:
        """Add a fact to the record, as `Recorded` does, and have it copied."""
        super().fact(kind, **fields)
        self._send_facts()

    def keep(
        self,
        what: str,
        write: Callable[[], None],
        size: int = 0,
        *,
        patience: float | None = None,
        is_local: bool = False,
    ) -> bool:
        """Do file work, as `Recorded` does; the caller waits for the server as for the copy of a file.

        What is not made in the spool would be gone with a killed process, had its call returned sooner, and servers
        that take some hundred milliseconds are common.
        """
        if not is_local and patience is None:
            patience = FILE_PATIENCE
        return super().keep(what, write, size, patience=patience, is_local=is_local)

    def restart(self) -> None:
        """Go on in a forked child, as a writer of its own."""
        super().restart()
        self._begin()

    def close(self) -> None:
        """Write what waits and copy it into the run; a disk that hangs has some seconds."""
        self._courier.do(self._files.settle, AT_THE_END)
        self._local.do(self._close_journals, AT_THE_END)
        self._local.do(self._facts.settle, AT_THE_END)
        if not self._courier.do(self._copy_rest, AT_THE_END):
            self.trouble("the run's disk does not answer: `polyaxon sync` brings what this host still has")

    def _begin(self) -> None:
        self._relay = Relay(self._spool, self.folder, self._record.writer.name)
        self._turn, self._ended = allocate_lock(), allocate_lock()
        self._ended.acquire()
        with suppress(RuntimeError):  # no thread can be started: the end copies everything
            start_new_thread(self._work, ())

    def _work(self) -> None:
        relay, record, turn, ended = (
            self._relay,
            self._record,
            self._turn,
            self._ended,
        )  # a fork's child has others
        while not ended.acquire(timeout=_EVERY):
            with suppress(OSError), turn:  # tried again
                if relay.copy_facts():
                    record.renew_mark()
                relay.step()

    def _send_facts(self) -> None:
        if not self._facts:  # else more are to go with them, or this host's own disk has not taken them
            self._courier.do(self._settle_facts)

    def _settle_facts(self) -> None:
        """Copy the facts that are there, for the courier alone; what is denied is tried again by the thread."""
        try:
            if self._relay.copy_facts():
                self._record.renew_mark()
        except OSError as error:
            self._disk_trouble(error)

    def _copy_rest(self) -> None:
        """Copy to the end, and take away what this process has in the spool, which it writes no more."""
        self._ended.release()
        with self._turn:
            try:
                self._copy_to_end()
            except OSError as error:
                self._disk_trouble(error)  # which gives back the space that is set aside
                self._try_to(self._copy_to_end)
        sweep(self._spool)
        self._record.leave_spool()  # what is still told belongs in the run itself

    def _copy_to_end(self) -> None:
        self._copy_all()
        self._local.do(self._close_record, AT_THE_END)  # whoever reads that it left finds all that it logged
        self._copy_all()
        self._relay.remove()
        self._record.renew_mark()

    def _copy_all(self) -> None:
        while self._relay.step(self._courier.progress):
            pass

    def _make_room(self) -> None:
        self._record.leave_spool()

    def _disk_trouble(self, error: OSError) -> None:
        is_there = self._spool.record.is_dir()
        self._make_spool()
        if is_there or not self._spool.record.is_dir():
            super()._disk_trouble(error)
            return
        for waiting in (self._facts, self._lines):  # whoever found the spool empty took it away
            self._local.do(waiting.settle, 0.0)

    def _make_spool(self) -> None:
        with suppress(OSError):
            for each in (self._spool.record, self._spool.journal):
                each.mkdir(mode=0o700, parents=True, exist_ok=True)


def spooled_in(folder: RunFolder) -> Recorded:
    """The run with a spool, where this host has a disk for one."""
    spool = spool_of(folder, load().spools)
    return Recorded(folder) if spool is None else Spooled(folder, spool)
