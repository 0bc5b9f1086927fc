"""A disk that fails when a test wants it to."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

from tests.disks.prerequisites import needs
from tests.polling import eventually

__all__ = ["FaultyDisk", "faulty_disk"]

ROOT = Path(__file__).parents[2]


class FaultyDisk:
    """A mounted disk and the process that serves it."""

    def __init__(self, path: Path, server: "subprocess.Popen[str]") -> None:
        self.path = path
        self._server = server

    def fail(self, nth: int, error: int, *, pid: int, times: int = 1, seconds: float = 0.0) -> None:
        """Let the `nth` operation from now of process `pid`, or below zero of any other, fail or take `seconds`."""
        self._ask("fail", nth, error, pid, times, seconds)

    def heal(self) -> int:
        """Work well again; how many operations there were that could have failed."""
        return self._ask("heal")

    def has_met(self, nth: int, *, after: float) -> bool:
        """Whether the `nth` operation that could fail has come within some seconds more."""
        sleep(after)
        return self._ask("look") >= nth

    def lose_power(self, target: Path, seed: int) -> Path:
        """Write what a loss of power would leave now to a folder."""
        self._ask("lose power", str(target), seed)
        return target

    def _ask(self, *words: object) -> int:
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.write(f"{json.dumps(words)}\n")
        self._server.stdin.flush()
        return int(self._server.stdout.readline())


@contextmanager
def faulty_disk(point: Path) -> Iterator[FaultyDisk]:
    """A faulty disk at `point`, which works well at first."""
    needs(module="mfusepy", programs=["fusermount"], device="/dev/fuse")
    point.mkdir()
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.disks.serving", str(point)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        eventually(lambda: os.path.ismount(point) or server.poll() is not None)
        assert server.poll() is None, "the disk can't be mounted"
        yield FaultyDisk(point, server)
    finally:
        subprocess.run(["umount", "--lazy", str(point)], check=False, capture_output=True)
        server.kill()
        server.communicate()
