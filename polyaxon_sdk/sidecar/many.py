"""`python -m polyaxon_sdk.sidecar.many RUNS DESCRIPTOR`: the process beside many short runs of one process."""

from __future__ import annotations

import gc
import os
import select
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Thread
from time import monotonic
from typing import NamedTuple

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordReader
from polyaxon_sdk.runs.state import fold
from polyaxon_sdk.settings import held
from polyaxon_sdk.sidecar.captures import Captures
from polyaxon_sdk.sidecar.own import be_beside
from polyaxon_sdk.sidecar.rounds import work_beside
from polyaxon_sdk.sidecar.shared import BEGINS, ENDS

__all__ = ["Attention", "Inbox", "main"]

_LOOK_EVERY = 0.1
_LONG = 1.0
"""Seconds after which a run that goes on gets a thread of its own, which drains, samples and ships meanwhile."""
_AT_ONCE = 4
"""Runs that are finished at the same time: most of it is waiting for the disk."""
_READ = 1 << 16


class Inbox:
    """The runs that the process on the other side of a pipe tells of.

    Attributes:
        is_closed: whether there will be no more: it is gone, and so are its forked children.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._poll = select.poll()
        self._poll.register(descriptor, select.POLLIN)
        self._rest = b""
        self.is_closed = False

    def read(self, within: float | None) -> list[str]:
        """The lines that are told, waiting up to `within` seconds for the first; None for as long as it takes."""
        if self.is_closed or not self._poll.poll(None if within is None else within * 1000):
            return []
        data = os.read(self._descriptor, _READ)
        self.is_closed = not data
        *lines, self._rest = (self._rest + data).split(b"\n")
        return [line.decode("ascii") for line in lines]


class _Young(NamedTuple):
    """A run that no thread has yet: since when it is known, and what looks for its end, unless that is told."""

    folder: RunFolder
    since: float
    reader: RecordReader | None


class Attention:
    """Gives runs to threads: those that have ended to a few in turn, each that goes on for long to one of its own.

    Args:
        work: works beside a run until it is finished.
    """

    def __init__(self, work: Callable[[RunFolder], object]) -> None:
        self._work = work
        self._pool = ThreadPoolExecutor(_AT_ONCE)
        self._threads: list[Thread] = []
        self._young: dict[str, _Young] = {}

    @property
    def has_young(self) -> bool:
        """Whether there are runs that no thread has yet."""
        return bool(self._young)

    def take(self, folder: RunFolder, *, is_told: bool = False) -> None:
        """See to one more run.

        Args:
            folder: the run.
            is_told: whether its end is, by `end`.
        """
        reader = None if is_told else RecordReader(folder)
        self._young[folder.uuid] = _Young(folder, monotonic(), reader)

    def end(self, uuid: str) -> None:
        """See to a run that has ended; one that has a thread is seen to."""
        if (young := self._young.pop(uuid, None)) is not None:
            self._pool.submit(self._work, young.folder)

    def tell_no_more(self) -> None:
        """No end is told any more."""
        for uuid, each in self._young.items():
            self._young[uuid] = each._replace(reader=each.reader or RecordReader(each.folder))

    def look(self) -> None:
        """Look at the runs that no thread has yet."""
        for uuid, (folder, since, reader) in list(self._young.items()):
            if reader is not None and _has_ended(folder, reader):
                self._pool.submit(self._work, folder)
            elif monotonic() - since > _LONG:
                self._threads.append(Thread(target=self._work, args=(folder,)))
                self._threads[-1].start()
            else:
                continue
            del self._young[uuid]

    def finish(self) -> None:
        """Wait until all of them are finished."""
        self._pool.shutdown()
        for thread in self._threads:
            thread.join()


def main() -> int:
    """Work beside the runs that are told of, until there will be no more and all are finished."""
    runs, descriptor = sys.argv[1], int(sys.argv[2])
    be_beside(keep=descriptor)
    gc.freeze()  # what was imported stays, and need not be gone through again and again
    with held():  # it is told of runs with the same settings alone
        _attend(runs, Inbox(descriptor))
    return 0


def _attend(runs: str, inbox: Inbox) -> None:
    attention = Attention(partial(work_beside, captures=Captures()))
    while attention.has_young or not inbox.is_closed:
        for told in inbox.read(_LOOK_EVERY if attention.has_young else None):
            uuid = told.rstrip(BEGINS + ENDS)
            if told.endswith(ENDS):
                attention.end(uuid)
            else:
                attention.take(RunFolder(os.path.join(runs, uuid)), is_told=told.endswith(BEGINS))
        if inbox.is_closed:
            attention.tell_no_more()
        attention.look()
    attention.finish()


def _has_ended(folder: RunFolder, reader: RecordReader) -> bool:
    try:
        return fold(folder.uuid, reader.read()).is_done
    except OSError:  # whoever works beside it meets that too
        return True


if __name__ == "__main__":
    sys.exit(main())
