"""How a process ended: as people are told, and as it is left for them where nobody waits for it any more."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, Self

__all__ = ["LEFT", "Exit", "Left", "leave", "read_left"]

LEFT = ".exit"
"""The ending of the file beside a replica's output that tells how it ended."""


class Exit(NamedTuple):
    """How a task ended: by an exit code, or by the signal that killed it; of several, by which replica's.

    Neither of them where nobody knows: what had started it, and waited for it, was killed.

    Attributes:
        code: the exit code.
        signal: the signal.
        replica: the one of several that says how the run ended.
        strays: how many processes it left behind that had to be ended.
    """

    code: int | None = None
    signal: int | None = None
    replica: str = ""
    strays: int = 0

    @classmethod
    def of(cls, number: int | None, *, strays: int = 0) -> Self:
        """Of the exit code, or minus the signal; None where that isn't known.

        >>> str(Exit.of(-9))
        'killed by SIGKILL'
        """
        if number is None or number >= 0:
            return cls(number, strays=strays)
        return cls(signal=-number, strays=strays)

    @property
    def succeeded(self) -> bool:
        """Whether it ended by itself with code 0."""
        return self.code == 0

    @property
    def fatal(self) -> int | None:
        """The signal that killed it, or a program of it whose end the shell passed on as an exit code."""
        if self.signal is not None:
            return self.signal
        passed_on = (self.code or 0) - _PASSED_ON
        return passed_on if passed_on in _FATAL else None

    @property
    def reason(self) -> str:
        """The reason of the status `failed` that it stands for."""
        return "Signal" if self.signal else "ProcessGone" if self.code is None else "ExitCode"

    def __str__(self) -> str:
        if self.signal is not None:
            told = f"killed by {_name(self.signal)}"
        elif self.code is None:
            told = "how its process ended is not known: what waited for it was killed"
        else:
            told = f"exit code {self.code}" + (f" ({_name(self.fatal)})" if self.fatal else "")
        return f"{self.replica}: {told}" if self.replica else told


_PASSED_ON = 128
"""What shells add to the number of a signal."""

_FATAL = frozenset(range(1, 32))


def _name(number: int) -> str:
    """The name of a signal; Python names only the first and the last of the real-time ones."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


class Left(NamedTuple):
    """What is left of a process whose runner may be gone.

    Attributes:
        pid, start: the process, and when it started; 0 where that is not known.
        exit: how it ended; None while it goes on.
    """

    pid: int
    start: int
    exit: Exit | None = None

    def is_of(self, pid: int, start: int) -> bool:
        """Whether it is of this process."""
        return self.pid == pid and (self.start == start or not (self.start and start))


def leave(path: str, *numbers: int) -> None:
    """Leave that a process began, or how it ended.

    Args:
        path: the file.
        numbers: its pid, when it started, and, once it has ended, its exit code, or minus the signal.
    """
    with suppress(OSError):  # its folder is gone, or the disk is full: then it is not known
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o644)
        try:
            os.write(file, b"%s\n" % b" ".join(b"%d" % each for each in numbers))
        finally:
            os.close(file)


def read_left(path: Path) -> Left | None:
    """What was left of a process; None where nothing was.

    >>> read_left(Path("/nowhere/main.exit")) is None
    True
    """
    try:
        pid, start, *ended = (int(word) for word in path.read_bytes().split())
    except (OSError, ValueError):
        return None
    return Left(pid, start, Exit.of(ended[0]) if ended else None)
