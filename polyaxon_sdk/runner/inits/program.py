"""Programs that init steps start: their output is read to the end, and they end when nobody wants it any more."""

from __future__ import annotations

import os
import select
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import NamedTuple

from polyaxon_sdk.runner.inits.step import StepError

__all__ = ["Ended", "follow_program", "run_program"]

_TICK = 0.1
_GRACE = 5.0
"""Seconds between asking a program to end and killing it."""

_LONGEST = 1 << 16
"""Bytes of a line that are shown as one."""


class Ended(NamedTuple):
    """How a program ended: its exit code, and what it printed to stdout and stderr."""

    code: int
    output: str


def run_program(
    words: Sequence[str], *, folder: Path, environment: Mapping[str, str], given_up: Event
) -> Ended:
    """Run a program, with nothing on its stdin, to its end.

    Raises:
        StepError: it can't be started, or `given_up` was set meanwhile.
    """
    process = _started(words, folder, environment)
    while True:
        try:
            output, _ = process.communicate(timeout=_TICK)
        except subprocess.TimeoutExpired:
            if given_up.is_set():
                _end(process)
                raise StepError("given up") from None
        else:
            return Ended(process.returncode, output.decode("utf-8", "replace"))


def follow_program(
    words: Sequence[str],
    *,
    folder: Path,
    environment: Mapping[str, str],
    given_up: Event,
    say: Callable[[str], None],
) -> int:
    """Run a program likewise and say each line that it prints; its exit code, less than 0 for a signal.

    What it leaves running in the background may go on printing, which is not waited for.

    Raises:
        StepError: it can't be started, or `given_up` was set meanwhile.
    """
    process = _started(words, folder, environment)
    assert process.stdout is not None  # asked for
    rest = b""
    with process.stdout as output:
        while True:
            ready, _, _ = select.select([output], [], [], _TICK)
            read = os.read(output.fileno(), _LONGEST) if ready else None
            *lines, rest = (rest + (read or b"")).split(b"\n")
            if read == b"" or len(rest) >= _LONGEST:
                lines, rest = [*lines, rest], b""
            for line in lines:
                if line:
                    say(line.decode("utf-8", "replace"))
            if read == b"" or (read is None and process.poll() is not None):
                break
            if given_up.is_set():
                _end(process)
                raise StepError("given up")
    return _waited(process, given_up)


def _waited(process: subprocess.Popen[bytes], given_up: Event) -> int:
    """The exit code of a program that prints no more."""
    while True:
        with suppress(subprocess.TimeoutExpired):
            return process.wait(_TICK)
        if given_up.is_set():
            _end(process)
            raise StepError("given up")


def _started(words: Sequence[str], folder: Path, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            words,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    except OSError as error:
        raise StepError(f"{words[0]} can't be started: {error.strerror or error}") from error


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and all that it started."""
    for wanted in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, wanted)
        with suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=_GRACE)
            return
