"""Starting a sidecar beside a run."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep

from polyaxon_sdk.runs.drained import read_drained
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.settings import inherited

__all__ = ["Sidecar", "launch"]

_PACKAGE_ROOT = str(Path(__file__).resolve().parents[2])
_POLL = 0.02


class Sidecar:
    """The process beside a run, as whoever started it sees it."""

    def __init__(self, folder: RunFolder) -> None:
        self._folder = folder

    def wait(self, timeout: float) -> bool:
        """Wait up to `timeout` seconds until everything is drained, summarised and shipped; whether it is.

        A sidecar that broke is not waited for.
        """
        deadline = monotonic() + timeout
        while not read_drained(self._folder).is_finished:
            if monotonic() >= deadline or self._folder.sidecar_log.exists():
                return False
            sleep(_POLL)
        return True


def launch(folder: RunFolder) -> Sidecar:
    """Start the sidecar of `folder` in a session of its own, with none of this process' streams.

    It is no child of this process, so that neither ends up waiting for the other: a shell starts it in the
    background and is gone at once. Where another sidecar holds the run's lease, the new one ends by itself.

    Raises:
        OSError: no process can be started.
    """
    folder.sidecar_log.unlink(missing_ok=True)
    command = [sys.executable, "-P", "-m", "polyaxon_sdk.sidecar", os.path.abspath(folder.path)]
    streams = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
    ]
    shell = os.posix_spawn(
        "/bin/sh",
        ["sh", "-c", '"$@" &', "sh", *command],
        _environment(folder),
        file_actions=streams,
        setsid=True,
    )
    with suppress(
        ChildProcessError
    ):  # a process that ignores SIGCHLD has its children waited for by the kernel
        os.waitpid(shell, 0)
    return Sidecar(folder)


def _environment(folder: RunFolder) -> dict[str, str]:
    """This process' environment, good for a process that works elsewhere: the home as a whole path, and the
    package found even where a script put it on the path by itself."""
    environment = inherited({"POLYAXON_HOME": os.path.abspath(folder.home)})
    paths = [_PACKAGE_ROOT, environment.get("PYTHONPATH", "")]
    return {**environment, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
