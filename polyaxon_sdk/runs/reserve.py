"""Space set aside, so that a full disk still takes what a run has to say about it."""

from __future__ import annotations

import os
from contextlib import suppress

from polyaxon_sdk.runs.folder import RunFolder

__all__ = ["Reserve"]

_RESERVED = 64 * 1024


class Reserve:
    """Space set aside in a run's folder, so that a full disk still takes what the run has to say about it."""

    def __init__(self, folder: RunFolder) -> None:
        self._path = folder.journal / f"reserve-{os.getpid()}"
        self._is_there = False

    def make(self) -> None:
        """Allocate it where it is not there, and the disk and the system allow."""
        if self._is_there:
            return
        try:
            descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError:
            return
        try:
            os.posix_fallocate(descriptor, 0, _RESERVED)
            self._is_there = True
        except OSError:
            pass  # a run without a reserve is only less sure to say why it lost something
        finally:
            os.close(descriptor)

    def free(self) -> None:
        """Give the space back, to be written to at once."""
        self._is_there = False
        with suppress(OSError):  # a disk that is broken gives nothing back
            self._path.unlink(missing_ok=True)
