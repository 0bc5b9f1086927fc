"""The lease of a run: who alone may drain it."""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep
from typing import Protocol

from polyaxon_sdk.exceptions import LeaseLostError
from polyaxon_sdk.runs.filesystem import is_network
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.writer import Life, process_start

__all__ = ["FileLease", "Lease", "NumberedLease", "holder_life", "take_lease"]

LIFETIME = 30.0
"""Seconds for which a lease on a network file system holds after its last renewal."""


class Lease(Protocol):
    """A lease that is held."""

    number: int

    def renew(self) -> None:
        """Say that the holder lives; call it before each commit and several times a lifetime.

        Raises:
            LeaseLostError: another process holds the lease by now.
        """

    def release(self) -> None:
        """Let the next one take it."""

    def forget(self) -> None:
        """Have no part in it any more, in a forked child: the parent holds it."""


class FileLease:
    """A lock (`flock`) on a local file: the kernel lets it go when its holder dies.

    The descriptor is closed in what the holder executes, so that no child keeps the lease.
    """

    def __init__(self, descriptor: int, number: int) -> None:
        self._descriptor = descriptor
        self.number = number

    @classmethod
    def take(cls, folder: RunFolder) -> FileLease | None:
        """Take the lease, or None where another process holds it.

        Raises:
            OSError: the run folder can't be written.
        """
        descriptor = os.open(folder.journal / "lease", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            number, _, _ = _held(descriptor)
            line = b"%d %d %d\n" % (number + 1, os.getpid(), process_start(os.getpid()) or 0)
            os.pwrite(descriptor, line, 0)
        except OSError as error:
            os.close(descriptor)
            if isinstance(error, BlockingIOError):
                return None
            raise
        return cls(descriptor, number + 1)

    def renew(self) -> None:
        """Nothing to do: the kernel knows that the holder lives."""

    def release(self) -> None:
        """Let the next one take it; a second time changes nothing."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor >= 0:
            with suppress(
                OSError
            ):  # the lock is gone with the descriptor, whatever the disk says of the file
                os.close(descriptor)

    def forget(self) -> None:
        """Have no part in it any more, in a forked child: the kernel lets it go when nobody has it open."""
        self.release()


class NumberedLease:
    """A file of a growing number, where locks are not to be trusted: network file systems.

    The holder of the highest number has the lease. Its file is made exclusively, grows by a byte at each renewal,
    and is taken over by the next number when it has not grown for a lifetime, measured by the taker's own clock.
    """

    def __init__(self, folder: RunFolder, number: int) -> None:
        self._folder = folder
        self.number = number

    @classmethod
    def take(
        cls,
        folder: RunFolder,
        *,
        lifetime: float = LIFETIME,
        now: Callable[[], float] = monotonic,
        wait: Callable[[float], None] = sleep,
    ) -> NumberedLease | None:
        """Take the lease, or None where its holder shows life; may wait for a lifetime to find out.

        Raises:
            OSError: the run folder can't be written.
        """
        number = _highest(folder)
        size, deadline = _size(_path(folder, number)), now() + lifetime
        while size is not None and now() < deadline:
            wait(lifetime / 20)
            if _size(_path(folder, number)) not in {size, None} or _highest(folder) != number:
                return None
            size = _size(_path(folder, number))
        try:
            descriptor = os.open(_path(folder, number + 1), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        except FileExistsError:
            return None
        # From here on it is held: what fails must not leave a lease that everybody waits for and nobody has.
        with suppress(OSError):
            os.close(descriptor)
        with suppress(OSError):
            _path(folder, number).unlink(missing_ok=True)
        return cls(folder, number + 1)

    def renew(self) -> None:
        """Say that the holder lives.

        Raises:
            LeaseLostError: another process holds the lease by now.
        """
        if _highest(self._folder) != self.number:
            raise LeaseLostError(f"the lease of {self._folder.uuid} went to another process")
        with _path(self._folder, self.number).open("ab") as file:
            file.write(b".")

    def release(self) -> None:
        """Let the next one take it: the number stays as that of a file without contents to wait for."""
        _path(self._folder, self.number).rename(self._folder.journal / f"lease.{self.number}.free")

    def forget(self) -> None:
        """Have no part in it any more, in a forked child: the parent renews it."""


def take_lease(folder: RunFolder) -> Lease | None:
    """Take the lease of a run by the means that its file system allows, or None where another process holds it.

    Raises:
        OSError: the run folder can't be written.
    """
    return NumberedLease.take(folder) if is_network(folder.path) else FileLease.take(folder)


def holder_life(folder: RunFolder) -> Life:
    """Whether the last one that took the lease is there; `unknown` on a network file system.

    Raises:
        OSError: the run can't be read.
    """
    try:
        descriptor = os.open(folder.journal / "lease", os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return "unknown" if is_network(folder.path) else "gone"
    try:
        _, pid, start = _held(descriptor)
    finally:
        os.close(descriptor)
    return "alive" if pid and process_start(pid) == start else "gone"


def _held(descriptor: int) -> tuple[int, int, int]:
    """The number of a lease, and the process that took it with its start; a power loss may leave anything."""
    words = os.pread(descriptor, 64, 0).partition(b"\n")[0].split()
    known = [int(word) if word.isdigit() else 0 for word in words[:3]]
    number, pid, start = [*known, 0, 0, 0][:3]
    return number, pid, start


def _highest(folder: RunFolder) -> int:
    names = (re.fullmatch(r"lease\.(\d+)(\.free)?", name) for name in os.listdir(folder.journal))
    return max((int(match[1]) for match in names if match), default=0)


def _path(folder: RunFolder, number: int) -> Path:
    return folder.journal / f"lease.{number}"


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return None
