"""Whether a service answers, and under which address."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException
from threading import Event, Thread
from time import monotonic

from attrs import evolve, field, frozen

from polyaxon_sdk.compiler import Globals
from polyaxon_sdk.compiler.services import of_service
from polyaxon_sdk.polyflow import V1CompiledOperation, V1Service, V1Termination
from polyaxon_sdk.polyflow.recognition import is_service
from polyaxon_sdk.settings import inherited

__all__ = ["Readiness", "Service", "service_of"]

_HOST = "127.0.0.1"
_PAUSE = 0.2
"""Seconds between two tries."""
_ANSWERS_WITHIN = 5.0
_MISSING = 404
_BROKEN = 500


@frozen(kw_only=True)
class Service:
    """What a service is asked for, to find out whether it answers.

    Args:
        ports: where it listens on this machine; the first one is asked.
        paths: what it may serve under, the best first.
        asked: a path that tells whether it is well; None where each of `paths` does.
        command: one that succeeds when the service is well; None where a request tells.
        environment: of the command.
    """

    ports: tuple[int, ...]
    paths: tuple[str, ...] = ("/",)
    asked: str | None = None
    command: tuple[str, ...] | None = None
    environment: Mapping[str, str] = field(factory=dict)

    def urls(self) -> list[str] | None:
        """Where it is reached now; None where it doesn't answer yet, or is not well."""
        if not self._is_well() or (path := self._path()) is None:
            return None
        return [f"http://{_HOST}:{port}{path}" for port in self.ports]

    def _is_well(self) -> bool:
        if self.asked is not None:
            return (self._status(self.asked) or _BROKEN) < _MISSING
        return self.command is None or _succeeds(self.command, self.environment)

    def _path(self) -> str | None:
        """The first path that is found there; the last one where none is."""
        for path in self.paths:
            status = self._status(path)
            if status is None or status >= _BROKEN:
                return None
            if status != _MISSING:
                return path
        return self.paths[-1]

    def _status(self, path: str) -> int | None:
        """How a request is answered, 0 by something that speaks no HTTP; None where nobody answers."""
        connection = HTTPConnection(_HOST, self.ports[0], timeout=_ANSWERS_WITHIN)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except HTTPException:
            return 0
        except OSError:
            return None
        finally:
            connection.close()


def _succeeds(command: tuple[str, ...], environment: Mapping[str, str]) -> bool:
    try:
        ended = subprocess.run(
            command,
            env=inherited(environment),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_ANSWERS_WITHIN,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return ended.returncode == 0


def service_of(
    operation: V1CompiledOperation, known: Globals, environment: Mapping[str, str]
) -> Service | None:
    """What a compiled operation says of its being a service; None where it is none, or listens nowhere.

    A service whose `probe` is given is asked as that says: by a path, by a command.

    Args:
        operation: with the ports of this machine.
        known: what its templates knew of the run.
        environment: of its process.
    """
    run, termination = operation.run, operation.termination
    if not is_service(run) or not isinstance(run.ports, list) or not run.ports:
        return None
    found = Service(ports=tuple(run.ports), paths=_paths(known, run), environment=environment)
    probe = termination.probe if isinstance(termination, V1Termination) else None
    if probe is not None and probe.http is not None and probe.http.path:
        return evolve(found, asked=probe.http.path)
    if probe is not None and probe.exec is not None and probe.exec.command:
        words = probe.exec.command
        return evolve(found, command=("sh", "-c", words) if isinstance(words, str) else tuple(words))
    return found


def _paths(known: Globals, service: V1Service) -> tuple[str, ...]:
    """Under its `globals.base_url`, or where a proxy took that off, or where it doesn't heed it, at the root."""
    base = of_service(known, service).base_url
    return ("/",) if service.rewrite_path is True or not base else (f"{base}/", "/")


class Readiness:
    """Asks a service again and again, in a thread of its own, until it answers.

    Args:
        service: what is asked.
    """

    def __init__(self, service: Service) -> None:
        self._service = service
        self._over = Event()
        self._since = monotonic()
        self._urls: list[str] | None = None
        self._thread = Thread(target=self._ask, name="readiness", daemon=True)

    def start(self) -> None:
        """Begin to ask."""
        self._thread.start()

    def close(self) -> None:
        """Ask no more."""
        self._over.set()

    @property
    def urls(self) -> list[str] | None:
        """Where it answers; None as long as it doesn't."""
        return self._urls

    @property
    def port(self) -> int:
        """The one that is asked."""
        return self._service.ports[0]

    @property
    def waited(self) -> float:
        """Seconds since it was started."""
        return monotonic() - self._since

    def _ask(self) -> None:
        while not self._over.wait(_PAUSE):
            if (urls := self._service.urls()) is not None:
                self._urls = urls
                return
