"""Lines of JSON in mapped memory: a store a line, no call into the kernel, and a kill takes none of them."""

from __future__ import annotations

import mmap
import os
from contextlib import suppress
from errno import EAGAIN
from threading import RLock
from typing import TYPE_CHECKING

from polyaxon_sdk.runs.mapping import map_zeros

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["WINDOW", "MappedLines"]

WINDOW = 1 << 18
"""Bytes of the file that are mapped at a time; once half of them are used the next ones are asked for."""


class MappedLines:
    """A file of checked lines that one process appends to, the end of which it has mapped; safe from several threads.

    What is allocated and not used yet are zeros, as is the rest of a window that the next line was too long for:
    `lines.settled` reads such a file, while it is written too. What `take` took outlives the process.

    >>> MappedLines(path).take(encode({"kind": "text"}))  # doctest: +SKIP
    """

    __slots__ = ("_end", "_full", "_growing", "_is_asked", "_is_taking", "_lock", "_spare", "_window", "path")

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = RLock()
        self._growing = RLock()  # another: who takes what fits waits for no disk
        self._window = _Window(bytearray())
        self._end: int | None = None  # of what was mapped; the file goes on where a disk denied the rest
        self._spare: _Window | None = None
        self._full: _Window | None = None
        self._is_taking = self._is_asked = False

    def take(self, line: bytes) -> bool:
        """Store a line where there is room for it; no disk is asked."""
        with self._lock:
            if self._is_taking:  # this is a signal's handler, and what it interrupts comes first
                return False
            self._is_taking = True
            try:
                if not self._has_room(len(line)):
                    return False
                self._window.store(line)
                return True
            finally:
                self._is_taking = False

    def write(self, line: bytes) -> None:
        """Store a line, in as much of the file as it takes.

        Raises:
            OSError: the disk is full or broken; nothing of the line is stored.
        """
        with self._growing:
            for _ in range(3):  # who takes what fits may have taken the room
                if self.take(line):
                    return
                self._give_up_spare()
                self._spare = self._allocated(len(line))
            if not self.take(line):
                raise OSError(EAGAIN, os.strerror(EAGAIN), str(self.path))

    def wants_room(self) -> bool:
        """Whether `make_room` is due; said once."""
        if self._is_asked or not self._window.is_scarce or self._spare is not None:
            return False
        self._is_asked = True
        return True

    def make_room(self) -> None:
        """Map what comes next, so that no line has to wait; where the disk is full, the next `write` tells it."""
        self._full = None
        try:
            with self._growing, suppress(OSError):
                if self._spare is None and self._window.is_scarce:
                    self._spare = self._allocated(0)
        finally:
            self._is_asked = False

    def close(self) -> None:
        """Give back the memory; a later `write` maps more. What the file has too much goes with it once it is drained:
        a disk that others keep busy takes milliseconds to shorten it."""
        with self._lock:
            self._window, self._spare, self._full = _Window(bytearray()), None, None

    def _give_up_spare(self) -> None:
        """Let the next window begin where the one that waits does, which is too short for the line to come."""
        with self._lock:
            if self._is_taking:  # what this interrupts may be about to fill it
                raise OSError(EAGAIN, os.strerror(EAGAIN), str(self.path))
            self._is_taking = True
            try:
                if self._spare is not None:
                    self._end, self._spare = self._spare.start, None
            finally:
                self._is_taking = False

    def _has_room(self, size: int) -> bool:
        if size <= self._window.left:
            return True
        if self._spare is None or size > self._spare.left:
            return False
        self._full = self._window  # given back by whoever may wait for a disk
        self._window, self._spare = self._spare, None
        return True

    def _allocated(self, size: int) -> _Window:
        """A window of the file, behind those before it."""
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            there = os.fstat(descriptor).st_size
            start = self._end if self._end is not None and there else _pages(there)
            self._end = start  # for another try: what is allocated and can't be mapped is taken then
            for length in (max(WINDOW, _pages(size)), _pages(max(1, size))):
                try:
                    os.posix_fallocate(descriptor, start, length)
                    break
                except OSError as error:  # a disk that is nearly full may have room for the line alone
                    denied = error
            else:
                raise denied
            window = _Window(map_zeros(descriptor, length, start=start), start)
            self._end = start + length
            return window
        finally:
            os.close(descriptor)


class _Window:
    """A part of the file that is mapped, filled from its start, which is at `start` in the file."""

    __slots__ = ("_end", "_memory", "start")

    def __init__(self, memory: mmap.mmap | bytearray, start: int = 0) -> None:
        self.start = start
        self._memory = memory
        self._end = 0

    @property
    def left(self) -> int:
        return len(self._memory) - self._end

    @property
    def is_scarce(self) -> bool:
        """Whether the next one should be there soon; behind a closed one comes none."""
        return bool(self._memory) and self.left < WINDOW // 2

    def store(self, line: bytes) -> None:
        place, self._end = self._end, self._end + len(line)  # first: what is torn is never written over
        self._memory[place : self._end] = line


def _pages(size: int) -> int:
    return -(-size // mmap.ALLOCATIONGRANULARITY) * mmap.ALLOCATIONGRANULARITY
