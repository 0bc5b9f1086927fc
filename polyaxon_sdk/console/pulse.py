"""Whether those who empty a stream go on."""

from __future__ import annotations

import select
import signal
import sys
import termios
from fcntl import ioctl

from polyaxon_sdk.console.peer import Peer
from polyaxon_sdk.console.ring import Ring

__all__ = ["LOOK_EVERY", "Pulse", "waiting"]

LOOK_EVERY = 0.015
"""Seconds between two looks: two of them are well under the 50 ms that nobody may be held up for."""
_PATIENT_LOOKS = 1
"""Looks without progress in a row at which a process that is stopped is told to go on; at the next it is ended."""


class Pulse:
    """Watches the two processes behind a stream; each watches the other, so that this one is for both at once.

    Args:
        ring: what they share.
        source: where output comes from.
        target: where it goes to; None where it is only written down.
    """

    def __init__(self, ring: Ring, source: int, target: int | None) -> None:
        self._ring = ring
        self._source = source
        self._outlet = select.poll()
        if target is not None:
            self._outlet.register(target, select.POLLOUT)
        self._shows = target is not None
        self._seen = (0, 0)
        self._looks = 0

    @property
    def is_behind(self) -> bool:
        """Whether output waits to be shown."""
        ring = self._ring
        return waiting(self._source) > 0 or ring.is_reading or ring.shown < ring.head

    @property
    def is_held_up(self) -> bool:
        """Whether the place that output goes to takes none now, as a terminal that somebody stopped."""
        return self._shows and not self._outlet.poll(0)

    def look(self) -> None:
        """Let those go on who were stopped while output waits, and end those who still don't: others follow them.

        Who waits for a slow terminal, or for the processor, is left alone.
        """
        here = (self._ring.head, self._ring.shown)
        if here != self._seen or self.is_held_up:
            self._seen, self._looks = here, 0
            return
        stopped = [peer for peer in (self._ring.scribe, self._ring.mover) if peer.is_stopped]
        self._looks = self._looks + 1 if stopped else 0
        for peer in stopped:
            peer.tell(signal.SIGCONT if self._looks <= _PATIENT_LOOKS else signal.SIGKILL)

    @property
    def present(self) -> list[Peer]:
        """Those of the two who are there."""
        return [peer for peer in (self._ring.scribe, self._ring.mover) if not peer.is_gone]


def waiting(source: int) -> int:
    """How many bytes wait to be read; none of a source that is gone."""
    try:
        return int.from_bytes(ioctl(source, termios.FIONREAD, b"\0\0\0\0"), sys.byteorder)
    except OSError:
        return 0
