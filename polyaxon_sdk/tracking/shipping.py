"""The end of a script that waits until its run is shipped, where the process beside it doesn't outlive it."""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Callable
from contextlib import ExitStack, suppress
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import read_run
from polyaxon_sdk.settings import Settings, load
from polyaxon_sdk.sidecar.launch import Sidecar
from polyaxon_sdk.sidecar.outliving import patience
from polyaxon_sdk.sidecar.unshipped import Unshipped, unshipped

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

__all__ = ["ENDS", "Ends", "Lines"]

_LOOK_EVERY = 0.5
_TELL_EVERY = 10.0
_FIRST_TOLD = 2.0


class Ends:
    """The runs of this process that have ended, and are waited for where nothing outlives the process.

    A run that ends within another, or is one recorded call of many, is waited for when the outermost ends, or
    the process.
    """

    def __init__(self) -> None:
        self._later: list[RunFolder] = []
        self._pid = 0

    def wait(self, folder: RunFolder, settings: Settings, *, later: bool) -> None:
        """Wait as long as `patience` says until the run, and those before it, are shipped; what is not is told.

        What is left is shown on stderr: as a bar on a terminal, else as lines. An interrupt ends the wait.

        Raises:
            InputError: the setting `collect_artifacts` is malformed.
            OSError: a run can't be read.
        """
        if self._pid != os.getpid():  # what a parent owes is the parent's
            self._pid, self._later = os.getpid(), []
            atexit.register(self._settle)
        if _ships(folder, settings):
            self._later.append(folder)
        if not later:
            self._settle()

    def _settle(self) -> None:
        if self._pid != os.getpid():
            return
        folders, self._later = self._later, []
        deadline = monotonic() + patience(load())
        for folder in folders:
            if not _is_shipped(folder, deadline - monotonic()):
                _told(f"not all of the run is shipped yet, `polyaxon sync` does that: {folder.uuid}")


ENDS = Ends()
"""Those of this process."""


def _is_shipped(folder: RunFolder, seconds: float) -> bool:
    with ExitStack() as stack, suppress(KeyboardInterrupt):  # the person doesn't want to wait
        return Sidecar(folder).wait(seconds, meanwhile=_Looks(folder, _shown(stack)).look)
    return False


class Shown(Protocol):
    """Something that shows what is left."""

    def show(self, left: Unshipped) -> None:
        """So much is left now."""


class Lines:
    """Tells what is left once it takes long, and every now and then.

    Args:
        tell: takes a line for a person.
    """

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._due = monotonic() + _FIRST_TOLD

    def show(self, left: Unshipped) -> None:
        """Tell it where that is due."""
        if monotonic() >= self._due and left.names:
            self._due = monotonic() + _TELL_EVERY
            self._tell(f"the run is being shipped: {left}")


class _Bar:
    """Shows what is left on a terminal."""

    def __init__(self, bar: Progress, task: TaskID) -> None:
        self._bar = bar
        self._task = task

    def show(self, left: Unshipped) -> None:
        """Draw it."""
        done = left.total - left.bytes
        self._bar.update(self._task, total=left.total, completed=done, description=f"shipping: {left}")


class _Looks:
    """Looks at what is left, twice a second."""

    def __init__(self, folder: RunFolder, shown: Shown) -> None:
        self._folder = folder
        self._shown = shown
        self._due = 0.0

    def look(self) -> None:
        if (now := monotonic()) < self._due:
            return
        self._due = now + _LOOK_EVERY
        with suppress(OSError):  # what can't be read now is not shown
            self._shown.show(unshipped(self._folder))


def _ships(folder: RunFolder, settings: Settings) -> bool:
    chosen = read_run(folder).start.get("collect_artifacts")
    return settings.flag("collect_artifacts") if chosen is None else bool(chosen)


def _shown(stack: ExitStack) -> Shown:
    if sys.stderr is not None and sys.stderr.isatty():
        with suppress(ImportError):  # an environment that tracks with nothing else in it
            return _bar(stack)
    return Lines(_told)


def _bar(stack: ExitStack) -> Shown:
    from rich.console import Console  # for a person who looks, alone
    from rich.progress import BarColumn, Progress, TextColumn  # see above

    columns = BarColumn(), TextColumn("{task.description}")
    bar = stack.enter_context(Progress(*columns, console=Console(stderr=True), transient=True))
    return _Bar(bar, bar.add_task("shipping", total=None))


def _told(line: str) -> None:
    if sys.stderr is not None:
        with suppress(OSError, ValueError):  # a stderr that is closed
            sys.stderr.write(f"polyaxon: {line}\n")
            sys.stderr.flush()
