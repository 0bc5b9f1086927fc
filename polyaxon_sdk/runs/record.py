"""The record of a run: facts, appended and never rewritten, one file a writing process."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from threading import RLock
from time import time
from typing import TYPE_CHECKING

from polyaxon_sdk.runs.changes import ChangeMark
from polyaxon_sdk.runs.clock import Clock
from polyaxon_sdk.runs.fact import ORDER, UNSEARCHED, Fact, Prepared, fact_in
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.lines import LineFile, decode, encode, is_begun, read, rest
from polyaxon_sdk.runs.masking import masker_here
from polyaxon_sdk.runs.writer import Writer, this_process
from polyaxon_sdk.secrets.masker import Masker
from polyaxon_sdk.types import Json

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "RecordReader",
    "RecordWriter",
    "last_stamp",
    "read_facts",
    "read_writers_of",
    "writer_in",
]


class RecordWriter:
    """Appends facts to a file of its own; safe from several threads.

    Args:
        folder: the run.
        clock: tells times and their order.
        masker: takes secrets out of what is appended.
        spool: where the file lies until somebody copies it into the run, and then says so by `renew_mark`.
        known: the facts of the run, where the caller has them.
        writer: who appends; by default this process.

    >>> RecordWriter(folder).append("status", status="running")  # doctest: +SKIP
    """

    def __init__(
        self,
        folder: RunFolder,
        clock: Clock | None = None,
        *,
        masker: Masker | None = None,
        spool: RunFolder | None = None,
        known: list[Fact] | None = None,
        writer: Writer | None = None,
    ) -> None:
        self.folder = folder
        self._runs, _, self._uuid = os.fspath(folder.path).rpartition("/")
        self._spool = spool
        # What a person adds to it is read in the home: not while others wait for a spool, which a server may delay.
        self._masker = masker_here() if masker is None and spool is not None else masker
        self._clock = clock or Clock()
        self.restart(writer or this_process())
        self.saw(read_facts(folder) if known is None else known)

    def restart(self, writer: Writer) -> None:
        """Go on as another writer: what a forked child has to do first."""
        self._lock = RLock()  # re-entrant: a signal's handler may append in the middle of an append
        self._writing = RLock()  # another: nobody waits for a disk to number a fact
        self.writer = writer
        self._sequence = 0
        self._last = 0
        self._lines = LineFile(f"{(self._spool or self.folder).path}/record/{writer.name}.jsonl")
        self._mark = ChangeMark(os.path.dirname(self._runs), self._uuid, writer.token)

    def append(self, kind: str, /, **fields: Json) -> None:
        """Add one fact, without the secrets in it; once this returns, the kernel has it.

        Raises:
            OSError: the line could not be written whole; what was written of it is skipped by readers.
        """
        with self._writing:
            before, prepared = self._sequence, self.prepare(kind, **fields)
            try:
                self.write(prepared)
            except OSError:
                self._sequence = (
                    before  # a disk that took it all the same has it twice then, under one number
                )
                raise

    def append_all(self, facts: Sequence[tuple[str, dict[str, Json]]], *, is_clean: bool = False) -> None:
        """The same of several facts, each a kind and its fields, with one write call.

        Args:
            is_clean: whether the secrets are out of them already.

        Raises:
            OSError: as for `append`.
        """
        with self._writing:
            before = self._sequence
            if is_clean:
                prepared = [self._numbered(kind, fields, time()) for kind, fields in facts]
            else:
                prepared = [self.prepare(kind, **fields) for kind, fields in facts]
            try:
                self._lines.write(b"".join(each.line for each in prepared))
            except OSError:
                self._sequence = before
                raise
        if self._spool is None:
            self._mark.renew(self._last)

    def prepare(self, kind: str, /, **fields: Json) -> Prepared:
        """What one fact is written as, without the secrets in it: those that are prepared are to be written in order.

        Raises:
            TypeError, ValueError: the fields are not JSON.
        """
        if kind not in UNSEARCHED:
            fields = self.masker.values(fields)
        return self._numbered(kind, fields, time())

    def write(self, prepared: Prepared) -> None:
        """Add a fact that is prepared; once this returns, the kernel has it.

        Raises:
            OSError: as for `append`.
        """
        with self._writing:
            if prepared.writer != self.writer:  # the file that it was prepared for is left
                prepared = self._numbered(prepared.kind, prepared.fields, prepared.time)
            self._lines.write(prepared.line)
        if self._spool is None:
            self._mark.renew(prepared.clock)

    @property
    def masker(self) -> Masker:
        """What takes secrets out of what is written."""
        if self._masker is None:
            self._masker = masker_here()
        return self._masker

    def leave_spool(self) -> None:
        """Write to the run itself from now on, as another writer: what the spool has is copied on as it is."""
        self._spool = None
        self.restart(this_process())

    def saw(self, facts: list[Fact]) -> None:
        """Keep what is appended from now on behind `facts`, which are in their order."""
        if facts:
            self._clock.saw(facts[-1].clock)

    def renew_mark(self) -> None:
        """Tell readers that something of the run changed that is no fact."""
        with self._lock:
            self._last = self._clock.tick()
        self._mark.renew(self._last)

    def close(self) -> None:
        """Close the file; a later `append` opens it again."""
        with self._writing:
            self._lines.close()

    def _numbered(self, kind: str, fields: dict[str, Json], moment: float) -> Prepared:
        """The line of a fact; the first one has that of the writer before it."""
        with self._lock:
            first = b"" if self._sequence else self._line(0, "writer", self.writer._asdict(), moment)
            line = self._line(max(1, self._sequence), kind, fields, moment)
            self._sequence = max(1, self._sequence) + 1
            return Prepared(self.writer, kind, fields, time=moment, clock=self._last, line=first + line)

    def _line(self, sequence: int, kind: str, fields: dict[str, Json], moment: float) -> bytes:
        self._last = self._clock.tick()
        return encode(
            {"clock": self._last, "sequence": sequence, "time": moment, "kind": kind, "fields": fields}
        )


class RecordReader:
    """Reads a record again and again, each time only what was appended since."""

    def __init__(self, folder: RunFolder) -> None:
        self._record = os.fspath(folder.record)
        self._positions: dict[str, int] = {}
        self._sequences: dict[str, set[int]] = {}
        self._damaged: dict[str, int] = {}
        self._unread: dict[str, tuple[int, bool]] = {}
        self._facts: list[Fact] = []

    def read(self) -> list[Fact]:
        """All facts of the run in their order; torn and damaged lines are left out.

        The list is the same object as long as there is nothing new.

        Raises:
            OSError: a record file can't be read; a folder that is not there has no facts.
        """
        new = [fact for name in _names(self._record) for fact in self._new_facts(name)]
        if new:
            new.sort(key=ORDER)
            is_behind = not self._facts or ORDER(self._facts[-1]) < ORDER(new[0])
            together = [*self._facts, *new]
            self._facts = together if is_behind else sorted(together, key=ORDER)
        return self._facts

    def damage(self, *, is_done: bool) -> list[str]:
        """A line for each file that holds more than what was read of it, by its path in the run.

        Args:
            is_done: whether nobody writes any more, so that a torn end stays one.
        """
        found = []
        for name in sorted({*self._damaged, *self._unread}):
            last, is_torn = self._unread.get(name, (0, False))
            count = self._damaged.get(name, 0) + last - is_torn
            if count:
                found.append(f"{os.path.basename(self._record)}/{name}: {count} of its lines can't be read")
            elif is_torn and is_done:
                found.append(f"{os.path.basename(self._record)}/{name}: its last line is cut off")
        return found

    def _new_facts(self, name: str) -> Iterator[Fact]:
        position = self._positions.get(name, 0)
        data = rest(f"{self._record}/{name}", position)
        if not data:
            self._unread.pop(name, None)
            return
        writer = name.removesuffix(_ENDING)
        unread, sequences = 0, self._sequences.setdefault(name, set())
        for line, end in decode(data):
            if line is None:
                unread += 1
                continue  # torn so far; should more of it come, it is read again
            if unread:
                self._damaged[name] = self._damaged.get(name, 0) + unread
                unread = 0
            self._positions[name] = position + end
            fact = fact_in(writer, line)
            # A disk may take a line and deny it: then it comes again. What was brought in later has a lower number.
            if fact is not None and fact.sequence not in sequences:
                sequences.add(fact.sequence)
                yield fact
        self._unread.pop(name, None)
        if unread:
            self._unread[name] = unread, is_begun(data[data.rfind(b"\n") + 1 :])


def read_facts(folder: RunFolder) -> list[Fact]:
    """All facts of a run in their order; torn and damaged lines are left out.

    Raises:
        OSError: a record file can't be read; a folder that is not there has no facts.
    """
    return RecordReader(folder).read()


def last_stamp(folder: RunFolder) -> int:
    """The clock of the last fact of a run, without decoding the others; 0 where there is none.

    Raises:
        OSError: a record file can't be read.
    """
    record = f"{folder.path}/record"
    lines = [each for name in _names(record) for each in rest(f"{record}/{name}", 0).split(b"\n")]
    for line in sorted(filter(None, lines), key=_stamp, reverse=True):
        for fact in read(line):  # none where it is damaged, or torn
            clock = fact.get("clock")
            return clock if isinstance(clock, int) else 0
    return 0


def _stamp(line: bytes) -> int:
    """The clock of a line as it is written here, which has that first."""
    digits = line[_CLOCK_AT:_CLOCK_TO].partition(b",")[0]
    return int(digits) if digits.isdigit() else 0


def writer_in(path: Path) -> Writer | None:
    """Who writes a file of a record; None where its first line was never written whole.

    Raises:
        OSError: the file can't be read.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    facts = (fact_in(path.stem, line) for line in read(head))
    return next(iter(read_writers_of(fact for fact in facts if fact is not None)), None)


def read_writers_of(facts: Iterable[Fact]) -> list[Writer]:
    """Every process that wrote one of `facts`."""
    return [
        Writer(**fact.fields)  # type: ignore[arg-type]  # a checked line that a Writer was written to
        for fact in facts
        if fact.kind == "writer"
    ]


_ENDING = ".jsonl"
_CLOCK_AT = len(b'00000000 {"clock":')
_CLOCK_TO = _CLOCK_AT + 24
_HEAD = 4096
"""Bytes that hold the first line of a record's file, which tells its writer."""


def _names(record: str) -> list[str]:
    """The files of a record; names alone, as many runs are read at once where paths would take half of the time."""
    try:
        return sorted(name for name in os.listdir(record) if name.endswith(_ENDING))
    except FileNotFoundError:
        return []
