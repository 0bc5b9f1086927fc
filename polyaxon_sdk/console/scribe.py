"""Writing output down, without its secrets."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from time import sleep

from polyaxon_sdk.console.channel import SOURCE, WRITTEN, Channel
from polyaxon_sdk.console.journal_end import JournalEnd
from polyaxon_sdk.console.loss import loss, tell_loss
from polyaxon_sdk.console.peer import Peer
from polyaxon_sdk.console.ring import CAPTURING, OVER

__all__ = ["Scribe"]

_PIECE = 1 << 14
"""Bytes that are written down at once: where the ring is full, a script waits for so many and no more."""
_LONGEST = 1 << 17
"""Bytes of a piece whose end is found nowhere nearer."""
_LOOK_EVERY = 0.05


class Scribe:
    """Appends what waits in the ring to the journal, and watches the process that fills it, its child."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._ring = channel.ring
        self._end = JournalEnd(channel, self._ring.unwritten)

    def run(self, mover: int) -> bool:
        """Whether everything is written down; False where the process that fills the ring is gone before its time."""
        self._ring.scribe = Peer.this()
        while self._ring.stage == CAPTURING:
            if not self._end.write_some(_PIECE, _LONGEST):
                _wait(_LOOK_EVERY)
            if _is_gone(mover) and self._ring.stage == CAPTURING:
                return False
        if self._ring.is_broken:
            os.close(SOURCE)  # now whoever prints learns of it
        count = self._write_rest()
        with suppress(OSError):  # of a child that is gone
            os.setpgid(mover, mover)  # what it still passes on is not the run's, and nobody waits for it
        self._ring.stage = OVER
        self._channel.tell(WRITTEN)
        tell_loss(self._channel, self._end, count)
        return True

    def close(self) -> None:
        """Close the journal."""
        self._end.close()

    def write_rest(self) -> str | None:
        """Write down what waits, as long as there is a place for it and the disk takes it within a minute; what the
        run is to be told where some of it is given up."""
        count = self._write_rest()
        return loss(count, self._end.error) if count else None

    def _write_rest(self) -> int:
        return self._end.write_rest(_LONGEST, lambda: self._ring.head)


def _wait(seconds: float) -> None:
    """Wait, or less long where a child changes its state."""
    if hasattr(signal, "sigtimedwait"):
        signal.sigtimedwait({signal.SIGCHLD}, seconds)
    else:
        sleep(seconds)


def _is_gone(mover: int) -> bool:
    """Whether the child is gone; one that somebody stopped goes on."""
    try:
        pid, status = os.waitpid(mover, os.WNOHANG | os.WUNTRACED)
    except ChildProcessError:
        return True
    if pid and os.WIFSTOPPED(status):
        os.kill(mover, signal.SIGCONT)
        return False
    return bool(pid)
