"""`python -m polyaxon_sdk.console.nursery`: forks the processes behind captured streams, which then import nothing."""

from __future__ import annotations

import gc
import os
import select
import signal
import socket
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from polyaxon_sdk.console.__main__ import capture
from polyaxon_sdk.console.channel import ALIVE, CONTROL, SOURCE, WRITTEN
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.nursery import LINE, Birth, Nursery
from polyaxon_sdk.runs.writer import process_start
from polyaxon_sdk.settings import replace_environment

__all__ = ["StreamNursery", "main"]

_IGNORED = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM)

_MOST_HELD = 100
"""Streams that nothing was printed to yet; each takes descriptors, of which a process has a thousand."""


class StreamNursery(Nursery):
    """Forks what captures a stream once something is printed to it: until then it holds the stream open itself.

    A stream that ends before is written down as it is, empty, by no process of its own. Where who asked is gone, or
    says that the script has left while others hold the stream, there is nothing to wait for any more.
    """

    def __init__(self, line: socket.socket) -> None:
        super().__init__(line)
        self._held: dict[int, Birth] = {}
        self._journals: dict[int, str] = {}

    def holds(self, birth: Birth) -> bool:
        """Whether nothing needs to be forked yet."""
        if len(self._held) // 2 >= _MOST_HELD:
            return False
        for number in (SOURCE, CONTROL):
            self._held[_end(birth, number)] = birth
            self.poll.register(_end(birth, number), select.POLLIN)
        return True

    def due(self, ready: Mapping[int, int]) -> Birth | None:
        """A stream to which something was printed, or that can't be waited for; those that ended are done with."""
        for descriptor in self._held.keys() & ready:
            if (birth := self._held.get(descriptor)) is None:  # it ended just before
                continue
            source = _end(birth, SOURCE)
            self._let_go(birth)
            if ready.get(source, 0) & select.POLLIN or not _has_ended(source):
                return birth
            _finish(birth)
        return None

    def left(self) -> Birth | None:
        """A stream that nobody else looks after now."""
        for birth in self._held.values():
            self._let_go(birth)
            return birth
        return None

    def born(self, pid: int, birth: Birth) -> None:
        """Take note of who writes down a stream."""
        self._journals[pid] = birth.document["words"]["journal"]

    def tell(self) -> None:
        """Say in the records of their runs who still writes down a stream: until now this process stood for them."""
        from polyaxon_sdk.runs.processes import note_processes  # records, for who outlives a runner

        for pid, journal in self._journals.items():
            folder = RunFolder(os.path.dirname(os.path.dirname(journal)))
            if process_start(pid) is not None and folder.record.is_dir():
                with suppress(OSError):  # its disk takes nothing: the stream is lost anyway
                    note_processes(folder, Path(journal).stem, [pid])

    def _let_go(self, birth: Birth) -> None:
        for number in (SOURCE, CONTROL):
            del self._held[_end(birth, number)]
            self.poll.unregister(_end(birth, number))


def _end(birth: Birth, number: int) -> int:
    """The descriptor that a capture will have under this number; the first of all is for the answer."""
    return birth.descriptors[1 + number - SOURCE]


def _has_ended(source: int) -> bool:
    """Whether nobody can print any more, and nothing is left to be read."""
    poll = select.poll()
    poll.register(source, select.POLLIN)
    return bool((told := dict(poll.poll(0)).get(source, 0)) and not told & select.POLLIN)


def _finish(birth: Birth) -> None:
    with suppress(OSError):  # nobody wants to know any more
        os.write(_end(birth, ALIVE), WRITTEN)
    for each in birth.descriptors:
        os.close(each)


def main() -> int:
    """Fork until nobody asks any more; 0."""
    for each in _IGNORED:
        signal.signal(each, signal.SIG_IGN)
    os.chdir("/")
    gc.freeze()
    nursery = StreamNursery(socket.socket(fileno=LINE))
    birth = nursery.serve()
    if birth is None:
        nursery.tell()
        return 0
    os.setsid()
    first = max(birth.descriptors) + 1  # in a row, and none in another's place
    for number, descriptor in enumerate(birth.descriptors):
        os.dup2(descriptor, first + number)
    replace_environment(birth.document["environment"])
    os._exit(capture({**birth.document["words"], "descriptors": first}))  # there is nothing to take down


if __name__ == "__main__":
    sys.exit(main())
