"""Programs that init steps start: their output is read to the end, and they end when nobody wants it any more."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import NamedTuple

from polyaxon_sdk.runner.inits.step import StepError

__all__ = ["Ended", "run_program"]

_TICK = 0.1
_GRACE = 5.0
"""Seconds between asking a program to end and killing it."""


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
    try:
        process = subprocess.Popen(
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
    while True:
        try:
            output, _ = process.communicate(timeout=_TICK)
        except subprocess.TimeoutExpired:
            if given_up.is_set():
                _end(process)
                raise StepError("given up") from None
        else:
            return Ended(process.returncode, output.decode("utf-8", "replace"))


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and all that it started."""
    for wanted in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, wanted)
        with suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=_GRACE)
            return
