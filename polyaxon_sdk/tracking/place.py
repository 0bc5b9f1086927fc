"""A run folder on disk, as a place that a run's verbs put things into."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from errno import EDQUOT, ENOSPC
from functools import lru_cache
from time import time

from polyaxon_sdk.runs.courier import PATIENCE, Courier
from polyaxon_sdk.runs.eventlines import EventJournal, event_line, series_line
from polyaxon_sdk.runs.fact import STEPPED
from polyaxon_sdk.runs.filesystem import keeps_mappings
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.journal import ScalarJournal
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.runs.reserve import Reserve
from polyaxon_sdk.runs.writer import this_process
from polyaxon_sdk.secrets.masker import SHORTEST, Masker
from polyaxon_sdk.tracking.ledger import Ledger
from polyaxon_sdk.tracking.metrics import Metrics
from polyaxon_sdk.tracking.numbers import NO_MOMENT, Moment, moment_of, shown, step_of
from polyaxon_sdk.tracking.outbox import Outbox
from polyaxon_sdk.tracking.trouble import Trouble
from polyaxon_sdk.types import Json

__all__ = ["AT_THE_END", "Recorded"]

AT_THE_END = 10.0
"""Seconds that the end of a run waits for a disk that hangs."""


class Recorded:
    """A run folder on disk, as one process writes it; what it writes waits for no disk that hangs.

    Args:
        folder: the run.
        patience: seconds that a call waits for a disk that gives no answer.
        spool: where points, events and facts go, where that is another disk.
        mapped: whether they go into mapped memory first; by default where that keeps what it should.

    Attributes:
        has_failed: whether the disk denied anything, or did not answer: something may be lost then.
    """

    writes = True

    def __init__(
        self,
        folder: RunFolder,
        *,
        patience: float = PATIENCE,
        spool: RunFolder | None = None,
        mapped: bool | None = None,
    ) -> None:
        self.folder = folder
        self.spool = spool
        self.has_failed = False
        self._event_step: int | None = None
        self._record = RecordWriter(folder, spool=spool)
        self._reserve = Reserve(folder)
        self._trouble = Trouble(self._tell)
        self._courier = Courier(self._disk_hangs, patience=patience)
        self._local = Courier(self._disk_hangs, patience=patience) if spool else self._courier
        mapped = keeps_mappings((spool or folder).path) if mapped is None else mapped
        self._facts = Outbox(self._local, self._disk_trouble)
        self._lines = Outbox(self._local, self._disk_trouble)
        self._files = Outbox(self._courier, self._disk_trouble) if spool else self._lines
        self._events = EventJournal(spool or folder, self._record.writer, mapped=mapped)
        self._ledger = Ledger(
            self._record, self._events, facts=self._facts, lines=self._lines, courier=self._local
        )
        self._scalars = ScalarJournal(
            spool or folder,
            self._record.writer,
            on_trouble=self._disk_trouble,
            mapped=mapped,
            courier=self._local,
            before=self._lines.flush,
        )
        self.metrics = Metrics(self._scalars, self._name_series, self.trouble)

    @property
    def masker(self) -> Masker:
        """What takes secrets out of what is written."""
        return self._record.masker

    def named(self, name: object) -> str:
        """What a series or a file is called that a person calls so: known tokens in it are masked."""
        text = str(name)
        return _named(self.masker, text) if len(text) >= SHORTEST else text

    def reserve(self) -> None:
        """Set space aside for the last facts of a run whose disk gets full."""
        self._reserve.make()

    def together(self) -> AbstractContextManager[None]:
        """Write the facts that are added meanwhile in one go."""
        return self._facts.together()

    def fact(self, kind: str, /, **fields: Json) -> None:
        """Add a fact to the record, as soon as the disk takes it; what JSON can't hold is left out and told."""
        if kind in STEPPED and (step := self._step()) is not None:
            fields["step"] = step
        self._ledger.note(kind, fields, self.trouble)

    def event(
        self,
        kind: str,
        name: str,
        value: Json,
        /,
        *,
        step: int | None,
        timestamp: Moment | None,
        snapshot: str | None = None,
    ) -> None:
        """Add an event to the journal, as soon as the disk takes it; what JSON can't hold is left out and told."""
        at, moment = step_of(step), moment_of(timestamp)
        if at is None and step is not None:
            self.trouble(
                f"{kind} {name!r} is kept without its step: {shown(step)} is no whole number of 64 bits"
            )
        if moment is None:
            self.trouble(f"{kind} {name!r} {NO_MOMENT}")
            moment = time()
        if at is not None:
            self._event_step = at if self._event_step is None else max(at, self._event_step)
        try:
            line = event_line(kind, self.named(name), value, step=at, time=moment, snapshot=snapshot)
        except (TypeError, ValueError) as error:
            self.trouble(f"{kind} {name!r} is left out: {error}")
        else:
            self._ledger.log(line)

    def keep(
        self,
        what: str,
        write: Callable[[], None],
        size: int = 0,
        *,
        patience: float | None = None,
        is_local: bool = False,
    ) -> bool:
        """Do `write`, which makes a file and logs it; where the disk denies it, it is left out and told.

        The caller waits as long as the disk answers, and where it hangs goes on; whether it is done.

        Args:
            what: what a person calls it.
            write: makes the file; reads nothing that the caller may change without finding out.
            size: the bytes that it holds in memory.
            patience: seconds that the caller waits while the disk takes nothing; by default as for all else.
            is_local: whether it makes the file in the spool.
        """

        def try_once() -> None:
            try:
                write()
            except OSError as error:
                self.has_failed = True
                self.trouble(f"{what} is left out: {error.strerror or error}")
            except Exception as error:  # the edge of the courier's thread: a broken file may raise anything
                self.trouble(f"{what} is left out: {' '.join(str(error).split())[:200]}")
            if not is_local:
                self._settle_facts()  # what it says of the file is written when the call returns

        return (self._lines if is_local else self._files).put(try_once, size, patience)

    def progress(self) -> None:
        """Say, in such work, that the disk took something: the caller waits on."""
        self._courier.progress()

    def trouble(self, what: str) -> None:
        """Tell once what could not be taken, on stderr and in the record."""
        self._trouble.of(what)

    def restart(self) -> None:
        """Go on in a forked child, as a writer of its own."""
        writer = this_process()
        self._event_step = None
        self._courier.restart()
        self._record.restart(writer)
        for waiting in (self._facts, self._lines, self._files):
            waiting.restart()
        self._scalars.restart(writer)
        self._events.restart(writer)
        self._ledger.restart()
        self.metrics.restart()

    def close(self) -> None:
        """Write what waits, as far as the disk takes it, and close all files; a disk that hangs has some seconds."""
        if not self._courier.do(self._close, AT_THE_END):
            self.trouble("the run's disk does not answer: what still waits in memory is lost")

    def _close(self) -> None:
        self._close_journals()
        self._close_record()

    def _close_journals(self) -> None:
        with suppress(OSError):  # told when it began
            while self._lines:
                self._lines.flush()
        self._scalars.finish()
        events = sum(len(waiting) + waiting.dropped for waiting in {self._lines, self._files})
        lost = {"facts": self._ledger.lost, "points": self._scalars.dropped, "events": events}
        for what, count in lost.items():
            if count:
                with suppress(OSError):  # else there may be no room for what is told
                    self._flush_facts()
                self._tell(f"{count} {what} are lost: the run folder could not be written")
        self._try_to(self._events.close)

    def _close_record(self) -> None:
        self.fact("left")  # last: the sidecar waits no longer for this process
        try:
            self._flush_facts()
        except OSError:
            self._make_room()
            self._try_to(self._flush_facts)
        self._try_to(self._record.close)

    def _make_room(self) -> None:
        """Find room for the last facts; where all goes well the sidecar does it: that may take a busy disk long."""
        self._reserve.free()

    def _step(self) -> int | None:
        """How far this process is; None where it logged nothing with a step."""
        steps = (self._scalars.highest_step(), self._event_step)
        return max((step for step in steps if step is not None), default=None)

    def _settle_facts(self) -> None:
        self._facts.settle()

    def _flush_facts(self) -> None:
        while self._facts:
            self._facts.flush()

    def _try_to(self, close: Callable[[], None]) -> None:
        try:
            close()
        except OSError as error:
            self._disk_trouble(error)

    def _name_series(self, series: int, name: str) -> None:
        """Say what a series stands for; its points wait until that is on the disk."""
        if not self._ledger.log(series_line(series, self.named(name))):
            self._scalars.hold()

    def _disk_trouble(self, error: OSError) -> None:
        self.has_failed = True
        if error.errno in {ENOSPC, EDQUOT}:
            self._reserve.free()
        self.trouble(f"the run can't be written, training goes on: {error.strerror or error}")

    def _disk_hangs(self) -> None:
        self.has_failed = True
        self.trouble("the run's disk does not answer, training goes on: what is logged waits in memory")

    def _tell(self, what: str) -> None:
        self.fact("problem", what=what)


@lru_cache(maxsize=4096)
def _named(masker: Masker, name: str) -> str:
    return masker.name(name)
