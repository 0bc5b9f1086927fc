"""Moving output from a script to its terminal, at once, and to the process that writes it down."""

from __future__ import annotations

import os
import select
import signal
import termios
from contextlib import suppress
from errno import EAGAIN, EIO
from fcntl import ioctl
from time import monotonic, sleep

from polyaxon_sdk.console.channel import BROKEN, CONTROL, DRAINED, SOURCE, TARGET, Channel
from polyaxon_sdk.console.peer import Peer
from polyaxon_sdk.console.pulse import waiting
from polyaxon_sdk.console.ring import CAPTURING, CLOSED, OVER
from polyaxon_sdk.runs.writer import process_start

__all__ = ["Mover"]

_CHUNK = 1 << 16
_AT_ONCE = 1 << 12
"""Bytes that a terminal or a pipe which takes something takes without holding up who writes them."""
_AHEAD = 1 << 20
"""Bytes that are read before a slow terminal has taken them; who prints more waits for it, as ever."""
_FOREVER = None
_GLANCE = 0.2
"""Seconds between two looks at the size of the terminal and at the other processes."""
_STALL = 0.04
"""Seconds that output waits for the process that writes it down, unless that one is at work."""
_IDLE = 0.02
"""Seconds without output after which a script that is gone has nothing more to say."""
_JUST_WRITTEN = 0.002
"""Seconds after which what was written to a terminal's lower side is to be seen on the upper one; to a pipe, none."""
_LONGEST_GOODBYE = 1.0
_FLOOD = 1 << 14
"""Bytes on their way that tell of a script that prints faster than they are moved."""
_LOOK_EVERY = 20
"""Milliseconds between two looks at the process that writes the last of it down."""
_WINDOW = b"\0" * 8


class Mover:
    """Moves output until its source ends; it touches no disk, so that none can hold up the terminal.

    It watches the process that writes down, its parent: where that one is gone or stands still, `run` returns and
    this process takes its place.
    """

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._ring = channel.ring
        self._parent = os.getppid()
        self._poll = select.poll()
        self._poll.register(SOURCE, select.POLLIN)
        self._poll.register(CONTROL, select.POLLIN)
        self._latest = monotonic() + _LONGEST_GOODBYE
        self._outlet = select.poll()
        if channel.shows:
            self._outlet.register(TARGET, select.POLLOUT)
        self._glance_at = 0.0
        self._progress = (0, 0.0)
        self._window = _WINDOW
        self._is_terminal = channel.shows and os.isatty(TARGET) and os.isatty(SOURCE)
        self._patience = _IDLE if channel.ring.is_let_go else _GLANCE

    def run(self) -> bool:
        """Whether the source has ended; False where this process has to write down from now on."""
        if self._ring.stage != CAPTURING:
            self._ring.mover = Peer.this()
            return self._stay()
        self._ring.settle()
        self._ring.mover = Peer.this()
        while self._show():
            if self._glance():
                return False
            self._watch()
            ready = dict(self._poll.poll(1000 * self._patience))
            if CONTROL in ready:
                self._listen()
            if SOURCE in ready and not self._read():
                if not self._show(_FOREVER):
                    break
                return self._close()
            if self._ring.is_let_go and (not ready or monotonic() > self._latest):
                return self._pass_on()
        self._ring.set_broken()
        self._channel.tell(BROKEN)
        _leave_source()
        return self._close()

    def _read(self) -> bool:
        """Read some output into the ring; False where nobody holds the source open any more."""
        room = self._ring.room()
        if not room:
            self._show(_FOREVER)
            room = self._make_room()
        if (count := waiting(SOURCE)) >= _FLOOD:
            _go_at_once()
        try:
            self._ring.expect(min(len(room), count))
            count = os.readv(SOURCE, [room])
        except OSError as error:
            if error.errno == EIO:  # how a terminal says it
                return False
            raise
        self._ring.arrived(count)
        return count > 0

    def _listen(self) -> None:
        """Hear whether the script has left; it may also be gone, or be another one by now, which others tell."""
        self._poll.unregister(CONTROL)
        if os.read(CONTROL, 1):
            self._let_go(_JUST_WRITTEN if os.isatty(SOURCE) else 0.0)

    def _let_go(self, patience: float = _IDLE) -> None:
        self._ring.let_go()
        self._patience = patience
        self._latest = monotonic() + _LONGEST_GOODBYE

    def _pass_on(self) -> bool:
        """Keep nothing more: what others print who hold the source open goes to the terminal alone."""
        self._show(_FOREVER)
        return self._close()

    def _stay(self) -> bool:
        """Pass on what others print until they are gone, and all is written down; False where nobody does that."""
        source = select.poll()
        source.register(SOURCE, select.POLLIN)
        is_open = True
        while self._ring.stage != OVER:
            if os.getppid() != self._parent and self._ring.stage != OVER:
                return False
            if source.poll(_LOOK_EVERY) and is_open and not (is_open := self._pass_some()):
                source.unregister(SOURCE)
        while is_open:
            is_open = self._pass_some()
        return True

    def _pass_some(self) -> bool:
        """Show some of what others print; False at its end, and where it can't be shown any more."""
        try:
            data = os.read(SOURCE, _CHUNK)
        except OSError:  # it is gone
            return False
        rest = memoryview(data)
        while rest and self._channel.shows:
            if not (count := _write(rest)):
                _leave_source()
                return False
            rest = rest[count:]
        return bool(data)

    def _show(self, patience: int | None = 0) -> bool:
        """Write what is read to the terminal, as long as it takes some within so many milliseconds.

        Whether it takes any at all; what it doesn't take now waits.
        """
        while piece := self._ring.unshown():
            if self._channel.shows and not self._outlet.poll(patience):
                break
            count = _write(piece[:_AT_ONCE]) if self._channel.shows else len(piece)
            if not count:
                return False
            self._ring.shown += count
        return True

    def _watch(self) -> None:
        """Wait for the terminal where something is to be shown, and for more output unless that is much already."""
        ahead = self._ring.head - self._ring.shown
        self._poll.modify(SOURCE, select.POLLIN if ahead < _AHEAD else 0)
        if ahead:
            self._poll.register(TARGET, select.POLLOUT)
        elif self._channel.shows:
            with suppress(KeyError):
                self._poll.unregister(TARGET)

    def _close(self) -> bool:
        """Say that nothing more comes, and stay until all is written down; False where nobody does that."""
        if os.getppid() != self._parent:
            return False
        self._ring.stage = CLOSED
        self._channel.tell(DRAINED)
        self._wake_parent()
        return self._stay()

    def _glance(self) -> bool:
        """Look at the others, now and then; whether this process has to take its parent's place."""
        now = monotonic()
        if self._ring.tail < self._ring.head:
            self._stands_still(now)
        if now < self._glance_at:
            return False
        self._glance_at = now + _GLANCE
        if not self._ring.is_let_go and process_start(self._channel.trainer[0]) != self._channel.trainer[1]:
            self._let_go()
        if self._is_terminal:
            self._resize()
        return os.getppid() != self._parent

    def _stands_still(self, now: float) -> bool:
        """Whether nothing was written down for a while; a parent that somebody stopped goes on then."""
        if self._ring.tail != self._progress[0]:
            self._progress = self._ring.tail, now
        if stands_still := now - self._progress[1] > _STALL:
            self._wake_parent()
        return stands_still

    def _wake_parent(self) -> None:
        if os.getppid() == self._parent:
            os.kill(self._parent, signal.SIGCONT)

    def _make_room(self) -> memoryview:
        """Wait for room in the ring, and make it where none comes: by giving up what is not written down yet.

        A process that is at work and only slow is waited for: what prints too much is held up by that.
        """
        began = monotonic()
        while not (room := self._ring.room()):
            now = monotonic()
            if self._stands_still(now) and now - began > _STALL and not self._ring.scribe.is_working:
                self._ring.skip()
            else:
                sleep(0.001)
        return room

    def _resize(self) -> None:
        with suppress(OSError):  # of a terminal that is gone: writing to it will tell
            window = ioctl(TARGET, termios.TIOCGWINSZ, _WINDOW)
            if window != self._window:
                ioctl(SOURCE, termios.TIOCSWINSZ, window)
                self._window = window


def _leave_source() -> None:
    """Let who prints learn that nobody reads it any more; the number stays taken."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, SOURCE)
    os.close(nothing)


def _write(data: memoryview) -> int:
    """How many bytes the terminal took; 0 where it takes none any more."""
    while True:
        try:
            return os.write(TARGET, data)
        except OSError as error:
            if error.errno != EAGAIN:
                return 0
            select.select([], [TARGET], [])  # somebody made it non-blocking


def _go_at_once() -> None:
    """Be given the processor as soon as there is something to move: until then this process gave way to others."""
    if hasattr(os, "sched_setscheduler") and os.sched_getscheduler(0) == os.SCHED_BATCH:
        with suppress(OSError):  # a container may deny it
            os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))
