"""What this process prints, captured for one run at a time."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from functools import partial
from signal import SIGCONT
from typing import TYPE_CHECKING

from polyaxon_sdk.console.launch import Capture, Line
from polyaxon_sdk.console.peer import Peer
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import read_facts
from polyaxon_sdk.tracking.stream import FollowedStream, MovedStream, open_stream

if TYPE_CHECKING:
    from polyaxon_sdk.tracking.cells import CellStream

    Stream = CellStream | FollowedStream | MovedStream

__all__ = ["CONSOLE", "Console", "hears", "launcher_files", "stream_names"]

_STREAMS = (1, 2)


class Console:
    """The stdout and the stderr of this process: its descriptors, so that every library and child is heard.

    The run that begins first has it until it ends; runs that begin meanwhile hear nothing.
    """

    def __init__(self) -> None:
        self._streams: list[Stream] = []
        self._others: list[Peer] = []
        self._owner: object = None
        self._pid = 0
        self._watches_forks = False

    def prepare(
        self,
        owner: object,
        capture: Capture,
        tell: Callable[[str], None],
        *,
        shared: Collection[str] = (),
    ) -> list[Line]:
        """Get ready to capture for `owner`; what can't be captured is told and stays as it is.

        Files with a name in `shared` are those of others too: they are not followed.
        """
        if self._owner is not None:
            return []
        self._owner, self._pid = owner, os.getpid()
        if not self._watches_forks:
            self._watches_forks = True
            os.register_at_fork(after_in_child=self._forget)
        _flush()
        openers: list[Callable[[], Stream]] = [
            partial(open_stream, capture, descriptors, tell, is_shared=_name(place) in shared)
            for place, descriptors in _places()
        ]
        if "ipykernel.iostream" in sys.modules:
            openers += _cells(capture)
        for opener in openers:
            try:
                self._streams.append(opener())
            except OSError as error:
                tell(f"what is printed is not captured: {error.strerror or error}")
        return [stream.line for stream in self._streams]

    @property
    def names(self) -> list[str]:
        """What tells the streams that are to be captured from those of others, as long as they are open."""
        return [_name(stream.place) for stream in self._streams]

    def begin(self, pids: Sequence[int]) -> None:
        """Capture from now on: the programs of all lines have been started, as these processes.

        Those behind them are other processes beside the script, which go on at its end where somebody stopped them.
        """
        for stream, pid in zip(self._streams, pids, strict=False):
            stream.begin(pid)
        self._others = [Peer.of(pid) for pid in pids[len(self._streams) :]]

    def end(self, owner: object) -> None:
        """Capture no more, where it is `owner` that captures; all that was printed is shown when this returns."""
        if owner is not self._owner or self._pid != os.getpid():
            return
        _flush()
        streams, self._streams = self._streams, []
        for stream in streams:
            stream.end()
        for other in self._others:
            other.tell(SIGCONT)
        self._owner, self._others = None, []

    def _forget(self) -> None:
        streams, self._streams = self._streams, []
        for stream in streams:
            stream.forget()


CONSOLE = Console()


def hears(folder: RunFolder) -> bool:
    """Whether somebody captures for the run what this process prints, as for a child of the script that began it."""
    return not _heard(folder).isdisjoint(stream_names())


def _heard(folder: RunFolder) -> set[str]:
    """The names of the streams that somebody captures for the run."""
    streams = [fact.fields.get("names") for fact in read_facts(folder) if fact.kind == "streams"]
    return {str(name) for each in streams if isinstance(each, list) for name in each}


def stream_names() -> Iterator[str]:
    """What tells the streams of this process from those of others, as long as they are open."""
    return (_name(place) for place, _ in _places())


def launcher_files() -> set[str]:
    """The names of the files that the parent of this process prints to: other ranks do so too."""
    found = set()
    for descriptor in _STREAMS:
        with suppress(OSError):  # of a parent that is gone, or somebody else's
            place = os.stat(f"/proc/{os.getppid()}/fd/{descriptor}")
            if stat.S_ISREG(place.st_mode):
                found.add(_name(place))
    return found


def _name(place: os.stat_result) -> str:
    return f"{place.st_dev}-{place.st_ino}-{place.st_rdev}"


def _places() -> list[tuple[os.stat_result, list[int]]]:
    """The descriptors of open streams, those together that mean the same place."""
    places: list[tuple[os.stat_result, list[int]]] = []
    for descriptor in _STREAMS:
        with suppress(OSError):  # of one that is closed
            found = os.fstat(descriptor)
            same = [each for place, each in places if os.path.samestat(place, found)]
            if same:
                same[0].append(descriptor)
            else:
                places.append((found, [descriptor]))
    return places


def _cells(capture: Capture) -> list[Callable[[], Stream]]:
    """What opens the stream of a notebook's cells, where this is a notebook."""
    from polyaxon_sdk.tracking.cells import CellStream, cell_streams  # for notebooks

    return [partial(CellStream, capture, streams)] if (streams := cell_streams()) else []


def _flush() -> None:
    """Write what waits in Python's buffers and in those of C, where something is loaded that can tell it to."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):  # of a stream that is closed, broken or None
            stream.flush()
    if (ctypes := sys.modules.get("ctypes")) is not None:
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).fflush(None)
