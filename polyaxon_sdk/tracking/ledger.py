"""What a process logs in lines: in mapped memory once the call returns, whatever the disk does with the rest."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import RLock

from polyaxon_sdk.runs.courier import Courier
from polyaxon_sdk.runs.eventlines import EventJournal
from polyaxon_sdk.runs.record import RecordWriter
from polyaxon_sdk.tracking.outbox import Outbox
from polyaxon_sdk.types import Json

__all__ = ["Ledger"]

_AT_FIRST = 10.0
"""Seconds that the first call of a forked child waits for the disk, as `init` does: it has no memory mapped yet."""


class Ledger:
    """Keeps events and facts in order.

    A line is stored in memory that a journal has mapped, and so outlives the process at once; where none is, or less
    than the line is long, it waits for the disk, and those after it wait behind it. A fact is written to the record
    too, where readers find it; of a process that dies first, `runs.unrecorded` brings it there.

    Args:
        record: takes facts.
        events: takes events, and each fact before the record does.
        facts: what waits to be written to the record.
        lines: what waits to be written to the journal, as it found no memory.
        courier: does their file work.

    Attributes:
        lost: how many facts found no memory, and too much waiting for the disk.
    """

    def __init__(
        self, record: RecordWriter, events: EventJournal, *, facts: Outbox, lines: Outbox, courier: Courier
    ) -> None:
        self._record = record
        self._events = events
        self._facts = facts
        self._lines = lines
        self._courier = courier
        self.restart()
        self.prepare()

    def restart(self) -> None:
        """Go on in a forked child: memory is mapped with the first line, as many children log nothing."""
        self._is_prepared = False
        self._turn = RLock()  # re-entrant: a signal's handler may log in the middle of a log call
        self._is_numbering = False
        self._told: deque[tuple[str, dict[str, Json], Callable[[str], None]]] = deque()
        self.lost = 0

    def prepare(self) -> None:
        """Map the memory; where the disk denies it, that is told where something is to be written."""
        self._is_prepared = True
        with suppress(OSError):
            self._events.prepare()

    def note(self, kind: str, fields: dict[str, Json], trouble: Callable[[str], None]) -> None:
        """Keep a fact; `trouble` is told why one is left out."""
        self._told.append((kind, fields, trouble))
        with self._turn:
            self._number()
        self._facts.send()

    def log(self, line: bytes) -> bool:
        """Keep a line of the journal; whether it outlives the process by now."""
        is_taken = not self._lines and self._take(line)
        return is_taken or self._lines.put(partial(self._events.write, line), len(line))

    def _number(self) -> None:
        """Give what was told its numbers, in the order in which it will be written."""
        if self._is_numbering:  # this is a signal's handler, and what it interrupts goes on with it
            return
        self._is_numbering = True
        try:
            while self._told:
                kind, fields, trouble = self._told.popleft()
                try:
                    fact = self._record.prepare(kind, **fields)
                except (TypeError, ValueError) as error:
                    trouble(f"{kind} is left out: {error}")
                    continue
                is_taken = self._take(fact.line)
                is_kept = self._facts.add(partial(self._record.write, fact), len(fact.line)) or is_taken
                if not is_kept and kind != "problem":  # which was told on stderr
                    self.lost += 1
                    trouble(f"{kind} is left out: the disk takes nothing, and too much waits for it already")
        finally:
            self._is_numbering = False

    def _take(self, line: bytes) -> bool:
        if not self._is_prepared:
            self._courier.do(self.prepare, _AT_FIRST)
        is_taken = self._events.take(line)
        if self._events.wants_room():
            self._courier.post(self._events.make_room)
        return is_taken
