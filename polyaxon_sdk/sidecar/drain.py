"""Draining: from journals to event files and logs, each row once, whenever it is interrupted."""

from __future__ import annotations

import os
import socket
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from time import time

from polyaxon_sdk.runs.drained import printed_from, read_drained, write_whole
from polyaxon_sdk.runs.events import header, scalar_row
from polyaxon_sdk.runs.exits import LEFT
from polyaxon_sdk.runs.filesystem import is_network
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.journals import (
    Entry,
    JournalReader,
    console_files,
    in_time,
    journals_of,
    writer_of,
)
from polyaxon_sdk.runs.lease import Lease
from polyaxon_sdk.runs.lines import rest
from polyaxon_sdk.runs.names import file_name
from polyaxon_sdk.runs.salvage import names_in
from polyaxon_sdk.runs.scalars import RECORD, SEGMENT_SIZE
from polyaxon_sdk.runs.snapshots import pending
from polyaxon_sdk.sidecar.console import log_record, whole_lines
from polyaxon_sdk.sidecar.drained_files import DrainedFiles
from polyaxon_sdk.sidecar.drained_series import DrainedSeries
from polyaxon_sdk.sidecar.encoding import DAMAGED, encode_snapshot
from polyaxon_sdk.sidecar.rewind import carry_out, prepare

__all__ = ["Drain"]

_CONSOLE_BATCH = 1 << 22
_ENCODED_AT_ONCE = 16
"""How many assets a step makes: the lease is renewed between two steps."""


class Drain:
    """Moves what is logged from `journal/` to `events/`, `resources/` and `plxlogs/`, for the holder of the lease.

    Every `step` writes rows behind the committed lengths, syncs them, and commits lengths and positions together
    by replacing `drained.json`: what was not committed is cut off by the next holder and drained again.

    Attributes:
        series: what it drained so far, series by series.

    Raises:
        OSError: the run folder can't be read or written.
    """

    def __init__(self, folder: RunFolder, lease: Lease) -> None:
        self._folder = folder
        self._lease = lease
        self._is_shared = is_network(folder.path)
        self._state = read_drained(folder)
        for path in console_files(folder):
            self._state.journals[path.name] = printed_from(folder, self._state, path)
        self._state.is_finished = False
        if self._state.cut:
            lease.renew()
            carry_out(folder, self._state)
            self._state.write(folder)
        self._files = DrainedFiles(folder, self._state.files)
        self.short_files = self._restore()
        self._there = self._state.text()
        self._reader = JournalReader(folder)
        self.series = DrainedSeries(folder, self._state.names, self._files)
        self._node = socket.gethostname()
        self._patience: dict[str, int] = {}
        self._left_to_encode = 0
        self._committed = ""
        self._troubles: list[str] = []

    @property
    def lengths(self) -> dict[str, int]:
        """The committed length of every drained file."""
        return self._files.lengths

    def _restore(self) -> list[str]:
        """Bring the drained files to what is committed."""
        self._has_begun = self._folder.drained.exists()
        if self._has_begun:
            return self._files.restore()
        self._files.adopt()
        self._state.files = self._files.lengths
        self._state.names = names_in(self._folder, self._files.lengths) if self._files.lengths else {}
        return []

    def _begin(self) -> None:
        """Commit what there was before the first row is written, so that a crash leaves no row that nobody counts."""
        if not self._has_begun:
            write_whole(self._folder.drained, self._there.encode("ascii"))
            self._has_begun = True

    def step(self, *, gone: bool) -> bool:
        """Drain what there is; whether there was anything.

        Args:
            gone: whether no process writes to the run any more: then what is torn or was never written is passed.

        Raises:
            OSError: the disk is full or broken; all of it is tried again by the next step.
            LeaseLostError: another process drains the run by now.
        """
        return self._step(gone=gone, encodes=gone)

    def _step(self, *, gone: bool, encodes: bool) -> bool:
        self._left_to_encode = _ENCODED_AT_ONCE if encodes else 0
        (scalars, events, consoles), waiting = journals_of(self._folder), set[str]()
        logged, points = (defaultdict[str, list[Entry]](list) for _ in range(2))  # by their writers
        try:
            passed = [self._drain_events(path, logged[path.stem], gone=gone) for path in events]
            moved = [
                self._drain_scalars(path, points[writer_of(path)], waiting, gone=gone) for path in scalars
            ]
        finally:  # where a journal can't be read, those before it are drained all the same
            self.series.add_events(in_time(logged.values()))
            self.series.add_points(in_time(points.values()))
        moved += [self._drain_console(path, gone=gone) for path in consoles]
        if any(moved) or self._files.has_rows:
            self._commit()
            self._remove_full(scalars)
            return True
        return any(passed)  # of lines that make no row nothing is to be committed: they make none again

    def rewind(self, steps: Sequence[int]) -> bool:
        """Take out of the event files what is superseded, by each of `steps` once; whether there was anything.

        Raises:
            OSError: the disk is full or broken; to be done again.
            LeaseLostError: another process drains the run by now.
        """
        if len(steps) <= self._state.rewinds:
            return False
        while self._state.rewinds < len(steps):
            self._drain_what_is_there()
            self._state.cut = prepare(self._folder, self._state, steps[self._state.rewinds])
            self._commit()
            carry_out(self._folder, self._state)
            self._files.lengths = dict(self._state.files)
            self._commit()
        self.series.read_again()
        return True

    def _drain_what_is_there(self) -> None:
        for _ in range(2):  # the first time waits for slots that were taken and not written yet
            while self._step(gone=False, encodes=True):
                pass

    def sample(self, values: dict[str, float]) -> None:
        """Take in one sample of the machine; it is written with the next commit (semantics 5.5)."""
        now = time()
        for name, value in values.items():
            self._files.add(
                f"resources/metric/{file_name(name)}.plx", header("metric"), scalar_row(None, now, value)
            )
        self._commit()

    def take_troubles(self) -> list[str]:
        """What could not be made of what was logged, each told once."""
        told, self._troubles = self._troubles, []
        return told

    def journals(self) -> list[Path]:
        """The journals of the run as they are now."""
        return [path for each in journals_of(self._folder) for path in each]

    def finish(self, journals: Iterable[Path]) -> None:
        """Take these drained journals away, and say that the run is finished.

        Raises:
            OSError: the disk is full or broken.
            LeaseLostError: another process drains the run by now.
        """
        if self._has_begun or self._files.has_rows:
            self._commit()
        for path in (*journals, *self._others()):
            path.unlink()
            self._state.holes.pop(path.name, None)
            # What a writer wrote may be copied here once more, from another host or home, and none of it is to
            # count; what a replica prints goes on under the same name with its next attempt.
            if path.suffix == ".out" and not self._is_shared:
                self._state.journals.pop(path.name, None)
        for path in [] if self.journals() else pending(self._folder):
            path.unlink()  # its writer died before it said what the snapshot is
        self._state.is_finished = True
        self._commit()
        # Of a stream that began just now none is drained, though its file is older than what was just written.
        while late := {path.name for path in console_files(self._folder)} - self._state.journals.keys():
            self._state.journals.update(dict.fromkeys(late, 0))
            self._commit()

    def _others(self) -> list[Path]:
        """What processes of the run set aside there for a full disk, and what is left of how they ended."""
        names = os.listdir(self._folder.journal)
        return [
            self._folder.journal / name
            for name in names
            if name.startswith("reserve-") or name.endswith(LEFT)
        ]

    def _drain_events(self, path: Path, into: list[Entry], *, gone: bool) -> bool:
        position = self._state.journals.get(path.name, 0)
        # On a network the rest of a torn line may lie in a spool of another host, and come later.
        passes = gone and not self._is_shared
        found = self._reader.events(path, position, gone=passes, is_ready=self._is_ready)
        entries, self._state.journals[path.name] = found
        into += entries
        return self._state.journals[path.name] != position

    def _is_ready(self, entry: Entry) -> bool:
        """Whether the asset of an event is made; here it is made only where nobody logs any more."""
        if entry.snapshot is None:
            return True
        snapshot = self._folder.journal / Path(entry.snapshot).name
        if not snapshot.exists():
            return True
        if not self._left_to_encode:
            return False
        self._left_to_encode -= 1
        try:
            whole = encode_snapshot(self._folder, snapshot)
        except DAMAGED:
            whole = False
        if not whole:
            self._troubles.append(f"{entry.kind} {entry.name!r} is lost: its snapshot is damaged")
        return True

    def _drain_scalars(self, path: Path, into: list[Entry], waiting: set[str], *, gone: bool) -> bool:
        """Drain one file, unless its writer is among those of whom an earlier file is waited for."""
        moved, writer = self._drain_holes(path, into), writer_of(path)
        if writer in waiting:
            return moved
        position = self._state.journals.get(path.name, 0)
        patient = not gone and self._patience.get(path.name) != position
        entries, end, holes = self._reader.scalars(path, position, patient=patient)
        if patient and end + RECORD.size <= SEGMENT_SIZE:
            waiting.add(writer)
        self._state.journals[path.name] = end
        if holes:
            self._state.holes[path.name] = [*self._state.holes.get(path.name, []), *holes]
        self._patience[path.name] = end
        into += entries
        return moved or bool(entries or holes)

    def _drain_holes(self, path: Path, into: list[Entry]) -> bool:
        """Look again at slots that were passed over because their writer, interrupted, had not written them yet."""
        open_, entries = [], []
        for position in self._state.holes.get(path.name, []):
            found = self._reader.hole(path, position)
            if found is None:
                open_.append(position)
            else:
                entries += found
        into += entries
        if path.name in self._state.holes:
            self._state.holes[path.name] = open_
        return bool(entries)

    def _drain_console(self, path: Path, *, gone: bool) -> bool:
        position = self._state.journals.get(path.name, 0)
        data = rest(path, position, most=_CONSOLE_BATCH)
        lines, taken = whole_lines(data, last=gone and len(data) < _CONSOLE_BATCH)
        now, pod = time(), self._folder.uuid
        for line in lines:
            record = log_record(line, time=now, node=self._node, pod=pod, container=f"polyaxon-{path.stem}")
            self._files.add(f"plxlogs/{path.stem}.jsonl", b"", record)
        self._state.journals[path.name] = position + taken
        return bool(taken)

    def _commit(self) -> None:
        if self._files.has_rows:
            self._begin()
        lengths = self._files.write()
        self._lease.renew()
        self._state.lease, self._state.files = self._lease.number, lengths
        if (text := self._state.text()) != self._committed:
            self._state.write(self._folder)
            self._committed, self._has_begun = text, True
        self._files.commit(lengths)

    def _remove_full(self, journals: Iterable[Path]) -> None:
        """Take away journals that are drained to their end; what is not committed is never taken away."""
        for path in journals:
            full = self._state.journals.get(path.name, 0) + RECORD.size > SEGMENT_SIZE
            if full and not self._state.holes.get(path.name):
                path.unlink()
