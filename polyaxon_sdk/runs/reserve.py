"""Space set aside, so that a full disk still takes what a run has to say about it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from polyaxon_sdk.runs.folder import RunFolder

__all__ = ["Reserve", "SharedReserve"]

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


class SharedReserve:
    """Space set aside for all that is forked from a process: in no folder, so that it is gone with the last of them.

    Args:
        descriptor: of the file without a name that has it.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._file = _identity(descriptor)

    @classmethod
    def within(cls, folder: Path) -> SharedReserve | None:
        """One on the disk of a folder; None where there are no files without a name."""
        try:
            reserve = cls(os.open(folder, os.O_WRONLY | os.O_TMPFILE | os.O_CLOEXEC, 0o600))
        except (OSError, AttributeError):  # only Linux has them, and not on each disk
            return None
        reserve.renew()
        return reserve

    def renew(self) -> None:
        """Allocate it where it isn't, or isn't any more, and the disk allows."""
        if os.fstat(self._descriptor).st_blocks == 0:
            with suppress(OSError):  # a run without a reserve is only less sure to say why it lost something
                os.posix_fallocate(self._descriptor, 0, _RESERVED)

    def free(self) -> None:
        """Give the space back, to be written to at once."""
        with suppress(OSError):  # a disk that is broken gives nothing back
            if _identity(self._descriptor) == self._file:  # else a script closed what it does not know
                os.ftruncate(self._descriptor, 0)

    def close(self) -> None:
        """Leave it to those that were forked."""
        os.close(self._descriptor)


def _identity(descriptor: int) -> tuple[int, int]:
    status = os.fstat(descriptor)
    return status.st_dev, status.st_ino
