"""Commands whose end is known though their runner is gone, as the runner starts them."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Mapping, Sequence

from polyaxon_sdk.runner.executors.executor import Task
from polyaxon_sdk.runner.executors.guardian import ASKING
from polyaxon_sdk.runner.executors.warm import WarmProcess, is_function
from polyaxon_sdk.runner.executors.while_used import WhileUsed
from polyaxon_sdk.runs.exits import LEFT
from polyaxon_sdk.runs.nursery import NUMBER, ask
from polyaxon_sdk.runs.nursing import start_nursery
from polyaxon_sdk.settings import inherited

__all__ = ["GUARDED", "Guarded"]

_MOST_HELD = 24
"""A message carries so many descriptors, and some more."""


class Guarded(WhileUsed):
    """Starts commands through a process that waits for them too, while a pipeline goes on; safe from several threads.

    How a function ends it says itself. Of a pipeline alone somebody goes on with what a runner left.

    Attributes:
        parent: the pid of that process; 0 for none.
    """

    def __init__(self) -> None:
        super().__init__()
        self._line: socket.socket | None = None
        self.parent = 0

    def start(self, task: Task, outlet: int) -> WarmProcess | None:
        """Start a command; None where it has to be started as ever.

        Args:
            outlet: the descriptor that it prints to.

        Raises:
            OSError: the program can't be started.
        """
        if is_function(task) or len(task.held) > _MOST_HELD or not hasattr(os, "pidfd_open"):
            return None
        document = _document(task)
        for _ in range(2):  # the process may have been killed meanwhile
            with self._lock:
                answers = self._ask(document, [outlet, *task.held]) if self._users else None
            if answers is None:
                continue
            if answer := os.read(answers, NUMBER.size):
                return _started(task, NUMBER.unpack(answer)[0], answers)
            os.close(answers)
        return None

    def _ask(self, document: Mapping[str, object], descriptors: Sequence[int]) -> int | None:
        try:
            if self._line is None:
                self._line, self.parent = start_nursery("polyaxon_sdk.runner.executors.guardian")
            return ask(self._line, document, descriptors)
        except OSError:  # it is gone, nothing can be started now, or it is asked for too much
            self._release()
            return None

    def _release(self) -> None:
        """Let it end, once what it started has."""
        if self._line is not None:
            self._line.close()
            self._line, self.parent = None, 0


def _started(task: Task, number: int, answers: int) -> WarmProcess:
    """The process of this number; where it is minus an error's, what comes next says whether the folder is there."""
    if number > 0:
        return WarmProcess(number, answers)
    [is_there] = NUMBER.unpack(os.read(answers, NUMBER.size))
    os.close(answers)
    raise OSError(-number, os.strerror(-number), task.words[0] if is_there else str(task.folder))


def _document(task: Task) -> dict[str, object]:
    return {
        "words": task.words,
        "folder": os.path.abspath(task.folder),
        "environment": inherited(task.environment),
        "ignored": [int(each) for each in ASKING if signal.getsignal(each) == signal.SIG_IGN],
        "left": os.path.abspath(task.output.with_suffix(LEFT)),
    }


GUARDED = Guarded()
"""Those of this process."""
