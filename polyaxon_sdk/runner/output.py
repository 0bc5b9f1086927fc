"""Reading a file of console output while it grows, and parting it."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["Tail", "part"]

_CHUNK = 1 << 16


def part(path: Path, line: str) -> None:
    """Begin another part of a file that nobody writes to now, below a line that tells it from the one before.

    Raises:
        OSError: it can't be written.
    """
    with path.open("ab+") as file:
        is_whole = file.seek(0, os.SEEK_END) == 0 or os.pread(file.fileno(), 1, file.tell() - 1) == b"\n"
        file.write(f"{'' if is_whole else chr(10)}--- {line} ---\n".encode())


class Tail:
    """What was added to a file since it was last asked.

    >>> Tail(Path("/nowhere")).read()
    b''
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor = -1

    def read(self) -> bytes:
        """The bytes added, at most 64 KiB of them; nothing where there are none, or no file."""
        if self._descriptor < 0:
            try:
                self._descriptor = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC)
            except FileNotFoundError:
                return b""
        return os.read(self._descriptor, _CHUNK)

    def close(self) -> None:
        """Let go of the file."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
