"""What every executor does: start a task, say how it ended, stop it."""

from __future__ import annotations

import signal
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

from polyaxon_sdk.runs.exits import Exit

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
