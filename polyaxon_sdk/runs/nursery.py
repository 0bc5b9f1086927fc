"""A process that others are forked from: what it has imported, they need not import."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
from _signal import signal as set_handler  # type: ignore[import-not-found]  # it makes no enumerations
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from struct import Struct
from typing import Any, NamedTuple

__all__ = ["LINE", "NUMBER", "Birth", "Nursery", "ask", "pair", "serve"]

LINE = 3
"""Where a program that is a nursery finds its end of the line."""

NUMBER = Struct("i")
"""What is answered: first the pid of the process, in the end its exit code, or minus the signal that ended it."""

_CHILD, _DEFAULT = int(signal.SIGCHLD), int(signal.SIG_DFL)
_LARGEST = 1 << 20
_MOST_DESCRIPTORS = 32


class Birth(NamedTuple):
    """What a forked process is for.

    Attributes:
        document: what was asked for.
        descriptors: those that came with it.
        reply: the one that gets its exit code, which it may tell itself; -1 before it is forked.
    """

    document: dict[str, Any]  # JSON that `ask` was given
    descriptors: list[int]
    reply: int = -1


def pair() -> tuple[socket.socket, socket.socket]:
    """The two ends of the line between those who ask and a nursery."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    for each in (ours, theirs):
        each.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _LARGEST)
    return ours, theirs


def ask(line: socket.socket, document: Mapping[str, object], descriptors: Sequence[int]) -> int:
    """Have a process forked; the descriptor that its pid is read from, and later how it ended.

    The process keeps its number until the descriptor is closed.

    Raises:
        OSError: the nursery is gone, or asked for too much.
    """
    answers, reply = os.pipe()
    try:
        socket.send_fds(line, [json.dumps(document).encode("ascii")], [reply, *descriptors])
    except OSError:
        os.close(answers)
        raise
    finally:
        os.close(reply)
    return answers


def serve(line: socket.socket) -> Birth | None:
    """Fork a process for each that is asked for: returns in those, and in this one, with None, when nobody asks more.

    Args:
        line: where it is asked.
    """
    return Nursery(line).serve()


class Nursery:
    """The process that forks; one that has a reason to can hold back what it is asked for.

    Args:
        line: where it is asked.

    Attributes:
        poll: what it waits for.
    """

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._replies: dict[int, int] = {}
        self._over: dict[int, int] = {}
        self._woken, self._waker = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(self._waker, warn_on_full_buffer=False)
        self.poll = select.poll()
        self.poll.register(self._woken, select.POLLIN)
        self.poll.register(line, select.POLLIN)

    def serve(self) -> Birth | None:
        """Fork: returns in those that are forked, and in this one, with None, when nobody asks more."""
        while (birth := self.next()) is not None:
            if (child := self._bear(birth)) is not None:
                return child
        return None

    def next(self) -> Birth | None:
        """What is asked for next; None where nobody asks any more."""
        while True:
            ready = self._awaited()
            if (due := self.due(ready)) is not None:
                return due
            if self._line.fileno() not in ready:
                continue
            data, found, _, _ = socket.recv_fds(self._line, _LARGEST, _MOST_DESCRIPTORS)
            if not data:
                return self.left()
            if not self.holds(birth := Birth(json.loads(data), found)):
                return birth

    def wait(self) -> None:
        """Wait until all that were forked have ended, where nobody asks any more."""
        self.poll.unregister(self._line)
        while self._replies:
            self._awaited()

    def _awaited(self) -> dict[int, int]:
        """What the poll told of, once it told anything and those that ended are seen to."""
        ready = dict(self.poll.poll())
        self._forget(ready)
        if self._woken in ready:
            with suppress(BlockingIOError):
                os.read(self._woken, 1 << 10)
            self._reap()
        return ready

    def holds(self, birth: Birth) -> bool:
        """Whether a process that is asked for comes later, where something asks for it then."""
        del birth
        return False

    def due(self, ready: Mapping[int, int]) -> Birth | None:
        """What was held and is due now.

        Args:
            ready: the descriptors of which the poll told something, each with what it told.
        """
        del ready
        return None

    def left(self) -> Birth | None:
        """What is held when nobody asks any more."""
        return None

    def foresee(self, birth: Birth) -> None:
        """Do what costs less here than in the process that is about to be forked, which copies all that it looks at."""

    def adopt(self, pid: int, reply: int) -> None:
        """Tell the pid of a child of this process that was not forked here, and later how it ended."""
        self._replies[pid] = reply
        _tell(reply, pid)

    def born(self, pid: int, birth: Birth) -> None:
        """Take note of a process that was forked."""

    def ended(self, pid: int, number: int) -> None:
        """Take note of how a process ended, before anybody else learns it; it has its number still."""

    def _bear(self, birth: Birth) -> Birth | None:
        """Fork; what the process is for, in that process."""
        reply, *descriptors = birth.descriptors
        self.foresee(birth)
        pid = os.fork()
        if pid == 0:
            _tell(reply, os.getpid())  # by itself: it may be over before the other one goes on
            self._leave()
            return Birth(birth.document, descriptors, reply)
        for each in descriptors:
            os.close(each)
        self._replies[pid] = reply
        self.born(pid, birth)
        return None

    def _leave(self) -> None:
        """Be a process like any other."""
        signal.set_wakeup_fd(-1)
        set_handler(_CHILD, _DEFAULT)
        for each in (self._line.detach(), self._woken, self._waker, *self._replies.values(), *self._over):
            os.close(each)

    def _reap(self) -> None:
        """Tell how those ended that did."""
        for pid, reply in [*self._replies.items()]:
            ended = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            if ended is not None:
                number = ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status
                self.ended(pid, number)
                _tell(reply, number)
                del self._replies[pid]
                self._over[reply] = pid
                self.poll.register(reply, 0)  # only whether nobody reads it any more

    def _forget(self, ready: Collection[int]) -> None:
        """Take leave of those of whom nobody wants to know any more."""
        for reply in self._over.keys() & ready:
            self.poll.unregister(reply)
            os.close(reply)
            os.waitpid(self._over.pop(reply), 0)


def _tell(reply: int, number: int) -> None:
    with suppress(BrokenPipeError):  # nobody wants to know any more
        os.write(reply, NUMBER.pack(number))
