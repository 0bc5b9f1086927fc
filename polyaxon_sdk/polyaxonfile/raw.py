"""The bytes of a local file, which may be a pipe or a device: never without end, never without an answer."""

from __future__ import annotations

import os
import select
import stat
from pathlib import Path
from time import monotonic

from polyaxon_sdk.exceptions import InputError

__all__ = ["MAX_BYTES", "PATIENCE", "read_bytes"]

MAX_BYTES = 8 * 2**20
"""How large a file may be."""

PATIENCE = 10.0
"""Seconds that a pipe may take to say all it has to say."""


def read_bytes(path: Path, *, name: str, patience: float = PATIENCE) -> bytes:
    """All that a file holds, or a pipe gives.

    Args:
        name: what errors call it.
        patience: seconds to wait for a pipe or a device.

    Raises:
        InputError: it is absent, unreadable, too large, a pipe with a name, which may have no writer, or one that
            doesn't end.

    >>> read_bytes(Path("/dev/null"), name="null")
    b''
    """
    try:
        if _is_named_pipe(path):
            raise InputError("a pipe with a name", where=name, expected="a file, /dev/stdin or <(command)")
        stream = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY)
        try:
            is_file = stat.S_ISREG(os.fstat(stream).st_mode)
            return _read(stream, name=name, deadline=None if is_file else monotonic() + patience)
        finally:
            os.close(stream)
    except FileNotFoundError as error:
        raise InputError("no such file", where=name) from error
    except OSError as error:
        raise InputError(f"can't be read: {error.strerror}", where=name) from error
    except ValueError as error:  # all that `open` says of a name with a NUL in it
        raise InputError("no file has a NUL in its name", where=name) from error


def _is_named_pipe(path: Path) -> bool:
    """Whether it is a pipe that stands in a folder, not one that the shell has opened."""
    opened = any(path.is_relative_to(folder) for folder in ("/dev", "/proc"))
    return not opened and stat.S_ISFIFO(os.stat(path).st_mode)


def _read(stream: int, *, name: str, deadline: float | None) -> bytes:
    parts: list[bytes] = []
    size = 0
    while size <= MAX_BYTES:
        if deadline is not None:
            _wait(stream, name=name, deadline=deadline)
        part = os.read(stream, 1 << 20)
        if not part:
            return b"".join(parts)
        parts.append(part)
        size += len(part)
    raise InputError(f"larger than {MAX_BYTES // 2**20} MiB", where=name)


def _wait(stream: int, *, name: str, deadline: float) -> None:
    """Return when there is something to read, or nothing more to come."""
    poll = select.poll()
    poll.register(stream, select.POLLIN)
    if not poll.poll(max(0.0, deadline - monotonic()) * 1000):
        raise InputError("nothing more comes from it, and no end", where=name, expected="a file")
