"""Services that nobody uses any more (semantics 1.12)."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from time import monotonic

from polyaxon_sdk.polyflow import V1CompiledOperation, V1Culling, V1Termination
from polyaxon_sdk.runner.services.readiness import Service
from polyaxon_sdk.settings import inherited

__all__ = ["Culling", "culling_of", "is_connected"]

_LOOK = 1.0
"""Seconds between two looks at whether it is used, at most."""

_ANSWERS_WITHIN = 30.0
_TABLES = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))
_ESTABLISHED = "01"


class Culling:
    """Looks whether a service is used, in a thread of its own, and has it ended once it was not for long.

    It is used while a connection to one of its ports is open; where its `probe` has a command, while that succeeds.

    Args:
        service: what is looked at.
        timeout: seconds without use, from its start on.
        end: is called once, with what a person is told.
    """

    def __init__(self, service: Service, *, timeout: float, end: Callable[[str], None]) -> None:
        self._service = service
        self._timeout = timeout
        self._end = end
        self._over = Event()
        self._thread = Thread(target=self._look, name="culling", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def close(self) -> None:
        """Look no more."""
        self._over.set()

    def _look(self) -> None:
        used = waits = monotonic()
        every = min(_LOOK, self._timeout / 4)
        while not self._over.wait(every):
            used += max(0.0, monotonic() - waits - every)  # held up, it could see nobody who came meanwhile
            if self._is_used():
                used = monotonic()
            elif monotonic() - used >= self._timeout and not self._over.is_set():
                self._end(f"nobody used it for {self._timeout:g} s")
                return
            waits = monotonic()

    def _is_used(self) -> bool:
        if self._service.command is None:
            return is_connected(self._service.ports)
        with suppress(OSError, subprocess.TimeoutExpired):
            ended = subprocess.run(
                self._service.command,
                env=inherited(self._service.environment),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=_ANSWERS_WITHIN,
                check=False,
            )
            return ended.returncode == 0
        return False


def culling_of(operation: V1CompiledOperation) -> float | None:
    """The seconds without use after which an operation ends; None where it never does for that.

    >>> culling_of(V1CompiledOperation(termination=V1Termination(culling=V1Culling(timeout=600))))
    600.0
    """
    termination = operation.termination
    culling = termination.culling if isinstance(termination, V1Termination) else None
    timeout = culling.timeout if isinstance(culling, V1Culling) else None
    return float(timeout) if isinstance(timeout, int) and timeout > 0 else None


def is_connected(ports: Collection[int]) -> bool:
    """Whether a connection to one of these ports of this machine is open.

    >>> is_connected([1])
    False
    """
    wanted = {f"{port:04X}" for port in ports}
    for table in _TABLES:
        with suppress(OSError):  # a kernel without IPv6
            for line in table.read_text(encoding="ascii").splitlines()[1:]:
                _, local, _, state, *_ = line.split()
                if state == _ESTABLISHED and local.rpartition(":")[2] in wanted:
                    return True
    return False
