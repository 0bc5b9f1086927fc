"""Reading a file of console output while it grows."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["Tail"]

_CHUNK = 1 << 16


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
