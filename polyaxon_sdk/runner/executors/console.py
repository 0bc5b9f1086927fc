"""What the process of a task prints, on its way to the run without its secrets."""

from __future__ import annotations

import os
import select
from contextlib import suppress
from fcntl import fcntl
from time import monotonic, sleep

from polyaxon_sdk.console.channel import WRITTEN
from polyaxon_sdk.console.launch import Capture, Line, out_of_the_way
from polyaxon_sdk.console.pulse import Pulse
from polyaxon_sdk.console.ring import Ring
from polyaxon_sdk.console.starting import CONSOLES
from polyaxon_sdk.runner.executors.executor import Task
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.masking import masker_of, secrets_among
from polyaxon_sdk.runs.processes import note_processes
from polyaxon_sdk.settings import load

__all__ = ["TaskConsole"]

_PATIENCE = 5.0
"""Seconds to wait at the end until all output is written down."""
_PAUSE = 0.05
_SET_SIZE, _SIZE = 1031, 1 << 20
"""Linux lets a pipe hold more; elsewhere it holds what it holds."""


class TaskConsole:
    """The pipe that a task prints to, and the processes that empty it; they outlive this one.

    Raises:
        OSError: there are no descriptors any more, or the output file can't be made.
    """

    def __init__(self, task: Task) -> None:
        self._task = task
        task.output.touch()
        self._source, self.inlet = os.pipe2(os.O_CLOEXEC)
        with suppress(OSError):
            fcntl(self.inlet, _SET_SIZE, _SIZE)
        self._trainer = 0
        self._line: Line | None = None
        self._memory: int | None = None
        self._pulse: Pulse | None = None
        self._ring: Ring | None = None
        self._is_over = self._is_whole = False
        self.pid = 0

    def close(self) -> None:
        """Nothing was started that prints."""
        os.close(self.inlet)
        os.close(self._source)

    def begin(self, trainer: int) -> None:
        """The process `trainer` prints to the inlet.

        Raises:
            OSError: no process can be started.
        """
        os.close(self.inlet)
        self._trainer = trainer
        self._start()

    def look(self) -> None:
        """Start the processes anew where somebody ended both, and let them go on where somebody stopped both."""
        if self._pulse is not None and self._pulse.is_behind:
            self._pulse.look()
        if not (self._is_over or self._is_whole) and (self._line is None or self._heard(0.0) == b""):
            self._restart()

    def finish(self) -> None:
        """The task is gone: wait until what it printed is written down."""
        if self._is_over:
            return
        self._is_over, deadline = True, monotonic() + _PATIENCE
        while not self._is_written(deadline) and monotonic() < deadline:
            self._restart()
            sleep(_PAUSE)
        if monotonic() >= deadline:
            self._tell_late()
        self._release()
        os.close(self._source)
        self._pulse = self._ring = None
        if self._memory is not None:
            os.close(self._memory)

    def _tell_late(self) -> None:
        """Say in the record of the run who still writes down what was printed: its sidecar waits for them."""
        folder = RunFolder(self._task.output.parents[1])
        if self._ring is not None and folder.record.is_dir():
            with suppress(OSError):  # that disk takes nothing at all
                note_processes(folder, self._task.replica, [self._ring.scribe.pid])

    def _is_written(self, deadline: float) -> bool:
        """Wait until everything is written down; False where the processes are gone before, or too slow."""
        if self._line is None or self._is_whole:
            return self._is_whole
        with suppress(OSError):  # they are gone
            os.write(self._line.control, b".")
        while self._heard(deadline - monotonic()) and not self._is_whole:
            continue
        return self._is_whole

    def _restart(self) -> None:
        """Start anew; where nothing can be started now, the next look tries again."""
        self._release()
        with suppress(OSError):
            self._start()

    def _start(self) -> None:
        settings = load()
        capture = Capture(self._task.output, settings.secret_names, settings.secret_patterns, self._trainer)
        source = out_of_the_way(self._source)
        try:
            line = Line(capture, source, None, memory=self._memory)
            self._memory = line.memory
            secrets = secrets_among(self._task.environment, masker_of(settings))
            self.pid = CONSOLES.start(line, secrets)
        finally:
            os.close(source)
        self._line = line
        self._ring = Ring(line.memory)
        self._ring.introduce(self.pid)
        self._pulse = Pulse(self._ring, self._source, None)

    def _heard(self, seconds: float) -> bytes | None:
        """What the processes tell within `seconds`: nothing at all where they are gone, None where they are silent."""
        assert self._line is not None  # whoever calls knows it
        ready, _, _ = select.select([self._line.alive], [], [], max(0.0, seconds))
        said = os.read(self._line.alive, 64) if ready else None
        self._is_whole = self._is_whole or WRITTEN in (said or b"")  # the stream may end before the task
        return said

    def _release(self) -> None:
        if self._line is not None:
            os.close(self._line.control)
            os.close(self._line.alive)
            self._line = None
