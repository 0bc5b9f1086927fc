"""Tasks as processes of this machine."""

from __future__ import annotations

import os
import select
import signal
import subprocess
from contextlib import suppress

from polyaxon_sdk.runner.executors.executor import Execution, Executor, Exit, Task
from polyaxon_sdk.settings import inherited

__all__ = ["ProcessExecution", "ProcessExecutor"]


class ProcessExecutor:
    """Starts each task in a session of its own, so that what ends the runner doesn't end the task."""

    def start(self, task: Task) -> Execution:
        """Start a task; its stdout and stderr go to one file, so that no pipe breaks when the runner dies.

        Raises:
            OSError: the program can't be started, or its output file can't be made.
        """
        descriptor = os.open(task.output, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
        try:
            process = subprocess.Popen(
                task.words,
                cwd=task.folder,
                env=inherited(task.environment),
                stdin=subprocess.DEVNULL,
                stdout=descriptor,
                stderr=descriptor,
                start_new_session=True,
            )
        finally:
            os.close(descriptor)
        return ProcessExecution(process)


class ProcessExecution:
    """A process and the group that it leads."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process
        self._watch = os.pidfd_open(process.pid) if hasattr(os, "pidfd_open") else -1

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    def wait(self, timeout: float) -> Exit | None:
        """How it ended, as soon as it does, or None after `timeout` seconds."""
        if self._watch >= 0:
            ready, _, _ = select.select([self._watch], [], [], timeout)
            timeout = 0.0 if not ready else 1.0
        with suppress(subprocess.TimeoutExpired):
            return self._ended(self._process.wait(timeout))
        return None

    def stop(self, wanted: signal.Signals) -> None:
        """Send the whole group `wanted`."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, wanted)

    def kill(self) -> None:
        """Send the whole group SIGKILL."""
        self.stop(signal.SIGKILL)

    def _ended(self, code: int) -> Exit:
        if self._watch >= 0:
            os.close(self._watch)
            self._watch = -1
        return Exit(code=code) if code >= 0 else Exit(signal=-code)


def _proves(executor: ProcessExecutor) -> Executor:
    return executor
