"""`python -m polyaxon_sdk.runner.executors.guardian`: the parent of commands, which knows how they end whoever else is
gone."""

from __future__ import annotations

import os
import select
import signal
import socket
import sys
from collections.abc import Mapping
from contextlib import suppress
from errno import EINVAL, ENOENT
from typing import Any

from polyaxon_sdk.runs.exits import leave
from polyaxon_sdk.runs.nursery import LINE, NUMBER, Birth, Nursery
from polyaxon_sdk.runs.writer import process_start

__all__ = ["ASKING", "Guardian", "main"]

ASKING = (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM)
"""Signals that ask for an end: a command ignores those that its runner ignores, as `nohup` has it."""

_OF_PYTHON = (signal.SIGPIPE, signal.SIGXFSZ)
"""Those that Python ignores for itself alone."""


class Guardian(Nursery):
    """Starts commands, and leaves how each ended beside its output before its runner is told.

    Where the runner is gone it waits for those that go on.
    """

    def __init__(self, line: socket.socket) -> None:
        super().__init__(line)
        self._left: dict[int, tuple[str, int]] = {}
        self._runner = select.poll()
        self._runner.register(line, 0)  # only whether it is gone

    def holds(self, birth: Birth) -> bool:
        """Start a command; not where who asked for it is gone by now."""
        reply, outlet, *held = birth.descriptors
        os.set_inheritable(reply, False)  # noqa: FBT003  # the system's
        if self._runner.poll(0):
            os.close(reply)
        else:
            self._start(birth.document, outlet, reply)
        for each in (outlet, *held):
            os.close(each)
        return True

    def ended(self, pid: int, number: int) -> None:
        """Leave how a command ended."""
        path, start = self._left.pop(pid)
        leave(path, pid, start, number)

    def left(self) -> None:
        """Wait for those that outlived their runner."""
        self.wait()

    def _start(self, document: Mapping[str, Any], outlet: int, reply: int) -> None:
        is_there = False
        try:
            os.chdir(document["folder"])
            is_there = True
            pid = _spawned(document, outlet)
        except OSError as error:
            with suppress(BrokenPipeError):  # who asked is gone
                os.write(reply, NUMBER.pack(-(error.errno or EINVAL)) + NUMBER.pack(is_there))
            os.close(reply)
            return
        finally:
            os.chdir("/")
        path, start = self._left[pid] = document["left"], process_start(pid) or 0
        leave(path, pid, start)  # the runner may not live to record it
        self.adopt(pid, reply)


def _spawned(document: Mapping[str, Any], outlet: int) -> int:
    """The pid of a command, in a session of its own, found as its own environment says.

    Raises:
        OSError: it can't be started.
    """
    words, environment = document["words"], document["environment"]
    streams = [
        (os.POSIX_SPAWN_DUP2, outlet, 1),
        (os.POSIX_SPAWN_DUP2, outlet, 2),
        (os.POSIX_SPAWN_CLOSE, outlet),
    ]
    usual = [each for each in (*ASKING, *_OF_PYTHON) if each not in document["ignored"]]
    folders = [""] if os.path.dirname(words[0]) else os.get_exec_path(environment)
    paths = [os.path.join(folder, words[0]) for folder in folders]
    problem: OSError = FileNotFoundError(ENOENT, "")
    for path in paths if len(paths) == 1 else filter(os.path.lexists, paths):
        try:
            return os.posix_spawn(
                path, words, environment, file_actions=streams, setsid=True, setsigdef=usual
            )
        except (FileNotFoundError, NotADirectoryError):
            continue
        except ValueError:  # a zero byte
            raise OSError(EINVAL, "") from None
        except OSError as error:
            problem = error
    raise problem


def main() -> int:
    """Start commands until nobody asks any more, and those that there are have ended; 0."""
    for each in ASKING:
        signal.signal(each, signal.SIG_IGN)
    os.closerange(LINE + 1, os.sysconf("SC_OPEN_MAX"))  # what the runner was given is not for commands
    os.set_inheritable(LINE, False)  # noqa: FBT003  # the system's
    os.chdir("/")
    Guardian(socket.socket(fileno=LINE)).serve()
    return 0


if __name__ == "__main__":
    sys.exit(main())
