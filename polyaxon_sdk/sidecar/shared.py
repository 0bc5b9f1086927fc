"""One sidecar for many short runs of one process: started with the first, told of each."""

from __future__ import annotations

import os
import select
from collections import deque
from contextlib import suppress

from polyaxon_sdk.runs.detached import Program, start_detached
from polyaxon_sdk.runs.drained import read_drained
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.sidecar.launch import sidecar_variables

__all__ = ["BEGINS", "ENDS", "SHARED", "SharedSidecars"]

BEGINS, ENDS = "+", "-"
"""What follows the uuid of a run whose end is told, and of one that has ended; else it is looked for its end."""

_FIRST = 3
_MOST_KEPT = 10_000


class SharedSidecars:
    """The sidecars of this process that work beside many runs, one for each home and its settings.

    Each is told of its runs through a pipe, and ends when that is closed, as it is when this process is gone, and
    the runs are finished. In a forked child they are the parent's still, and take the child's runs as well. One
    that is gone is started again, and told of the runs that it may not have finished.
    """

    def __init__(self) -> None:
        self._sidecars: dict[object, _Told] = {}

    def tell(self, folder: RunFolder, settings: object, *, tells_end: bool = False) -> None:
        """Have a run worked on; the caller sees to it that no other thread does the same.

        Args:
            folder: the run.
            settings: those in force, to be compared: runs with the same ones share a sidecar.
            tells_end: whether `tell_end` follows, so that nobody has to look again and again whether it has ended.

        Raises:
            OSError: no process can be started.
        """
        known = os.fspath(folder.home), settings
        if known not in self._sidecars:
            self._sidecars[known] = _Told(folder)
        self._sidecars[known].tell(folder, BEGINS if tells_end else "")

    def tell_end(self, folder: RunFolder, settings: object) -> None:
        """Say that a run has ended that was told; as with `tell`, one thread at a time.

        Raises:
            OSError: no process can be started.
        """
        if (told := self._sidecars.get((os.fspath(folder.home), settings))) is not None:
            told.tell(folder, ENDS)

    def look(self) -> None:
        """Start those anew that are gone and have runs to finish; as with `tell`, one thread at a time.

        Raises:
            OSError: no process can be started.
        """
        for each in self._sidecars.values():
            each.look()


class _Told:
    """One such sidecar.

    Args:
        folder: a run in its home.
    """

    def __init__(self, folder: RunFolder) -> None:
        self._pipe = -1
        self._untold: deque[tuple[RunFolder, str]] = deque()
        self._told: deque[RunFolder] = deque(maxlen=_MOST_KEPT)
        self._variables = sidecar_variables(folder)

    def tell(self, folder: RunFolder, how: str) -> None:
        """Tell it of one more run, or of the end of one.

        Raises:
            OSError: there is none, and none can be started.
        """
        self._untold.append((folder, how))
        try:
            self._tell()
        except OSError:
            self._untold.clear()  # somebody else works on it
            raise

    def look(self) -> None:
        """Start it anew where it is gone and has runs to finish.

        Raises:
            OSError: none can be started.
        """
        if self._pipe < 0 or not self._is_gone():
            return
        if any(not _is_finished(each) for each in self._told):
            self._again()

    def _is_gone(self) -> bool:
        poll = select.poll()
        poll.register(self._pipe, 0)
        return bool(poll.poll(0))  # nobody reads any more

    def _tell(self) -> None:
        if self._pipe < 0:
            self._start()
        try:
            self._write()
        except BrokenPipeError:  # it was killed
            self._again()

    def _again(self) -> None:
        self._start()
        again = [(each, "") for each in self._told if not _is_finished(each)]
        self._untold.extendleft(reversed(again))
        self._told.clear()
        self._write()

    def _start(self) -> None:
        runs = os.path.join(self._variables["POLYAXON_HOME"], "runs")
        theirs, ours = os.pipe()
        program = Program("polyaxon_sdk.sidecar.many", (runs, str(_FIRST)))
        try:
            start_detached([program], added=self._variables, descriptors={_FIRST: theirs})
        except OSError:
            os.close(ours)
            raise
        finally:
            os.close(theirs)
        os.set_blocking(ours, False)
        before, self._pipe = self._pipe, ours
        if before >= 0:
            os.close(before)

    def _write(self) -> None:
        """Tell it of what it was not told yet; while it is stopped and the pipe full, that waits for the next run."""
        with suppress(BlockingIOError):
            while self._untold:
                folder, how = self._untold[0]
                os.write(self._pipe, f"{folder.uuid}{how}\n".encode("ascii"))
                self._untold.popleft()
                if how != ENDS:
                    self._told.append(folder)


def _is_finished(folder: RunFolder) -> bool:
    try:
        return read_drained(folder).is_finished
    except OSError:
        return False


SHARED = SharedSidecars()
"""Those of this process."""
