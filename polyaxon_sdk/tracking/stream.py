"""One captured stream of this process: stdout, stderr, or both where they go to the same place."""

from __future__ import annotations

import os
import select
import stat
import termios
from _thread import start_new_thread
from collections.abc import Callable, Sequence
from contextlib import suppress
from fcntl import F_GETFL, F_SETPIPE_SZ, fcntl
from threading import Event
from time import monotonic

from polyaxon_sdk.console.channel import BROKEN, DRAINED, Channel
from polyaxon_sdk.console.launch import Capture, Line, out_of_the_way
from polyaxon_sdk.console.peer import Peer
from polyaxon_sdk.console.pulse import LOOK_EVERY, Pulse
from polyaxon_sdk.console.ring import Ring

__all__ = ["FollowedStream", "MovedStream", "open_stream"]

_PATIENCE = 1.0
"""Seconds to wait at the end for a terminal that somebody stopped; it gets the rest later."""
_LONGEST_GOODBYE = 10.0
"""Seconds to wait at the end until all output is shown, and written down where nobody else does it any more."""
_CHUNK = 1 << 16
_PIPE = 1 << 20
"""Bytes that a pipe holds: the more, the seldomer a script that prints much waits until others have a processor."""
_QUIET = 50
"""Milliseconds without output in which nobody is in the middle of writing some."""
_JUST_WRITTEN = 2
"""Milliseconds after which what was written to a terminal's lower side is to be seen on the upper one."""


class FollowedStream:
    """A stream that goes to a file, which is read by another process; here nothing changes.

    Raises:
        OSError: the file can't be read.
    """

    def __init__(self, capture: Capture, descriptors: Sequence[int]) -> None:
        self._descriptor = descriptors[0]
        source = os.open(f"/proc/self/fd/{self._descriptor}", os.O_RDONLY | os.O_CLOEXEC)
        self._source = out_of_the_way(source)
        os.close(source)
        self._file = os.fstat(self._source)
        self._follower = Peer.none()
        self.line = Line(capture, self._source, None, start=_position(self._descriptor))

    @property
    def place(self) -> os.stat_result:
        """What the descriptors of the stream mean while it is captured."""
        return self._file

    def begin(self, pid: int) -> None:
        """The other process has the file."""
        self._follower = Peer.of(pid)
        self.line.is_started()
        os.close(self._source)

    def end(self) -> None:
        """Let what was printed so far be the end of it."""
        is_gone = self._follower.is_gone  # later on it ends
        with suppress(OSError):  # of a stream that the script closed, or of a reader that is gone
            if os.path.samestat(os.fstat(self._descriptor), self._file):
                os.write(self.line.control, b"%d" % os.fstat(self._descriptor).st_size)
        if not is_gone:
            self._follower.wake()  # somebody may have stopped it
        self.forget()

    def forget(self) -> None:
        """Let go of it, as a forked child does."""
        for each in (self.line.control, self.line.alive, self.line.memory):
            os.close(each)


class MovedStream:
    """A stream that goes through a terminal of its own, or a pipe, to where it went before.

    Another process moves it. Should that one and its deputy be gone, this one does, and what is printed from
    then on goes straight to where it went before.

    Args:
        capture: what is captured and how.
        descriptors: those of the stream.
        tell: takes what goes wrong.

    Raises:
        OSError: there are no descriptors or no processes any more.
    """

    def __init__(self, capture: Capture, descriptors: Sequence[int], tell: Callable[[str], None]) -> None:
        self._descriptors = descriptors
        self._tell = tell
        self._target = out_of_the_way(descriptors[0])
        self._guard, self._inlet = _passage(self._target)
        self._inlet_file = os.fstat(self._inlet)
        self.line = Line(capture, self._guard, self._target)
        self._ring = Ring(self.line.memory)
        self._pulse = Pulse(self._ring, self._guard, self._target)
        self._is_drained = Event()
        self._listeners = [self._guard, self.line.alive, self.line.memory]
        self._users = 2

    @property
    def place(self) -> os.stat_result:
        """What the descriptors of the stream mean while it is captured."""
        return self._inlet_file

    def begin(self, pid: int) -> None:
        """Send what is printed from now on through the other process."""
        self._ring.introduce(pid)
        self.line.is_started()
        for each in self._descriptors:
            os.dup2(self._inlet, each)
        os.close(self._inlet)
        start_new_thread(self._listen, ())  # threading's own waits until it is given the processor

    def end(self) -> None:
        """Send what is printed from now on straight to where it went before, behind all that was printed."""
        present = self._pulse.present  # later on they end
        self._restore()
        with suppress(OSError):  # they are gone, and all is said
            os.write(self.line.control, b".")
        if self._is_behind() or self._ring.scribe not in present:  # then another one follows it
            self._await_drained()
            present = self._pulse.present
        for each in present:
            each.wake()  # nobody looks after them any more, whether output waits or not
        os.close(self.line.control)
        self._leave_target()

    def _await_drained(self) -> None:
        """Wait until all is shown; the listener sees to those who do it, or does it."""
        deadline = monotonic() + _LONGEST_GOODBYE
        while not self._is_drained.wait(_PATIENCE):
            if self._pulse.is_held_up:
                return
            if monotonic() > deadline:
                self._tell(
                    "what was printed last is not shown or not kept yet: the processes that do it are slow"
                )
                return

    def forget(self) -> None:
        """Let go of all but the stream itself, as a forked child does.

        Were a child to hold the source, nobody would learn that a terminal or a pipe takes nothing more.
        """
        for each in (*self._listeners, self._target, self.line.control):
            os.close(each)

    def _leave_target(self) -> None:
        """Close it, where this is the last of the two who write to it: the script that ends, and its listener."""
        self._users -= 1
        if self._users == 0:
            os.close(self._target)

    def _restore(self) -> None:
        for each in self._descriptors:
            with suppress(OSError):  # of a stream that the script closed
                if os.path.samestat(os.fstat(each), self._inlet_file):
                    os.dup2(self._target, each)

    def _is_behind(self) -> bool:
        """Whether something that was printed is not shown yet."""
        if self._is_drained.is_set():
            return False
        if os.isatty(self._guard):
            poll = select.poll()
            poll.register(self._guard, select.POLLIN)
            poll.poll(_JUST_WRITTEN)
        return self._pulse.is_behind

    def _listen(self) -> None:
        """Hear what the other side tells, and take its place where it is gone."""
        while said := self._heard():
            if BROKEN in said or DRAINED in said:
                break
        else:
            self._take_over()
        self._is_drained.set()
        while self._listeners:
            os.close(self._listeners.pop())
        self._leave_target()

    def _heard(self) -> bytes:
        """What the other side tells next; nothing where it is gone. While output waits, it is looked after."""
        alive, quiet = select.poll(), select.poll()
        for poll, descriptor in ((alive, self.line.alive), (quiet, self.line.alive), (quiet, self._guard)):
            poll.register(descriptor, select.POLLIN)
        while True:
            ready = dict(quiet.poll())
            if self.line.alive in ready:
                return os.read(self.line.alive, 64)
            if not ready[self._guard] & select.POLLIN:
                quiet.unregister(self._guard)  # whoever could print closed it
            while self._pulse.is_behind:
                if alive.poll(1000 * LOOK_EVERY):
                    return os.read(self.line.alive, 64)
                self._pulse.look()

    def _take_over(self) -> None:
        """Show what they held and what is on its way, then what others print who have the stream, until nobody has.

        The script prints straight to where it did before from the first quiet moment on: at any other one, what it
        is just writing would come behind what it writes next.
        """
        ring = self._ring
        ring.settle()
        while (piece := ring.unshown()) and self._show(piece):
            ring.shown += len(piece)
        poll = select.poll()
        poll.register(self._guard, select.POLLIN)
        while (
            (room := len(ring.room()))
            and poll.poll(_QUIET)
            and (data := self._read(room))
            and self._show(data)
        ):
            ring.put(data)
        self._restore()
        self._write_down()
        self._tell("what is printed is no longer kept: the processes that did it are gone")
        self._is_drained.set()
        while (data := self._read(_CHUNK)) and self._show(data):
            pass

    def _write_down(self) -> None:
        """Write down what the other processes had not."""
        from polyaxon_sdk.console.scribe import Scribe  # with the next: only who lost both needs it
        from polyaxon_sdk.runs.masking import make_masker  # see above
        from polyaxon_sdk.settings import inherited  # see above

        capture = self.line.capture
        masker = make_masker(capture.names, capture.patterns, inherited({}))
        channel = Channel(self._ring, str(capture.journal), (capture.trainer, 0), masker, shows=True)
        scribe = Scribe(channel)
        if (lost := scribe.write_rest()) is not None:
            self._tell(lost)
        scribe.close()

    def _read(self, most: int) -> bytes:
        """A piece of what is printed; nothing at its end."""
        try:
            return os.read(self._guard, most)
        except OSError:  # how a terminal says that it is over
            return b""

    def _show(self, data: bytes | memoryview) -> bool:
        """Write a piece to where it belongs; whether that takes it."""
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(self._target, rest) :]
        except OSError:
            return False
        return True


def open_stream(
    capture: Capture, descriptors: Sequence[int], tell: Callable[[str], None], *, is_shared: bool = False
) -> FollowedStream | MovedStream:
    """Capture what goes to `descriptors`, which all mean the same place; others may print there too.

    Raises:
        OSError: it can't be captured; nothing has changed.
    """
    if stat.S_ISREG(os.fstat(descriptors[0]).st_mode) and not is_shared:
        return FollowedStream(capture, descriptors)
    return MovedStream(capture, descriptors, tell)


def _position(descriptor: int) -> int:
    """Where what is printed next goes in a file."""
    if fcntl(descriptor, F_GETFL) & os.O_APPEND:
        return os.fstat(descriptor).st_size
    return os.lseek(descriptor, 0, os.SEEK_CUR)


def _passage(target: int) -> tuple[int, int]:
    """Two ends, the second of which is a terminal where `target` is one, of the same kind and size."""
    if os.isatty(target):
        upper, lower = os.openpty()
        kind = termios.tcgetattr(target)
        kind[1] &= ~termios.OPOST  # the real one does it
        termios.tcsetattr(lower, termios.TCSANOW, kind)
        termios.tcsetwinsize(lower, termios.tcgetwinsize(target))
    else:
        upper, lower = os.pipe()
        with suppress(OSError):  # of a user who has many
            fcntl(lower, F_SETPIPE_SZ, _PIPE)
    try:
        return out_of_the_way(upper), out_of_the_way(lower)
    finally:
        os.close(upper)
        os.close(lower)
