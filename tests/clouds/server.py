"""A server process of a cloud's kind on this machine, which can be killed, started again and frozen."""

import os
import signal
import socket
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from tests.polling import eventually

__all__ = ["Server", "free_ports"]

_HIGHEST = 40_000


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on, nor on those 10,000 above (some servers take these too)."""
    found = list[int]()
    port = 20_000 + os.getpid() * 7919 % 15_000  # two workers of a suite have neighbouring numbers
    while len(found) < count:
        port = 20_000 if port >= _HIGHEST else port + 1
        if _is_free(port) and _is_free(port + 10_000):
            found.append(port)
    return found


def _is_free(port: int) -> bool:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


class Server:
    """A process that listens on `port` once it is ready."""

    def __init__(
        self, command: Sequence[str], port: int, log: Path, environ: Mapping[str, str] | None = None
    ) -> None:
        self.port = port
        self._command = command
        self._log = log
        self._environ = {**os.environ, **(environ or {})}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it listens."""
        with self._log.open("ab") as log:
            process = self._process = subprocess.Popen(
                self._command, stdout=log, stderr=log, env=self._environ, start_new_session=True
            )
        eventually(lambda: self._listens() or process.poll() is not None, timeout=120)
        assert process.poll() is None, self._log.read_text(errors="replace")[-2000:]

    def kill(self) -> None:
        """End it without a word, and all that it started."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def stop(self) -> None:
        """Ask it to end, and see that it has."""
        if self._process is not None:
            self._process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(30)
            self.kill()

    def freeze(self) -> None:
        """Let it accept connections and answer none."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it answer again."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGCONT)

    def _listens(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False
