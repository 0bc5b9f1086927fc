"""Writing down what a script prints into a file: the file is read, and its writer left alone."""

from __future__ import annotations

import os
import select
from contextlib import suppress
from time import monotonic

from polyaxon_sdk.console.channel import CONTROL, SOURCE, Channel
from polyaxon_sdk.runs.writer import process_start
from polyaxon_sdk.secrets.stream import MaskedStream

__all__ = ["Follower"]

_BATCH = 1 << 18
_LOOK_EVERY = 0.1
_GLANCE = 0.2
_SETTLED = 0.5


class Follower:
    """Appends to the journal what grows in a file, until the script has left or is gone.

    How far it is, is kept in `ring.tail`, so that another one can go on.
    """

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._ring = channel.ring
        self._stream = MaskedStream(channel.masker)
        self._journal = os.open(channel.journal, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
        self._moved_at = monotonic()
        self._glance_at = 0.0
        self._control = [CONTROL]

    def run(self) -> None:
        """Write down until the end."""
        end, moved = (
            None,
            True,
        )  # first of all it looks for the end: what is printed behind it is no longer the run's
        while end is None:
            end = self._said_end(0 if moved else _LOOK_EVERY)
            if end is None and self._is_left():
                end = os.fstat(SOURCE).st_size
            moved = end is None and self._write_some(_BATCH)
        while self._ring.tail < end:
            if not self._write_some(end - self._ring.tail, last=True):
                return
        os.close(self._journal)

    def _write_some(self, most: int, *, last: bool = False) -> bool:
        """Write down some of what the file has more than before; whether there was anything."""
        self._begin_anew_where_cut()
        data = os.pread(SOURCE, min(most, _BATCH), self._ring.tail)
        idle = monotonic() - self._moved_at > _SETTLED
        text, taken = self._stream.take(data, last=last and most <= _BATCH, idle=idle)
        with suppress(OSError):  # a full or broken disk: the file stays where it is, and is read again
            while text:
                text = text[os.write(self._journal, text) :]
            if taken:
                self._ring.tail += taken
                self._moved_at = monotonic()
                return True
        return False

    def _begin_anew_where_cut(self) -> None:
        """Somebody may cut the file off, as those do who rotate it."""
        if os.fstat(SOURCE).st_size < self._ring.tail:
            self._ring.tail = 0

    def _is_left(self) -> bool:
        if monotonic() < self._glance_at:
            return False
        self._glance_at = monotonic() + _GLANCE
        return process_start(self._channel.trainer[0]) != self._channel.trainer[1]

    def _said_end(self, seconds: float) -> int | None:
        """How far the file belongs to the script, where it says so within `seconds`."""
        ready, _, _ = select.select(self._control, [], [], seconds)
        if not ready:
            return None
        said = os.read(CONTROL, 64)
        self._control.clear()  # it says nothing more
        return int(said) if said.isdigit() else None
