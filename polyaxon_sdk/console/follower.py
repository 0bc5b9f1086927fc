"""Writing down what a script prints into a file: the file is read, and its writer left alone."""

from __future__ import annotations

import os
import select
from time import monotonic

from polyaxon_sdk.console.channel import CONTROL, SOURCE, Channel
from polyaxon_sdk.console.journal_end import JournalEnd
from polyaxon_sdk.console.loss import tell_loss
from polyaxon_sdk.runs.writer import process_start

__all__ = ["Follower"]

_BATCH = 1 << 18
_LOOK_EVERY = 0.1
_GLANCE = 0.2


class Follower:
    """Appends to the journal what grows in a file, until the script has left or is gone.

    How far it is, is kept in the ring, so that another one can go on.
    """

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._ring = channel.ring
        self._end = JournalEnd(channel, self._read)
        self._glance_at = 0.0
        self._control = [CONTROL]

    def run(self) -> None:
        """Write down until the end."""
        end = self._said_end(0)  # what is printed behind it is no longer the run's
        while end is None:
            self._begin_anew_where_cut()
            moved = self._end.write_some(_BATCH)
            end = self._said_end(0 if moved else _LOOK_EVERY)
            if end is None and self._is_left():
                end = self._size()
        tell_loss(self._channel, self._end, self._end.write_rest(_BATCH, lambda: min(end, self._size())))
        self._end.close()

    def _read(self, most: int) -> bytes:
        return os.pread(SOURCE, most, self._ring.tail)

    def _size(self) -> int:
        self._begin_anew_where_cut()
        return os.fstat(SOURCE).st_size

    def _begin_anew_where_cut(self) -> None:
        """Somebody may cut the file off, as those do who rotate it."""
        if os.fstat(SOURCE).st_size < self._ring.tail:
            self._ring.piece = None
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
