"""Scripts whose output is captured, seen from both sides: what the terminal showed and what the run kept."""

import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.logs import read_logs
from polyaxon_sdk.sidecar.launch import Sidecar

ROOT = Path(__file__).parents[2]
START = "from polyaxon_sdk import tracking; run = tracking.init()\n"
PIDS = """
import glob
def words(path):
    try: return open(path, 'rb').read().split(b'\\0')
    except OSError: return []
def pids():
    lines = [(path, words(path)) for path in glob.glob('/proc/[0-9]*/cmdline')]
    of_this = [path for path, words in lines if b'polyaxon_sdk.console' in words and run.uuid.encode() in words[-2]]
    return sorted(int(path.split('/')[2]) for path in of_this)
"""
"""Tells a script the pids of the two processes behind its output: the one that writes down, then the other."""


class Shown(NamedTuple):
    """What a script showed, and how it ended."""

    code: int
    out: bytes


class Consoles:
    """Runs scripts that capture their output in `home`."""

    def __init__(self, home: Path) -> None:
        self.home = home
        kept = {name: value for name, value in os.environ.items() if not name.startswith("POLYAXON_")}
        self.environment = {**kept, "POLYAXON_HOME": str(home), "PYTHONPATH": str(ROOT)}

    def piped(self, text: str, **variables: str) -> Shown:
        """Run a script that prints to a pipe."""
        ended = subprocess.run(
            [sys.executable, "-c", START + text],
            env={**self.environment, **variables},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=120,
            check=False,
        )
        return Shown(ended.returncode, ended.stdout)

    def at_terminal(self, text: str, typed: bytes = b"") -> Shown:
        """Run a script at a terminal of its own, in which something is typed."""
        upper, lower = pty.openpty()
        os.write(upper, typed)
        process = subprocess.Popen(
            [sys.executable, "-c", START + text],
            env=self.environment,
            stdin=lower,
            stdout=lower,
            stderr=lower,
        )
        os.close(lower)
        shown = b""
        while piece := _read(upper):
            shown += piece
        os.close(upper)
        return Shown(process.wait(120), shown.replace(b"\r\n", b"\n"))

    def in_shell(self, command: str) -> bytes:
        """What a command of bash prints."""
        ended = subprocess.run(
            ["bash", "-c", command], env=self.environment, stdout=subprocess.PIPE, timeout=120, check=True
        )
        return ended.stdout

    def the_run(self) -> RunFolder:
        """The only run of the home."""
        (path,) = (self.home / "runs").iterdir()
        return RunFolder(path)

    def kept(self) -> list[str]:
        """The lines that the only run of the home kept, once its sidecar is through."""
        folder = self.the_run()
        assert Sidecar(folder).wait(120), list(folder.journal.iterdir())
        return [line.text for line in read_logs(folder)]


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 1 << 16)
    except OSError:  # how a terminal says that nobody holds it any more
        return b""
