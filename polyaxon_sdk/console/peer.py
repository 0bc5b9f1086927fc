"""Another process of the same console."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from typing import NamedTuple

from polyaxon_sdk.runs.writer import process_start

__all__ = ["Peer"]


class Peer(NamedTuple):
    """A process of this machine, told apart from a later one of the same number.

    Attributes:
        pid: its number; 0 for none.
        start: when it started, in clock ticks since boot.
    """

    pid: int
    start: int

    @classmethod
    def this(cls) -> Peer:
        """The process that calls."""
        return cls.of(os.getpid())

    @classmethod
    def none(cls) -> Peer:
        """No process."""
        return cls(0, 0)

    @classmethod
    def of(cls, pid: int) -> Peer:
        """The process that has this number now."""
        return cls(pid, process_start(pid) or 0)

    @property
    def is_gone(self) -> bool:
        """Whether it was there and is no more."""
        return self.pid != 0 and process_start(self.pid) != self.start

    @property
    def is_stopped(self) -> bool:
        """Whether somebody stopped it, as by SIGSTOP or with a debugger."""
        return self._state() in {"T", "t"}

    @property
    def is_working(self) -> bool:
        """Whether it is using a processor, or would if it got one."""
        return self._state() == "R"

    def tell(self, number: signal.Signals) -> None:
        """Send it a signal, where it is there."""
        if not self.is_gone:
            self._send(number)

    def wake(self) -> None:
        """Let it go on where somebody stopped it; it was seen just before this.

        Who looks at a process while it ends may be given its memory to take down: milliseconds.
        """
        self._send(signal.SIGCONT)

    def _send(self, number: signal.Signals) -> None:
        if self.pid:
            with suppress(OSError):  # it is gone by now
                os.kill(self.pid, number)

    def _state(self) -> str:
        try:
            with open(f"/proc/{self.pid}/stat", encoding="utf-8", errors="replace") as file:
                return file.read().rpartition(")")[2].split()[0]
        except OSError:
            return ""
