"""What the cells of a notebook print, which goes to no descriptor."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Callable
from contextlib import suppress
from signal import SIGCONT
from threading import current_thread
from typing import Protocol

from polyaxon_sdk.console.launch import Capture, Line, out_of_the_way
from polyaxon_sdk.console.peer import Peer

__all__ = ["CellStream", "KernelStream", "cell_streams"]

_PATIENCE = 50
"""Milliseconds that a print waits for who writes it down, at most."""


class Writer(Protocol):
    """What texts are written to."""

    def write(self, text: str, /) -> object:
        """Write a text."""

    def flush(self) -> object:
        """Let nothing wait."""


class KernelStream(Protocol):
    """A stream of ipykernel; `echo` gets all that it gets, where there is one."""

    echo: Writer | None


def cell_streams() -> list[KernelStream]:
    """Those of stdout and stderr that a notebook's kernel made: whatever they get, it sends to the notebook itself."""
    kernels = sys.modules.get("ipykernel.iostream")
    return [each for each in (sys.stdout, sys.stderr) if kernels and isinstance(each, kernels.OutStream)]


class CellStream:
    """The stdout and stderr of a notebook's cells: what is written to them is also written down.

    What the descriptors get is captured as everywhere (see `stream`). The kernel hears it and writes it to the same
    objects, from a thread of its own: that is left out here.

    Args:
        capture: what is captured and how.
        streams: what the kernel made.

    Raises:
        OSError: there are no descriptors any more.
    """

    def __init__(self, capture: Capture, streams: list[KernelStream]) -> None:
        self._streams = streams
        self._writer = Peer.none()
        low = os.pipe()
        try:
            self._source, self._inlet = out_of_the_way(low[0]), out_of_the_way(low[1])
        finally:
            os.close(low[0])
            os.close(low[1])
        os.set_blocking(self._inlet, False)
        self.line = Line(capture, self._source, None)

    @property
    def place(self) -> os.stat_result:
        """What tells it from other streams."""
        return os.fstat(self._inlet)

    def begin(self, pid: int) -> None:
        """Write down what cells print from now on."""
        self._writer = Peer.of(pid)
        self.line.is_started()
        os.close(self._source)
        for stream in self._streams:
            stream.echo = _Echo(stream, self._keep)

    def end(self) -> None:
        """Let what was printed so far be the end of it."""
        for stream in self._streams:
            if isinstance(stream.echo, _Echo):
                stream.echo = stream.echo.before
        self._writer.tell(SIGCONT)  # somebody may have stopped it
        self.forget()

    def forget(self) -> None:
        """Let go of it, as a forked child does, whose prints the kernel hears by a pipe of its own."""
        for each in (self._inlet, self.line.control, self.line.alive, self.line.memory):
            os.close(each)

    def _keep(self, text: bytes) -> None:
        poll = select.poll()
        poll.register(self._inlet, select.POLLOUT)
        with suppress(OSError):  # who writes it down is gone
            while text and poll.poll(_PATIENCE):
                text = text[os.write(self._inlet, text) :]


class _Echo:
    """What a kernel's stream writes all to that it gets."""

    def __init__(self, stream: KernelStream, keep: Callable[[bytes], None]) -> None:
        self._stream = stream
        self._keep = keep
        self._pid = os.getpid()
        self.before = stream.echo

    def write(self, text: str) -> None:
        """Write down what comes from a cell; what comes from the descriptors, and from other processes, is already."""
        if self.before is not None:
            self.before.write(text)
        is_heard = current_thread() is getattr(self._stream, "watch_fd_thread", None)
        if not is_heard and os.getpid() == self._pid:
            self._keep(text.encode("utf-8", "surrogatepass"))

    def flush(self) -> None:
        """Nothing waits here."""
        if self.before is not None:
            self.before.flush()
