"""Training scripts as a person runs them: real processes, with a home of their own."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import RunState, read_run
from polyaxon_sdk.sidecar.launch import Sidecar
from tests.polling import eventually

ROOT = Path(__file__).parents[1]
_FEWER_PROCESSES = {"POLYAXON_TRACK_LOGS": "false", "POLYAXON_SHIP_WAIT": "0"}
"""Tests of what is printed, and of ends that wait, set them otherwise."""


class Ended(NamedTuple):
    """How a script ended, and what it said."""

    code: int
    out: str
    err: str


class Scripts:
    """Runs Python text in real processes that see `home`."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def run(self, text: str, **variables: str) -> Ended:
        """Run a script to its end."""
        process = self.start(text, **variables)
        out, err = process.communicate(timeout=120)
        return Ended(process.returncode, out, err)

    def start(self, text: str, **variables: str) -> subprocess.Popen[str]:
        """Start a script; a test that doesn't wait for its end kills it."""
        return subprocess.Popen(
            [sys.executable, "-c", text],
            env={**self.environment, **_FEWER_PROCESSES, **variables},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=_default_signals,
        )

    @property
    def environment(self) -> dict[str, str]:
        """That of a script which sees the home, and no setting of the tests."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("POLYAXON_")}
        return {**kept, "POLYAXON_HOME": str(self.home), "PYTHONPATH": str(ROOT)}

    def the_run(self) -> RunFolder:
        """The only run of the home."""
        (path,) = (self.home / "runs").iterdir()
        return RunFolder(path)

    def finished(self) -> RunState:
        """The only run of the home, once its sidecar is through."""
        folder = self.the_run()
        assert Sidecar(folder).wait(120), (read_run(folder).status, list(folder.journal.iterdir()))
        return read_run(folder)


def _default_signals() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def read_line(process: subprocess.Popen[str]) -> str:
    """The next line that a script prints."""
    assert process.stdout is not None
    return eventually(process.stdout.readline).strip()
