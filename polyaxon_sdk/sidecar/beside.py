"""The sidecar of one run, from taking its lease to the last file shipped."""

from __future__ import annotations

import json
from collections.abc import Callable
from errno import ENOENT
from functools import partial
from time import monotonic

from polyaxon_sdk.runs.drained import read_drained, write_whole
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.lease import Lease
from polyaxon_sdk.runs.record import RecordWriter, read_facts
from polyaxon_sdk.runs.state import RunState, fold
from polyaxon_sdk.runs.views import lineages_view, run_view
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.sidecar.chores import Chores
from polyaxon_sdk.sidecar.drain import Drain
from polyaxon_sdk.sidecar.watch import Crew, Watch, crew
from polyaxon_sdk.types import Json

__all__ = ["Beside", "is_missing"]

TICK = 0.25
"""Seconds between two looks at the journals."""

_SUMMARY_EVERY = 5.0
_HEARTBEAT_EVERY = 30.0
_SETTLED = 2.0
"""Seconds without anything logged after which a run that was said to be done is finished under a living process."""


class Beside:
    """Drains, summarises, samples and ships one run while its processes work, and finishes it when they are gone.

    A run whose processes are gone without a word is closed as failed. `run` returns when all that is left needs
    somebody else: the next sidecar, which `polyaxon sync` starts.
    """

    def __init__(self, folder: RunFolder, lease: Lease, settings: Settings) -> None:
        self._folder = folder
        self._lease = lease
        self._record = RecordWriter(folder)
        self._drain = Drain(folder, lease)
        self._chores = Chores(folder, settings, self._record.append)
        self._watch = Watch()
        self._due: dict[str, float] = {}
        self._quiet_since = monotonic()
        for path in self._drain.short_files:
            self._record.append("problem", what=f"{path} was shorter than it had been: the disk lost rows")

    def run(self) -> None:
        """Work until the run is finished.

        Raises:
            FileNotFoundError: the run folder is gone.
            LeaseLostError: another process drains the run by now.
        """
        state, people = self._look()
        self._chores.start(state)
        while not self._may_finish(state, people):
            self._watch.add(people.trainers)
            self._watch.wait(TICK)
            self._try(partial(self._step, people))
            state, people = self._look()
        self._finish()

    def _step(self, people: Crew) -> None:
        if self._drain.step(gone=people.trainer_life == "gone"):
            self._quiet_since = monotonic()
        if samples := self._chores.samples():
            self._drain.sample(samples)
        if self._is_due("summary", _SUMMARY_EVERY):
            self._summarise(final=False)
        if self._is_due("heartbeat", _HEARTBEAT_EVERY):
            self._record.append("heartbeat")
        self._chores.ship(self._drain.lengths)

    def _look(self) -> tuple[RunState, Crew]:
        facts = read_facts(self._folder)
        state, people = fold(self._folder.uuid, facts), crew(self._folder, facts)
        if not state.is_done and people.is_abandoned:
            message = "the process ended without a word: killed, or out of memory"
            self._try(
                lambda: self._record.append("status", status="failed", reason="ProcessGone", message=message)
            )
            return read_state(self._folder), people
        return state, people

    def _close_abandoned(self) -> None:
        message = "the process ended without a word: killed, or out of memory"
        self._record.append("status", status="failed", reason="ProcessGone", message=message)

    def _may_finish(self, state: RunState, people: Crew) -> bool:
        if not state.is_done:
            return False
        return people.trainer_life == "gone" or monotonic() - self._quiet_since > _SETTLED

    def _finish(self) -> None:
        while self._drain.step(gone=True):
            pass
        self._chores.stop()
        self._summarise(final=True)
        if self._chores.finish_shipping(self._drain.lengths):
            self._drain.finish()
        self._record.close()
        self._lease.release()

    def _summarise(self, *, final: bool) -> None:
        summaries = self._drain.summaries(final=final)
        if summaries:
            self._record.append("series", summaries=dict[str, Json](summaries))
        state = read_state(self._folder)
        write_view(self._folder, state)

    def _try(self, work: Callable[[], None]) -> None:
        """Do `work`; what a full or broken disk prevents is tried again with the next look."""
        try:
            work()
        except OSError as error:
            if is_missing(self._folder, error):
                raise

    def _is_due(self, what: str, every: float) -> bool:
        if monotonic() < self._due.get(what, 0.0):
            return False
        self._due[what] = monotonic() + every
        return True


def is_missing(folder: RunFolder, error: OSError) -> bool:
    """Whether `error` comes from the run folder being gone: there is nothing left to work on."""
    return error.errno == ENOENT and not folder.journal.is_dir()


def read_state(folder: RunFolder) -> RunState:
    """The run as its record tells it now."""
    return fold(folder.uuid, read_facts(folder))


def write_view(folder: RunFolder, state: RunState) -> None:
    """Write the views of the record in Polyaxon's form.

    Raises:
        OSError: the disk is full or broken; the old views stand.
    """
    lineages = lineages_view(state, read_drained(folder).names)
    write_whole(folder.lineages_view, json.dumps(lineages).encode("ascii"))
    write_whole(folder.run_view, json.dumps(run_view(state)).encode("ascii"))
