"""Writing output down, without its secrets."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from time import monotonic, sleep

from polyaxon_sdk.console.channel import SOURCE, WRITTEN, Channel
from polyaxon_sdk.console.peer import Peer
from polyaxon_sdk.console.ring import CAPTURING, OVER
from polyaxon_sdk.secrets.stream import MaskedStream

__all__ = ["Scribe"]

_PIECE = 1 << 14
"""Bytes that are written down at once: where the ring is full, a script waits for so many and no more."""
_LONGEST = 1 << 17
"""Bytes of a piece whose end is found nowhere nearer."""
_LOOK_EVERY = 0.05
_SETTLED = 0.5
"""Seconds after which an unfinished line is written down as far as it is harmless."""
_PATIENCE = 60.0
"""Seconds for which a full disk is tried again once the script is gone."""


class Scribe:
    """Appends what waits in the ring to the journal, and watches the process that fills it, its child."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._ring = channel.ring
        self._stream = MaskedStream(channel.masker)
        self._journal = -1
        self._moved_at = monotonic()
        self._told_lost = self._ring.lost

    def run(self, mover: int) -> bool:
        """Whether everything is written down; False where the process that fills the ring is gone before its time."""
        self._ring.scribe = Peer.this()
        while self._ring.stage == CAPTURING:
            if not self._write_some():
                _wait(_LOOK_EVERY)
            if _is_gone(mover) and self._ring.stage == CAPTURING:
                return False
        if self._ring.is_broken:
            os.close(SOURCE)  # now whoever prints learns of it
        self.write_rest()
        with suppress(OSError):  # of a child that is gone
            os.setpgid(mover, mover)  # what it still passes on is not the run's, and nobody waits for it
        self._ring.stage = OVER
        self._channel.tell(WRITTEN)
        return True

    def close(self) -> None:
        """Close the journal."""
        if self._journal >= 0:
            os.close(self._journal)

    def write_rest(self) -> None:
        """Write down what waits, as long as there is a place for it and the disk takes it within a minute."""
        deadline = monotonic() + _PATIENCE
        while self._ring.tail < self._ring.head and monotonic() < deadline and self._has_place():
            if not self._write_some(last=self._ring.head - self._ring.tail <= _LONGEST):
                sleep(_LOOK_EVERY)

    def _has_place(self) -> bool:
        return os.path.isdir(os.path.dirname(self._channel.journal))

    def _write_some(self, *, last: bool = False) -> bool:
        """Write down some of what waits; whether there was anything."""
        start = self._ring.tail
        idle = monotonic() - self._moved_at > _SETTLED
        text, taken = b"", 0
        for most in (_LONGEST,) if last else (_PIECE, _LONGEST):
            data = self._ring.unwritten(most)
            text, taken = self._stream.take(data, last=last, idle=idle)
            if taken or len(data) < most:
                break
        try:
            self._append(self._loss() + text)
        except (
            OSError
        ):  # a full or broken disk: what waits waits longer, and is given up where it gets too much
            return False
        if taken:
            self._ring.tail = start + taken
            self._moved_at = monotonic()
        return bool(taken)

    def _loss(self) -> bytes:
        lost, self._told_lost = self._ring.lost - self._told_lost, self._ring.lost
        return (
            b"\n[%d bytes of output are missing here: the disk of the run was too slow]\n" % lost
            if lost
            else b""
        )

    def _append(self, text: bytes) -> None:
        if self._journal < 0:
            how = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
            self._journal = os.open(self._channel.journal, how, 0o644)
        rest = memoryview(text)
        while rest:
            rest = rest[os.write(self._journal, rest) :]


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
