"""Asking git about a working tree: nothing is written, fetched or asked, and time and size are bounded."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
from contextlib import suppress
from time import monotonic
from typing import NamedTuple

from polyaxon_sdk.settings import inherited

__all__ = ["Answer", "ask"]

_QUIET = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
"""Asks for nothing, fetches nothing, writes nothing."""
_SETTINGS = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "-c", "core.quotePath=false")
_CHUNK = 1 << 16


class Answer(NamedTuple):
    """What git printed: all of it, unless it was cut at the limit of size or of time."""

    data: bytes
    is_cut: bool = False
    is_late: bool = False


def ask(folder: str, *arguments: str, seconds: float, limit: int = 1 << 20) -> Answer | None:
    """What `git ARGUMENTS` prints in `folder`; None where it fails, or where there is no git.

    Args:
        folder: where git is asked.
        arguments: the git command.
        seconds: after which git and all that it started are ended.
        limit: bytes after which no more is read.

    >>> ask("/src/project", "rev-parse", "HEAD", seconds=5)  # doctest: +SKIP
    Answer(data=b'8f0e...', is_cut=False, is_late=False)
    """
    environment = {name: value for name, value in inherited({}).items() if not name.startswith("GIT_")}
    try:
        process = subprocess.Popen(
            ["git", "--no-pager", *_SETTINGS, *arguments],
            cwd=folder,
            env={**environment, **_QUIET},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:  # no git, or no such folder
        return None
    deadline = monotonic() + seconds
    answer = _read(process, deadline, limit)
    if not answer.is_cut and not answer.is_late:
        with suppress(subprocess.TimeoutExpired):
            return answer if process.wait(max(0.0, deadline - monotonic())) == 0 else None
        answer = answer._replace(is_late=True)
    _kill(process)
    return answer


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End git and what it started; one that hangs in the kernel is left to it."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    with suppress(subprocess.TimeoutExpired):
        process.wait(1.0)


def _read(process: subprocess.Popen[bytes], deadline: float, limit: int) -> Answer:
    assert process.stdout is not None  # it was asked for
    data = bytearray()
    with process.stdout, selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while selector.select(max(0.0, deadline - monotonic())):
            chunk = os.read(process.stdout.fileno(), _CHUNK)
            data += chunk
            if not chunk:
                return Answer(bytes(data))
            if len(data) > limit:
                return Answer(bytes(data[:limit]), is_cut=True)
    return Answer(bytes(data), is_late=True)
