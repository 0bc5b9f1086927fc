"""Starting what captures a stream: the first as a program, those after it forked from one that waits for them."""

from __future__ import annotations

import atexit
import os
import socket
from collections.abc import Mapping
from contextlib import suppress
from threading import Lock

from polyaxon_sdk.console.launch import FIRST, Line
from polyaxon_sdk.runs.detached import start_detached
from polyaxon_sdk.runs.nursery import ask
from polyaxon_sdk.runs.nursing import start_nursery
from polyaxon_sdk.settings import inherited

__all__ = ["CONSOLES", "Consoles"]


class Consoles:
    """Starts what captures the streams of many tasks of this process; safe from several threads.

    A program costs some 50 ms of CPU, a forked process 5, and a stream to which nothing is printed none. The process
    that they are forked from is started with the second, and ends when this one does.

    Attributes:
        forked_from: the pid of that process; 0 for none.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._count = 0
        self._nursery: socket.socket | None = None
        self.forked_from = 0
        self._owner = os.getpid()

    def start(self, line: Line, added: Mapping[str, str]) -> int:
        """Start what captures a stream, and close what is its own.

        Args:
            line: the stream.
            added: variables above those of this process.

        Returns:
            The process that captures it, or is there until that is known: it says in the record who that is.

        Raises:
            OSError: no process can be started.
        """
        with self._lock:
            self._count += 1
            is_first = self._count == 1 or self._owner != os.getpid()
            pid = 0 if is_first else self._forked(line, added)
        if not pid:
            [pid] = start_detached([line.program(FIRST)], added=added, descriptors=line.descriptors(FIRST))
        line.is_started()
        return pid

    def _forked(self, line: Line, added: Mapping[str, str]) -> int:
        """The pid of what forks processes, in time; 0 where it can't be started."""
        try:
            if self._nursery is None:
                self._nursery, self.forked_from = start_nursery("polyaxon_sdk.console.nursery")
                atexit.unregister(self._forget)  # of one that was killed
                atexit.register(self._forget)
            document = {"words": line.words(FIRST), "environment": inherited(added)}
            os.close(ask(self._nursery, document, list(line.descriptors(FIRST).values())))
        except OSError:  # it was killed, or can't be started now
            self._forget()
            return 0
        return self.forked_from

    def _forget(self) -> None:
        if self._nursery is not None:
            with suppress(OSError):
                self._nursery.close()
            self._nursery = None


CONSOLES = Consoles()
"""Those of this process."""
