"""Console output of a run together with a line about it."""

from __future__ import annotations

import codecs
import re
import shutil
from time import monotonic
from typing import TextIO

from rich.cells import set_cell_size

__all__ = ["LiveLine", "PlainLines"]

_ESCAPE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f]")
_CLEAR = "\r\x1b[2K"
_EVERY = 10.0
"""Seconds between two lines of progress where no line can be renewed."""


class LiveLine:
    """A terminal: whole lines of output go up, the last line shows the progress.

    What the run has begun and not ended with a newline, such as a progress bar of its own, stands behind the
    progress until it is ended.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._begun = ""
        self._line = ""

    def write(self, data: bytes) -> None:
        """Show output."""
        text = self._begun + self._decode(data)
        whole, newline, rest = text.rpartition("\n")
        self._begun = rest.rpartition("\r")[2] or rest.rstrip("\r")
        self._put(whole + newline)

    def show(self, line: str) -> None:
        """Show the progress."""
        self._line = line
        self._put("")

    def close(self) -> None:
        """Take the progress away; what the run left without a newline gets one."""
        self._stream.write(_CLEAR + (f"{self._begun}\n" if self._begun else ""))
        self._stream.flush()
        self._begun = self._line = ""

    def _put(self, output: str) -> None:
        shown = "  ".join(part for part in (self._line, _ESCAPE.sub("", self._begun)) if part)
        width = shutil.get_terminal_size().columns - 1
        self._stream.write(_CLEAR + output + set_cell_size(shown, width).rstrip())
        self._stream.flush()


class PlainLines:
    """No terminal: output as it comes, and now and then a line of progress."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._shown = monotonic()
        self._in_line = False

    def write(self, data: bytes) -> None:
        """Show output, byte for byte."""
        self._stream.flush()
        self._stream.buffer.write(data)
        self._stream.flush()
        self._in_line = not data.endswith(b"\n")

    def show(self, line: str) -> None:
        """Show the progress, every ten seconds at most, and never within a line of output."""
        if self._in_line or monotonic() - self._shown < _EVERY:
            return
        self._shown = monotonic()
        self._stream.write(f"polyaxon: {line}\n")
        self._stream.flush()

    def close(self) -> None:
        """End a line that the run left without a newline."""
        if self._in_line:
            self._stream.write("\n")
            self._in_line = False
        self._stream.flush()
