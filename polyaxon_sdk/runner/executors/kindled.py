"""A process that has imported a function, and that its runs are forked from, as the runner sees it."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runner.executors.executor import Task
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.nameplate import BLANK
from polyaxon_sdk.runs.nursery import NUMBER, ask, pair
from polyaxon_sdk.runs.operation_inputs import inputs_in
from polyaxon_sdk.runs.record import last_stamp
from polyaxon_sdk.settings import saved_state

__all__ = ["OF_ONE_RUN", "Kindled"]

_LARGEST = 1 << 20
_LARGEST_KNOWN = 1 << 16
"""Bytes of an operation whose inputs are handed over: what is asked for is one message."""
_ENDS_WITHIN = 30.0

OF_ONE_RUN = frozenset({"POLYAXON_RUN_UUID", "POLYAXON_RUN_INSTANCE"})
"""The variables that each run has its own of."""


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
        variables = _changed(self._environment, environment)
        document = {"folder": str(task.folder), "environment": variables, **_known(task, variables)}
        answers = ask(self._line, document, descriptors)
        answer = os.read(answers, NUMBER.size)
        pid = NUMBER.unpack(answer)[0] if answer else 0
        if pid <= 0:  # it ended before it could tell its number: then this is how
            os.close(answers)
            raise BrokenPipeError
        return pid, answers

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


def _known(task: Task, variables: Mapping[str, str | None]) -> dict[str, object]:
    """What need not be found out about a run by the process that is forked for it; nothing where it has to tell.

    This one finds it for a tenth of that: a forked process copies first what it looks at.
    """
    run = RunFolder(task.output.parent.parent)
    same = {name: text for name, text in variables.items() if name not in OF_ONE_RUN}
    try:
        if run.operation.stat().st_size > _LARGEST_KNOWN:
            return {}
        return {
            "run": str(run.path),
            "inputs": inputs_in(run.operation),
            "stamp": last_stamp(run),
            "same": [same, saved_state()],
        }
    except (OSError, InputError):
        return {}


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
