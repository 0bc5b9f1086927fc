"""Tasks as processes of this machine."""

from __future__ import annotations

import os
import select
import signal
import subprocess
from contextlib import suppress
from time import monotonic

from polyaxon_sdk.runner.executors.console import TaskConsole
from polyaxon_sdk.runner.executors.executor import Execution, Executor, Exit, Task
from polyaxon_sdk.runner.executors.guarded import GUARDED
from polyaxon_sdk.runner.executors.warm import WARM, WarmProcess
from polyaxon_sdk.runner.strays import end_strays
from polyaxon_sdk.settings import inherited

__all__ = ["ProcessExecution", "ProcessExecutor"]


class ProcessExecutor:
    """Starts each task in a session of its own, so that what ends the runner doesn't end the task."""

    def start(self, task: Task) -> Execution:
        """Start a task; its stdout and stderr go through one pipe, which processes of their own empty into its
        output file, without secrets, so that none breaks when the runner dies.

        Raises:
            OSError: the program can't be started, or nothing that takes its output.
        """
        console = TaskConsole(task)
        try:
            process = (
                WARM.start(task, console.inlet)
                or GUARDED.start(task, console.inlet)
                or _started(task, console.inlet)
            )
        except OSError:
            console.close()
            raise
        execution = ProcessExecution(process, console, whole=_whole(task))
        try:
            console.begin(process.pid)
        except OSError:
            execution.kill()
            raise
        return execution


def _started(task: Task, outlet: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        task.words,
        cwd=task.folder,
        env=inherited(task.environment),
        stdin=subprocess.DEVNULL,
        stdout=outlet,
        stderr=outlet,
        start_new_session=True,
        pass_fds=task.held,
    )


def _whole(task: Task) -> str:
    """The uuid of a run that a task is all of; empty for one of several."""
    return task.environment.get("POLYAXON_RUN_UUID", "") if task.replica == "main" else ""


class ProcessExecution:
    """A process and the session that it leads; what it leaves behind is ended with it.

    Args:
        process: it has just been started.
        console: what takes its output.
        whole: the uuid of the run that it is all of; empty for none.
    """

    def __init__(
        self, process: subprocess.Popen[bytes] | WarmProcess, console: TaskConsole, *, whole: str = ""
    ) -> None:
        self._process = process
        self._console = console
        self._whole = whole
        self._since = monotonic()
        self._watch = _watch_of(process.pid)
        if isinstance(process, WarmProcess):
            process.watch = self._watch

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def writer(self) -> int | None:
        """The process that writes its output down."""
        return self._console.pid

    def wait(self, timeout: float) -> Exit | None:
        """How it ended, as soon as it does, or None after `timeout` seconds."""
        self._console.look()
        if self._watch >= 0:
            ready, _, _ = select.select([self._watch], [], [], timeout)
            timeout = 0.0 if not ready else max(timeout, 1.0)
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

    def _ended(self, code: int | None) -> Exit:
        if self._watch >= 0:
            os.close(self._watch)
            self._watch = -1
        strays = end_strays(self._whole, session=self._process.pid, since=self._since)
        self._console.finish()
        return Exit.of(code, strays=strays)


def _watch_of(pid: int) -> int:
    """A pidfd of a process; -1 where there are none, or it is gone: what had started it was killed."""
    with suppress(ProcessLookupError):
        return os.pidfd_open(pid) if hasattr(os, "pidfd_open") else -1
    return -1


def _proves(executor: ProcessExecutor) -> Executor:
    return executor
