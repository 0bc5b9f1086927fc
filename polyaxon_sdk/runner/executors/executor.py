"""What every executor does: start a task, say how it ended, stop it."""

from __future__ import annotations

import signal
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

__all__ = ["Execution", "Executor", "Exit", "Task"]


class Task(NamedTuple):
    """One replica of a run, ready to be started.

    Attributes:
        words: the command line.
        environment: variables above those that the place has by itself.
        folder: where it starts.
        output: the file that takes stdout and stderr, in the order they are written.
        replica: its name within the run.
        held: descriptors that its process keeps open, as a lease on what it takes.
    """

    words: tuple[str, ...]
    environment: Mapping[str, str]
    folder: Path
    output: Path
    replica: str = "main"
    held: tuple[int, ...] = ()


class Exit(NamedTuple):
    """How a task ended: by an exit code, or by the signal that killed it; of several, by which replica's.

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

    def __str__(self) -> str:
        if self.signal is not None:
            told = f"killed by {_name(self.signal)}"
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


class Execution(Protocol):
    """A started task."""

    @property
    def pid(self) -> int | None:
        """Its process id on this machine; None where it runs elsewhere."""

    @property
    def writer(self) -> int | None:
        """The id of the process of this machine that writes its output down; None where none does."""

    def wait(self, timeout: float) -> Exit | None:
        """How it ended, or None where it still runs after `timeout` seconds."""

    def stop(self, wanted: signal.Signals) -> None:
        """Ask it, and all that it started, to end."""

    def kill(self) -> None:
        """End it, and all that it started, at once."""


class Executor(Protocol):
    """A place that tasks run in."""

    def start(self, task: Task) -> Execution:
        """Start a task.

        Raises:
            OSError: it can't be started.
        """
        ...  # without it pyright takes the docstring for a body
