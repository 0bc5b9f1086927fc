"""Runs of decorated functions that are forked from a process which has imported them."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from contextlib import suppress
from queue import SimpleQueue
from time import monotonic, sleep

from polyaxon_sdk.runner.executors.executor import Task
from polyaxon_sdk.runner.executors.kindled import OF_ONE_RUN, Kindled
from polyaxon_sdk.runner.executors.while_used import WhileUsed
from polyaxon_sdk.runs.nursery import NUMBER
from polyaxon_sdk.runs.orphan import find_exit, is_awaited
from polyaxon_sdk.settings import inherited, load

__all__ = ["WARM", "WarmProcess", "WarmStarts", "is_function"]

_FUNCTION = (sys.executable, "-m", "polyaxon_sdk.authoring")
_MOST = 8
"""Processes that runs are forked from at once: each holds what it imported."""

_TAKEN_WITHIN = 10.0
"""Seconds in which the parent that an orphan gets takes leave of it where it ended, if it ever does."""

_POLL = 0.02


class WarmProcess:
    """A forked process, with what of `subprocess.Popen` is asked for.

    Args:
        pid: its number.
        answers: where its exit code comes from.

    Attributes:
        watch: a pidfd of it that whoever waits has opened; -1 where it was gone by then.
    """

    def __init__(self, pid: int, answers: int) -> None:
        self.pid = pid
        self.watch = -1
        self._answers = answers
        self._code: int | None = None
        self._is_over = False
        self._lost_at: float | None = None

    def wait(self, timeout: float) -> int | None:
        """Its exit code, or minus the signal that ended it; None where that isn't known.

        Where the process is gone that it was forked from, it goes on all the same.

        Raises:
            subprocess.TimeoutExpired: it goes on.
        """
        deadline = monotonic() + timeout
        while not self._is_over:
            left = max(deadline - monotonic(), 0.0)
            if select.select([self._answers], [], [], left)[0] and self._is_told():
                self._is_over = True
                os.close(self._answers)
            elif left <= 0.0:
                raise subprocess.TimeoutExpired("", timeout)
            else:
                sleep(min(left, _POLL))
        return self._code

    def _is_told(self) -> bool:
        """Whether all that will be is known of its end."""
        answer = os.read(self._answers, NUMBER.size)
        if answer:
            self._code = NUMBER.unpack(answer)[0]
        return bool(answer) or self._has_ended_untold()

    def _has_ended_untold(self) -> bool:
        """Whether it has ended as an orphan, and nothing more will be known of how."""
        if self.watch < 0:
            return True
        if not select.select([self.watch], [], [], 0.0)[0]:
            return False
        self._lost_at = self._lost_at or monotonic()
        is_left = is_awaited(self.watch) and monotonic() - self._lost_at < _TAKEN_WITHIN
        self._code = find_exit(self.watch)
        return self._code is not None or not is_left


class WarmStarts(WhileUsed):
    """Forks runs of decorated functions, while a pipeline that has such runs goes on; safe from several threads.

    The first run of a function starts as ever, and so do those that come before its file is imported, or where it is
    not safe to fork: `told` says why, once.

    Attributes:
        told: gets a line for each function whose runs can't be forked.
    """

    def __init__(self) -> None:
        super().__init__()
        self._seen: set[object] = set()
        self._kindled: dict[object, Kindled] = {}
        self.told: SimpleQueue[str] = SimpleQueue()

    def start(self, task: Task, outlet: int) -> WarmProcess | None:
        """Fork a process for a task; None where it has to be started as ever.

        Args:
            outlet: the descriptor that it prints to.
        """
        kindled = self._ready(task)
        if kindled is None:
            return None
        with suppress(OSError):  # it was killed just now
            return WarmProcess(*kindled.fork(task, inherited(task.environment), [outlet, *task.held]))
        return None

    def _release(self) -> None:
        """Let those end that runs are forked from, and forget what nobody was told: it is not of who comes next."""
        for each in self._kindled.values():
            each.close()
        self._kindled.clear()
        self._seen.clear()
        while not self.told.empty():
            self.told.get()

    def is_ready(self, task: Task) -> bool:
        """Whether a process can be forked for a task now; otherwise what it is forked from is about to be started."""
        return self._ready(task) is not None

    def _ready(self, task: Task) -> Kindled | None:
        if not is_function(task) or not hasattr(os, "pidfd_open") or not load().flag("warm_starts"):
            return None
        with self._lock:
            found = self._found(task) if self._users else None
            return found if found is not None and found.is_ready() else None

    def _found(self, task: Task) -> Kindled | None:
        """What a task can be forked from; it is started with the second task that could be."""
        own = frozenset((name, value) for name, value in task.environment.items() if name not in OF_ONE_RUN)
        key = (task.words, task.folder, own)
        found = self._kindled.get(key)
        if found is not None and found.is_stale():
            found.close()
            del self._kindled[key]
            return None
        if found is None and key in self._seen and len(self._kindled) < _MOST:
            with suppress(OSError):  # no process can be started now
                self._kindled[key] = Kindled(task, _plain(task), self.told.put)
        self._seen.add(key)
        return found


def is_function(task: Task) -> bool:
    """Whether a task is a run of a decorated function."""
    return task.words[:-1] == _FUNCTION


def _plain(task: Task) -> dict[str, str]:
    """The variables of a process that is of no run yet."""
    found = inherited(task.environment)
    return {name: value for name, value in found.items() if name not in OF_ONE_RUN}


WARM = WarmStarts()
"""Those of this process."""
