"""A process that has imported a function, and that its runs are forked from, as the runner sees it."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from polyaxon_sdk.runner.executors.executor import Task
from polyaxon_sdk.runs.nameplate import BLANK
from polyaxon_sdk.runs.nursery import NUMBER, ask, pair

__all__ = ["Kindled"]

_LARGEST = 1 << 20
_ENDS_WITHIN = 30.0


class Kindled:
    """A process that imports a function, and then forks its runs.

    Args:
        task: a run of the function.
        environment: its variables, without those of one run.
        tell: is told why it can't fork, where it can't.

    Raises:
        OSError: no process can be started.
    """

    def __init__(self, task: Task, environment: Mapping[str, str], tell: Callable[[str], None]) -> None:
        self._name = task.words[-1]
        self._environment = environment
        self._tell = tell
        self._files: list[tuple[str, int, int]] | None = None
        self._is_refused = False
        self._line, theirs = pair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "polyaxon_sdk.authoring.warm", self._name],
                cwd=task.folder,
                env={**environment, **BLANK},
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )

    def is_ready(self) -> bool:
        """Whether it has imported the function, and can fork."""
        if self._files is None and not self._is_refused and select.select([self._line], [], [], 0.0)[0]:
            self._hear()
        return self._files is not None

    def is_stale(self) -> bool:
        """Whether a file that it imported is another one by now, or it is gone itself."""
        if self._is_refused:
            return False
        if self._process.poll() is not None:
            return self._files is not None
        return any(_is_changed(*each) for each in self._files or [])

    def fork(self, task: Task, environment: Mapping[str, str], descriptors: Sequence[int]) -> tuple[int, int]:
        """Fork a process for a run: its pid, and the descriptor that its exit code comes from.

        Args:
            task: the run.
            environment: its variables.
            descriptors: those that it gets; the first is the one that it prints to.

        Raises:
            OSError: it is gone.
        """
        document = {"folder": str(task.folder), "environment": _changed(self._environment, environment)}
        answers = ask(self._line, document, descriptors)
        answer = os.read(answers, NUMBER.size)
        if not answer:
            os.close(answers)
            raise BrokenPipeError
        return NUMBER.unpack(answer)[0], answers

    def close(self) -> None:
        """Let it end; the runs that were forked from it go on."""
        self._line.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_ENDS_WITHIN)

    def _hear(self) -> None:
        data = self._line.recv(_LARGEST) or b'{"refused": "it ends when it is imported"}'
        told = json.loads(data)
        if told["refused"]:
            self._is_refused = True
            self._tell(f"runs of {self._name} start cold: {told['refused']}")
        else:
            self._files = told["files"]


def _changed(before: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str | None]:
    """The variables that are others now; None for those that are gone. What imports set themselves stays so."""
    gone = dict.fromkeys(before.keys() - now.keys())
    return {**gone, **{name: value for name, value in now.items() if before.get(name) != value}}


def _is_changed(path: str, time: int, size: int) -> bool:
    try:
        status = os.stat(path)
    except OSError:
        return True
    return (status.st_mtime_ns, status.st_size) != (time, size)
