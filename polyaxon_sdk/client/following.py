"""Looking on while a run goes on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from errno import EIO
from pathlib import Path
from time import monotonic, sleep, time
from typing import TYPE_CHECKING

from polyaxon_sdk.exceptions import InputError, did_you_mean
from polyaxon_sdk.index.place import STORE
from polyaxon_sdk.runs.damage import GARBAGE
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.journals import console_files
from polyaxon_sdk.runs.logs import LogLine, read_logs, shown_lines
from polyaxon_sdk.runs.record import RecordReader
from polyaxon_sdk.runs.state import RunState, fold
from polyaxon_sdk.runs.status import STATUSES, Condition
from polyaxon_sdk.sidecar.abandoned import SILENCE, note_silence
from polyaxon_sdk.sidecar.watch import crew

if TYPE_CHECKING:
    from polyaxon_sdk.index.arrivals import Arrivals

__all__ = ["Console", "follow_logs", "follow_statuses", "known_statuses", "wait_for"]

_POLL = 0.1
_PATIENCE = 5.0
"""Seconds within which who begins a run says so in its record."""


class _Watch:
    """A run whose record is read again where it grew.

    Attributes:
        is_lost: whether its record is damaged, and nobody is known who would go on.
        is_silent: whether it is read from a store, and who ships it gave no sign of life for long, or it is a copy of
            a run that went on elsewhere.
    """

    def __init__(self, folder: RunFolder) -> None:
        self._folder = folder
        self._reader = RecordReader(folder)
        self._since = monotonic()
        self._is_stored = (folder.home / STORE).is_file()
        self.is_lost = False
        self.is_silent = False

    def state(self) -> RunState:
        """The run as it is here now."""
        try:
            facts = self._reader.read()
            state = fold(self._folder.uuid, facts)
            silent = not state.is_done and self._is_silent(state)
            self.is_lost = silent and crew(self._folder, facts).is_abandoned
            is_copy = state.status == "unknown" and crew(self._folder, facts).is_copy
            self.is_silent = is_copy or (self._is_stored and self._has_gone_silent(state))
        except (NotADirectoryError, IsADirectoryError, *GARBAGE):
            self.is_lost = True
            return RunState(self._folder.uuid)
        return state

    def _has_gone_silent(self, state: RunState) -> bool:
        """Whether nothing is known of a run by now; that is noted first, and read with the next look."""
        told = max(state.heartbeat_at or 0.0, state.updated_at or 0.0)
        if not state.is_done and state.status != "unknown" and time() - told > SILENCE:
            note_silence(self._folder, time())
        return state.status == "unknown"

    def _is_silent(self, state: RunState) -> bool:
        if self._reader.damage(is_done=False):
            return True
        return not state.conditions and monotonic() >= self._since + _PATIENCE


def known_statuses(statuses: str | Collection[str] | None) -> frozenset[str]:
    """Statuses as somebody names them; none for None.

    Raises:
        InputError: there is no such status.

    >>> sorted(known_statuses(["running", "failed"]))
    ['failed', 'running']
    """
    wanted = frozenset({statuses} if isinstance(statuses, str) else statuses or ())
    for status in sorted(wanted - STATUSES):
        raise InputError(f"there is no status {status!r}", hint=did_you_mean(status, sorted(STATUSES)))
    return wanted


def wait_for(folder: RunFolder, statuses: Collection[str], timeout: float | None) -> RunState:
    """The run once its status is one of `statuses`, or a final one.

    Raises:
        TimeoutError: it is not within `timeout` seconds.
        OSError: the run can't be read, or its record is damaged, so that nothing tells when.
    """
    watch, deadline = _Watch(folder), None if timeout is None else monotonic() + timeout
    arrivals = _arrivals(folder, events=False)
    while not ((state := watch.state()).is_done or state.status in statuses):
        if watch.is_lost:
            raise OSError(EIO, "damaged, and nothing tells what becomes of the run", str(folder.record))
        if deadline is not None and monotonic() >= deadline:
            raise TimeoutError(f"run {folder.uuid[:12]} is still {state.status} after {timeout:g} s")
        sleep(_POLL)
        if arrivals is not None:
            arrivals.look(until=deadline)
    return state


def follow_statuses(folder: RunFolder) -> Iterator[Condition]:
    """Each status of a run, and those that follow until it is done, or its record tells no more.

    Of a run of a store nothing more is told, too, once who ships it is silent.

    Raises:
        OSError: the run can't be read.
    """
    watch, told = _Watch(folder), 0
    arrivals = _arrivals(folder, events=False)
    while True:
        if arrivals is not None:
            arrivals.look()
        state = watch.state()
        yield from state.conditions[told:]
        told = len(state.conditions)
        if state.is_done or watch.is_lost or watch.is_silent:
            return
        sleep(_POLL)


def follow_logs(folder: RunFolder, replica: str | None) -> Iterator[LogLine]:
    """Each line that a run printed, and those that follow until it is done, or its record tells no more.

    Of a run of a store these are the lines that are shipped, until all of them are, or who ships it is silent.

    Raises:
        OSError: the run can't be read.
    """
    console = Console(folder)
    while True:
        is_done = console.is_done()
        yield from (line for line in console.lines() if replica in {None, line.replica})
        if is_done:
            return
        sleep(_POLL)


class Console:
    """What a run prints, each line once; of a run of a store what is shipped of that."""

    def __init__(self, folder: RunFolder) -> None:
        self._folder = folder
        self._watch = _Watch(folder)
        self._arrivals = _arrivals(folder, events=True)
        self._growing = _Consoles(folder)
        self._told: Counter[str] = Counter()
        self._is_done = False
        self._seen = -1

    def is_done(self) -> bool:
        """Whether the run is, or its record tells no more: then `lines` gives the rest.

        Raises:
            OSError: the run can't be read.
        """
        is_over = self._watch.state().is_done or self._watch.is_lost or self._watch.is_silent
        if self._arrivals is None:
            self._is_done = is_over
        else:  # what was shipped before its end is here only once the store was asked since
            is_all_here = self._arrivals.look() and (self._watch.is_silent or self._arrivals.is_whole)
            self._is_done = is_over and (self._is_done or is_all_here)
        return self._is_done

    def lines(self) -> list[LogLine]:
        """The lines that are new: whole ones while the run goes on, all that are left once it is done.

        Raises:
            OSError: the run can't be read.
        """
        if self._arrivals is not None:
            seen, self._seen = self._seen, self._arrivals.count
            return self._drained() if self._seen != seen else []
        if self._is_done:
            return self._drained()
        found = self._growing.lines()
        self._told.update(line.replica for line in found)
        return found

    def _drained(self) -> list[LogLine]:
        """Those of all that can be read that were not told yet."""
        rest, seen = [], Counter[str]()
        for line in read_logs(self._folder):
            seen[line.replica] += 1
            if seen[line.replica] > self._told[line.replica]:
                rest.append(line)
        self._told.update(line.replica for line in rest)
        return rest


def _arrivals(folder: RunFolder, *, events: bool) -> Arrivals | None:
    """What of a run of a store comes from now on; None in a home, where all of it is."""
    if not (folder.home / STORE).is_file():
        return None
    from polyaxon_sdk.index.arrivals import Arrivals  # stores, which cost 40 ms

    return Arrivals(folder, events=events)


class _Consoles:
    """What the replicas of a run print, as whole lines."""

    def __init__(self, folder: RunFolder) -> None:
        self._folder = folder
        self._positions: dict[Path, int] = {}

    def lines(self) -> list[LogLine]:
        """The lines that were ended since they were last asked for."""
        return [line for path in console_files(self._folder) for line in self._new(path)]

    def _new(self, path: Path) -> list[LogLine]:
        position = self._positions.get(path, 0)
        try:
            with path.open("rb") as file:
                file.seek(position)
                whole, newline, _ = file.read().rpartition(b"\n")
        except FileNotFoundError:  # drained to its end and taken away: the rest is read with the logs
            return []
        self._positions[path] = position + len(whole) + len(newline)
        return [LogLine(None, path.stem, text) for text in shown_lines(whole + newline)]
