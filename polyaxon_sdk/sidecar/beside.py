"""The sidecar of one run, from taking its lease to the last file shipped."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from errno import ENOENT
from functools import partial
from time import monotonic

from polyaxon_sdk.runs.drained import write_whole
from polyaxon_sdk.runs.fact import Fact
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.journals import is_journal
from polyaxon_sdk.runs.lease import Lease
from polyaxon_sdk.runs.record import RecordReader, RecordWriter
from polyaxon_sdk.runs.spool import rescue, spool_of, sweep
from polyaxon_sdk.runs.state import RunState, fold
from polyaxon_sdk.runs.status import Condition
from polyaxon_sdk.runs.unrecorded import record_told
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.sidecar.captures import Captures
from polyaxon_sdk.sidecar.chores import Chores, Told
from polyaxon_sdk.sidecar.closing import find_ending
from polyaxon_sdk.sidecar.drain import Drain
from polyaxon_sdk.sidecar.encoding import Encoding
from polyaxon_sdk.sidecar.hashing import Hashing
from polyaxon_sdk.sidecar.syncing import Syncing
from polyaxon_sdk.sidecar.views import write_views
from polyaxon_sdk.sidecar.watch import TELLING, Crew, Watch, crew
from polyaxon_sdk.types import Json

__all__ = ["Beside", "is_missing"]

_LOOK_EVERY = 0.25
"""Seconds between two looks at the run's processes and record."""

_DRAIN_EVERY = 1.0
_SUMMARY_EVERY = 5.0
_LEASE_EVERY = 5.0
_HEARTBEAT_EVERY = 30.0

_REST = 9
"""What is done again and again rests so many times as long as it took: a run of many series drains less often."""

_FALLING_BACK = (
    "ship_bandwidth",
    "ship_chunks",
    "ship_interval",
    "ship_requests",
    "ship_wait",
    "sync_interval",
)
"""Settings that hold up no run where they are wrong."""

_SETTLED = 2.0
"""Seconds without anything logged after which a run that is done is finished where its processes can't be seen."""


class Beside:
    """Drains, summarises, samples and ships one run while its processes work, and finishes it when they are gone.

    A run whose processes are gone without a word is closed as failed. `run` returns when all that is left needs
    somebody else: the next sidecar, which `polyaxon sync` starts.
    """

    def __init__(
        self, folder: RunFolder, lease: Lease, settings: Settings, captures: Captures | None = None
    ) -> None:
        self._folder = folder
        self._lease = lease
        self._settings, wrong = settings.usable(*_FALLING_BACK)
        captures = captures or Captures()
        self._reader = RecordReader(folder)
        self._seen: tuple[RunState, Crew] | None = None
        self._seen_facts: list[Fact] = self._reader.read()
        masker = captures.masker(self._settings)
        self._record = RecordWriter(folder, masker=masker, known=self._seen_facts)
        self._drain = Drain(folder, lease)
        self._chores = Chores(folder, self._settings, self._record.append, captures)
        self._hashing = Hashing(folder, self._record.append)
        self._spool = spool_of(folder, self._settings.spools)
        self._told: set[str] = set()
        self._due: dict[str, float] = {}
        self._quiet_since = monotonic()
        self._seen_crew: tuple[int, list[str]] | None = None
        for path in self._drain.short_files:
            self._record.append("problem", what=f"{path} was shorter than it had been: the disk lost rows")
        for line in wrong:
            self._record.append("problem", what=line)

    def run(self) -> list[Condition] | None:
        """Work until the run is finished; its statuses then, or None where somebody logged meanwhile.

        A run that has others afterwards was attached to, by a process whose sidecar found the lease taken. Both
        need another round.

        Raises:
            FileNotFoundError: the run folder is gone.
            LeaseLostError: another process drains the run by now.
        """
        state, people = self._look(self._seen_facts)
        if self._may_finish(state, people):
            return self._finish(state, self._chores.capture(state))
        return self._finish(self._accompany(state, people), [])

    def _accompany(self, state: RunState, people: Crew) -> RunState:
        """Work until the run may be finished; the run then."""
        watch, encoding = Watch(), Encoding(self._folder)
        syncing = Syncing(self._folder, self._settings.sync_interval)
        self._chores.start(state)
        for each in (encoding, self._hashing, syncing):
            each.start()
        try:
            while not self._may_finish(state, people):
                watch.add(people.trainers)
                watch.wait(_LOOK_EVERY)
                state, people = self._look()
                self._step(state, people)
        except BaseException:
            self._chores.end()  # whoever tries again has chores of its own
            raise
        finally:
            for each in (encoding, self._hashing, syncing):
                each.stop()
        return state

    def _look(self, facts: list[Fact] | None = None) -> tuple[RunState, Crew]:
        """The run and its processes as they are, by these facts or those that are there now; what did not change is not
        worked out again."""
        facts = self._reader.read() if facts is None else facts
        journals = sorted(name for name in os.listdir(self._folder.journal) if is_journal(name))
        telling = sum(fact.kind in TELLING for fact in facts), journals
        if self._seen is None or facts is not self._seen_facts or telling != self._seen_crew:
            self._record.saw(facts)
            state = self._state(facts)
            is_same = self._seen is not None and telling == self._seen_crew
            people = self._seen[1] if self._seen is not None and is_same else crew(self._folder, facts)
            self._seen, self._seen_facts, self._seen_crew = (state, people), facts, telling
        return self._seen

    def _state(self, facts: list[Fact]) -> RunState:
        """The run as facts tell it; those that were looked at last are not gone through again."""
        is_same = self._seen is not None and facts is self._seen_facts
        return self._seen[0] if self._seen is not None and is_same else fold(self._folder.uuid, facts)

    def conditions(self) -> list[Condition]:
        """The statuses of the run as they are now.

        Raises:
            OSError: its record can't be read.
        """
        return self._state(self._reader.read()).conditions

    def _step(self, state: RunState, people: Crew) -> None:
        if not self._folder.journal.is_dir():
            raise FileNotFoundError(ENOENT, "the run folder is gone", str(self._folder.path))
        gone = people.trainer_life == "gone"
        self._rewind(state)
        if not state.is_done and people.is_abandoned and not _is_elsewhere(state, people):
            self._try(self._close_abandoned)
        self._every(0.0 if gone else _DRAIN_EVERY, "drain", partial(self._drain_once, gone=gone))
        self._every(_SUMMARY_EVERY, "summary", self._summarise)
        self._every(_LEASE_EVERY, "lease", self._lease.renew)
        self._every(_HEARTBEAT_EVERY, "heartbeat", partial(self._record.append, "heartbeat"))
        self._chores.saw(state)
        self._chores.ship(self._drain.lengths)
        self._hashing.saw(state)

    def _rewind(self, state: RunState) -> None:
        """Take out what a new attempt superseded, before anything that it logs is drained."""
        if self._drain.rewind(state.rewinds):
            self._summarise()

    def _drain_once(self, *, gone: bool) -> None:
        if samples := self._chores.samples():
            self._drain.sample(samples)
        if self._step_drain(gone=gone):
            self._quiet_since = monotonic()

    def _step_drain(self, *, gone: bool) -> bool:
        self._rescue(gone=gone)
        moved = self._drain.step(gone=gone)
        for what in self._drain.take_troubles():
            self._record.append("problem", what=what)
        return moved

    def _rescue(self, *, gone: bool = True) -> None:
        """Bring in what dead processes of this host left in their spool, and once all are `gone` facts as well that
        they had no time to write."""
        if self._spool is not None:
            rescue(self._spool, self._folder)
        if gone:
            record_told(self._folder, known=self._told)

    def _close_abandoned(self) -> None:
        """Close an attempt, unless its processes said by themselves how it ended, or another has begun by now."""
        self._rescue()
        state, people = self._look()
        if state.is_done or not people.is_abandoned:
            return
        if found := find_ending(self._folder, self._seen_facts, state, people):
            names = ("status", "reason", "message")
            self._record.append_all(
                [
                    ("status", {**dict(zip(names, each, strict=True)), "attempt": state.attempt})
                    for each in found
                ]
            )

    def _may_finish(self, state: RunState, people: Crew) -> bool:
        if not state.is_done:
            return _is_elsewhere(state, people)
        if people.trainer_life == "unknown":
            return monotonic() - self._quiet_since > _SETTLED
        return people.trainer_life == "gone"

    def _finish(self, done: RunState, told: Told) -> list[Condition] | None:
        """Bring the run to its end, and tell of what was captured in one write with how its series ended."""
        self._rewind(done)
        self._drain_all()
        self._chores.stop()
        self._tell_other_series()
        summaries = dict[str, Json](self._drain.series.summaries(final=True))
        self._record.append_all([*told, ("series", {"summaries": summaries})])
        state = self._look()[0]
        self._chores.saw(state)
        if self._hashing.finish(state):
            state = self._look()[0]
        self._folder.live.unlink(missing_ok=True)
        write_views(self._folder, state, self._drain.series.names)
        is_shipped = self._chores.finish_shipping(self._drain.lengths)
        journals = self._drain.journals()  # first: who begins to write from now on is not among them
        state, people = self._look()
        is_quiet = not self._drain_all()
        if is_shipped and is_quiet and state.conditions == done.conditions:
            self._drain.finish([path for path in journals if not people.is_writing(path.name)])
        self._record.close()
        self._lease.release()
        if self._spool is not None:
            sweep(self._spool)
            # Another host may have brought in more, and found the lease taken.
            is_quiet = is_quiet and self._reader.read() is self._seen_facts
        return done.conditions if is_quiet else None

    def _drain_all(self) -> bool:
        """Drain to the end; whether there was anything."""
        moved = False
        while self._step_drain(gone=True):
            moved = True
        return moved

    def _tell_other_series(self) -> None:
        """Let the record name the series of images, texts and the like that came since, for who looks for such runs."""
        if not (found := self._drain.series.others()):
            return
        known = self._look()[0].other_series
        if new := {path: key for path, key in found.items() if known.get(path) != key}:
            self._record.append("series", others=dict[str, Json](new))

    def _summarise(self) -> None:
        """Show readers the series as they are; the record gets them once, at the end."""
        self._tell_other_series()
        if self._drain.series.is_changed:
            write_whole(self._folder.live, json.dumps(self._drain.series.summaries()).encode("ascii"))
            write_views(self._folder)
            self._record.renew_mark()

    def _every(self, seconds: float, what: str, work: Callable[[], None]) -> None:
        """Do `work` where it is due."""
        began = monotonic()
        if began >= self._due.get(what, 0.0):
            self._try(work)
            self._due[what] = monotonic() + max(seconds, _REST * (monotonic() - began))

    def _try(self, work: Callable[[], None]) -> None:
        """Do `work`; what a full or broken disk prevents is tried again when it is due again."""
        try:
            work()
        except OSError as error:
            if is_missing(self._folder, error):
                raise


def _is_elsewhere(state: RunState, people: Crew) -> bool:
    """Whether it is a copy of a run that goes on elsewhere: nobody tells here how it ends, and no more of it comes."""
    return people.is_copy and state.status == "unknown"


def is_missing(folder: RunFolder, error: OSError) -> bool:
    """Whether `error` comes from the run folder being gone: there is nothing left to work on."""
    return error.errno == ENOENT and not folder.journal.is_dir()
