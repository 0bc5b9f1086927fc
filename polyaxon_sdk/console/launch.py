"""Starting the processes behind one captured stream."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from fcntl import F_DUPFD_CLOEXEC, fcntl
from pathlib import Path

from polyaxon_sdk.runs.detached import Program
from polyaxon_sdk.runs.writer import process_start

__all__ = ["DESCRIPTORS", "FIRST", "Capture", "Line", "out_of_the_way"]

FIRST, DESCRIPTORS = 3, 5
"""A program finds its descriptors from this number on, so many of them."""
_LOWEST = 100
"""Descriptors of ours are numbered from here, out of the way of those that a script or a shell numbers itself."""


class Capture:
    """What is to be captured, and how.

    Args:
        journal: the file that gets the output without its secrets.
        names: more names of secrets.
        patterns: more patterns of secrets.
        trainer: the process whose output it is; the capture ends with it.
    """

    def __init__(self, journal: Path, names: Sequence[str], patterns: Sequence[str], trainer: int) -> None:
        self.journal = journal
        self.names = names
        self.patterns = patterns
        self.trainer = trainer


class Line:
    """A stream about to be captured: the program that does it, and this side's ends of what joins the two.

    Args:
        capture: what is captured and how.
        source: the reading end of a pipe, the upper side of a terminal, or a file.
        target: what the output goes to besides; None for nothing.
        start: where the output begins in a file, which is followed and not moved.
        memory: where output waits that processes left which are gone; None for the first of a stream.

    Raises:
        OSError: there are no descriptors or no memory any more.

    Attributes:
        control: closing it, or writing to it, says that the script has left.
        alive: what the other side tells; its end tells that it is gone.
        memory: where output waits; it stays open for who starts anew.
    """

    def __init__(
        self,
        capture: Capture,
        source: int,
        target: int | None,
        *,
        start: int | None = None,
        memory: int | None = None,
    ) -> None:
        self.capture = capture
        self._start = start
        self._shows = target is not None
        self._heard, self.control = _pipe()
        self.alive, self._told = _pipe()
        self.memory = _memory() if memory is None else memory
        self._ends = (source, self._heard if target is None else target, self._heard, self._told, self.memory)

    def program(self, first: int) -> Program:
        """What is to be started; it finds its descriptors from number `first` on."""
        # Nothing of site-packages is needed, and looking for it takes longer than all the rest.
        return Program("polyaxon_sdk.console", (json.dumps(self.words(first)),), ("-S",))

    def words(self, first: int) -> dict[str, object]:
        """What it is told."""
        return {
            "descriptors": first,
            "journal": os.path.abspath(self.capture.journal),
            "names": [*self.capture.names],
            "patterns": [*self.capture.patterns],
            "trainer": [self.capture.trainer, process_start(self.capture.trainer) or 0],
            "shows": self._shows,
            "start": self._start,
        }

    def descriptors(self, first: int) -> dict[int, int]:
        """The descriptors of this process by the number that the program has them under."""
        return {first + number: end for number, end in enumerate(self._ends)}

    def is_started(self) -> None:
        """Close what is the program's alone."""
        os.close(self._heard)
        os.close(self._told)


def out_of_the_way(descriptor: int) -> int:
    """A duplicate of a descriptor with a high number, which children that execute a program don't get.

    Raises:
        OSError: there are too many.
    """
    with suppress(OSError):  # of a limit that is lower
        return fcntl(descriptor, F_DUPFD_CLOEXEC, _LOWEST)
    return fcntl(descriptor, F_DUPFD_CLOEXEC, 2 * DESCRIPTORS + FIRST)


def _memory() -> int:
    low = os.memfd_create("console")
    try:
        return out_of_the_way(low)
    finally:
        os.close(low)


def _pipe() -> tuple[int, int]:
    low = os.pipe()
    try:
        return out_of_the_way(low[0]), out_of_the_way(low[1])
    finally:
        os.close(low[0])
        os.close(low[1])
