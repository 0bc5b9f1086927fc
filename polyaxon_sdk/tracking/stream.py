"""One captured stream of this process: stdout, stderr, or both where they go to the same place."""

from __future__ import annotations

import os
import select
import stat
import termios
from _thread import start_new_thread
from collections.abc import Sequence
from contextlib import suppress
from threading import Event

from polyaxon_sdk.console.channel import BROKEN, DRAINED, HELLO
from polyaxon_sdk.console.launch import Capture, Line, out_of_the_way

__all__ = ["FollowedStream", "MovedStream", "open_stream"]

_PATIENCE = 1.0
"""Seconds to wait at the end until all output is shown; a terminal that somebody stopped gets it later."""
_CHUNK = 1 << 16
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
        self.line = Line(capture, self._source, None, start=_position(self._descriptor))

    def begin(self) -> None:
        """The other process has the file."""
        self.line.is_started()
        os.close(self._source)

    def end(self) -> None:
        """Let what was printed so far be the end of it."""
        with suppress(OSError):  # of a stream that the script closed, or of a reader that is gone
            if os.path.samestat(os.fstat(self._descriptor), self._file):
                os.write(self.line.control, b"%d" % os.fstat(self._descriptor).st_size)
        self.forget()

    def forget(self) -> None:
        """Let go of it, as a forked child does."""
        os.close(self.line.control)
        os.close(self.line.alive)


class MovedStream:
    """A stream that goes through a terminal of its own, or a pipe, to where it went before.

    Another process moves it. Should that one and its deputy be gone, this one does, and what is printed from
    then on goes straight to where it went before.

    Raises:
        OSError: there are no descriptors or no processes any more.
    """

    def __init__(self, capture: Capture, descriptors: Sequence[int]) -> None:
        self._descriptors = descriptors
        self._target = out_of_the_way(descriptors[0])
        self._guard, self._inlet = _passage(self._target)
        self._inlet_file = os.fstat(self._inlet)
        self.line = Line(capture, self._guard, self._target)
        self._is_up, self._is_drained = Event(), Event()

    def begin(self) -> None:
        """Send what is printed from now on through the other process."""
        self.line.is_started()
        for each in self._descriptors:
            os.dup2(self._inlet, each)
        os.close(self._inlet)
        start_new_thread(self._listen, ())  # threading's own waits until it is given the processor

    def end(self) -> None:
        """Send what is printed from now on straight to where it went before, behind all that was printed."""
        self._restore()
        if self._is_up.is_set() or self._has_output():
            with suppress(OSError):  # they are gone, and all is said
                os.write(self.line.control, b".")
            self._is_drained.wait(_PATIENCE)
        os.close(self.line.control)

    def forget(self) -> None:
        """Let go of all but the stream itself, as a forked child does.

        Were a child to hold the source, nobody would learn that a terminal or a pipe takes nothing more.
        """
        for each in (self._guard, self._target, self.line.control, self.line.alive):
            with suppress(OSError):
                os.close(each)

    def _restore(self) -> None:
        for each in self._descriptors:
            with suppress(OSError):  # of a stream that the script closed
                if os.path.samestat(os.fstat(each), self._inlet_file):
                    os.dup2(self._target, each)

    def _has_output(self) -> bool:
        poll = select.poll()
        poll.register(self._guard, select.POLLIN)
        return any(event & select.POLLIN for _, event in poll.poll(_JUST_WRITTEN))

    def _listen(self) -> None:
        """Hear what the other side tells, and take its place where it is gone."""
        while said := os.read(self.line.alive, 64):
            if HELLO in said:
                self._is_up.set()
            if BROKEN in said or DRAINED in said:
                break
        else:
            self._take_over()
        self._is_drained.set()
        os.close(self._guard)
        os.close(self.line.alive)

    def _take_over(self) -> None:
        """Move what is on its way, then what whoever else holds the stream prints, until nobody does."""
        poll = select.poll()
        poll.register(self._guard, select.POLLIN)
        while poll.poll(0) and self._move():
            pass
        self._restore()
        while self._move():
            pass

    def _move(self) -> bool:
        """Move a piece; whether there may be more."""
        try:
            rest = memoryview(os.read(self._guard, _CHUNK))
            is_open = len(rest) > 0
            while rest:
                rest = rest[os.write(self._target, rest) :]
        except OSError:  # how a terminal says that it is over
            return False
        return is_open


def open_stream(capture: Capture, descriptors: Sequence[int]) -> FollowedStream | MovedStream:
    """Capture what goes to `descriptors`, which all mean the same place.

    Raises:
        OSError: it can't be captured; nothing has changed.
    """
    if stat.S_ISREG(os.fstat(descriptors[0]).st_mode):
        return FollowedStream(capture, descriptors)
    return MovedStream(capture, descriptors)


def _position(descriptor: int) -> int:
    """Where what is printed next goes in a file."""
    import fcntl  # with console.launch anyway; named here beside its constants

    if fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_APPEND:
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
    try:
        return out_of_the_way(upper), out_of_the_way(lower)
    finally:
        os.close(upper)
        os.close(lower)
