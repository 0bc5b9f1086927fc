"""`python -m polyaxon_sdk.authoring.warm file.py:name`: forks runs of a function from a process that has its file."""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import sys
from _signal import signal as set_handler  # type: ignore[import-not-found]  # it makes no enumerations
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, NamedTuple

from polyaxon_sdk.authoring import __main__ as cold
from polyaxon_sdk.authoring.ahead import Ahead, Lookout
from polyaxon_sdk.authoring.code.target import import_object
from polyaxon_sdk.authoring.execution import Target, target_of
from polyaxon_sdk.authoring.leaving import leave
from polyaxon_sdk.authoring.randomness import digests, find_kept, fixed_in, renew, states
from polyaxon_sdk.authoring.rehearsal import rehearse
from polyaxon_sdk.authoring.safety import why_unsafe
from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.runs.nameplate import BLANK, find_plate, wear
from polyaxon_sdk.runs.nursery import Birth, Nursery
from polyaxon_sdk.settings import export
from polyaxon_sdk.tracking.start import ACTIVE

__all__ = ["main"]

_LINE = 0
"""The line is its standard input."""
_PACKAGE = f"{os.path.dirname(os.path.dirname(__file__))}{os.sep}"
_IGNORED = (int(signal.SIGHUP), int(signal.SIGINT), int(signal.SIGQUIT))
_DEFAULT = int(signal.SIG_DFL)


class _Ready(NamedTuple):
    """What was imported.

    Attributes:
        found: what the words name.
        output: what was printed meanwhile, which each run has to print too.
        states: those of random numbers.
        fixed: which of them the file seeds itself.
    """

    found: Target
    output: bytes
    states: dict[str, Any]
    fixed: dict[str, bool]


class _Refused(Exception):  # no error: runs start as ever
    """Runs can't be forked from this process."""


def main(target: str) -> int:
    """Import a function, and fork a process for each of its runs until nobody asks any more."""
    export(dict.fromkeys(BLANK))
    with suppress(OSError, ValueError):  # as for `wear`
        find_plate()
    line = socket.socket(fileno=os.dup(_LINE))
    os.dup2(os.open(os.devnull, os.O_RDWR), _LINE)
    for each in _IGNORED:
        signal.signal(each, signal.SIG_IGN)
    try:
        ready = _imported(target, line.fileno())
    except _Refused as why:
        line.send(json.dumps({"refused": str(why)}).encode())
        return 0
    line.send(json.dumps({"refused": "", "files": _files()}).encode())
    gc.collect()
    gc.freeze()
    forks = _Forks(line)
    birth = forks.serve()
    if birth is not None:
        leave(_ended(lambda: _live(birth, target, ready, forks.ahead)), told=birth.reply)
    return 0


class _Forks(Nursery):
    """Forks runs of the function, each with what could be found for it before."""

    ahead: Ahead | None = None

    def __init__(self, line: socket.socket) -> None:
        super().__init__(line)
        self._before: dict[str, str | None] = {}
        self._lookout = Lookout()

    def foresee(self, birth: Birth) -> None:
        """Have the folder and the variables of a run, and look at it."""
        variables = birth.document["environment"]
        self._before = {**export({**self._before, **variables}), **self._before}
        self.ahead = None
        with suppress(OSError):  # the folder is gone: the run tells it
            os.chdir(birth.document["folder"])
            self.ahead = self._lookout.look(birth.document)


def _imported(target: str, line: int) -> _Ready:
    """Import the function, after another process has: what both have is what the file itself decides on."""
    probe = _probe(target)
    printed = os.memfd_create("printed")
    _print_to(printed)
    before = export({"POLYAXON_NO_OP": "true"})
    try:
        found = import_object(target)
    except BaseException as error:  # the person's own code: a run of its own tells it whole
        raise _Refused(f"its import fails: {type(error).__name__}") from error
    finally:
        export(before)
    if not ACTIVE.is_none:
        raise _Refused("it begins to track when it is imported")
    why = why_unsafe({0, 1, 2, line, printed})
    if why is not None:
        raise _Refused(f"when it is imported, {why}")
    sys.stdout.flush()
    sys.stderr.flush()
    output = os.pread(printed, os.fstat(printed).st_size, 0)
    _print_to(_LINE)
    os.close(printed)
    find_kept()
    ready = _Ready(_target(target, found), output, states(), fixed_in(digests(), probe))
    if not rehearse():
        raise _Refused("a thread of it doesn't end")
    return ready


def _target(target: str, found: object) -> Target:
    try:
        return target_of(target, found)
    except InputError as error:  # a run of its own tells it whole
        raise _Refused(str(error)) from error


def _probe(target: str) -> dict[str, str]:
    """What the states of random numbers are in a process that has imported the function."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        _print_to(_LINE)
        export({"POLYAXON_NO_OP": "true"})
        try:
            import_object(target)
            find_kept()
            os.write(writing, json.dumps(digests()).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as file:
        told = file.read()
    os.waitpid(pid, 0)
    found: dict[str, str] = json.loads(told or b"{}")
    return found


def _print_to(descriptor: int) -> None:
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)


def _files() -> list[tuple[str, int, int]]:
    """The person's own files that were imported, with their times and sizes."""
    found, others = [], (sys.prefix, sys.base_prefix, _PACKAGE)
    for module in [*sys.modules.values()]:
        path = getattr(module, "__file__", None)
        if path and path.endswith(".py") and not path.startswith(others):
            status = os.stat(path)
            found.append((path, status.st_mtime_ns, status.st_size))
    return found


def _live(birth: Birth, target: str, ready: _Ready, ahead: Ahead | None) -> int:
    """Be a run of the function, as if started for it."""
    for each in _IGNORED:
        set_handler(each, signal.default_int_handler if each == signal.SIGINT else _DEFAULT)
    outlet, *_ = birth.descriptors  # the others are held until this process ends
    os.set_inheritable(birth.reply, False)  # noqa: FBT003  # the system's
    os.register_at_fork(after_in_child=partial(_close, birth.reply))
    os.setsid()
    _print_to(outlet)
    os.close(outlet)
    if ahead is None:
        os.chdir(birth.document["folder"])
    wear(birth.document["environment"].get("POLYAXON_RUN_UUID", ""))
    if ready.output:
        os.write(1, ready.output)
    renew(ready.states, ready.fixed)
    sys.argv = [str(cold.__file__), target]
    return cold.main([target], ready.found, ahead)


def _ended(live: Callable[[], int]) -> int:
    """The exit code, also of a life that ends itself, as the interpreter has it."""
    try:
        return live()
    except SystemExit as error:
        if error.code is None or isinstance(error.code, int):
            return (error.code or 0) & 0xFF
        sys.stderr.write(f"{error.code}\n")
        return 1


def _close(descriptor: int) -> None:
    with suppress(OSError):  # the script closed what it does not know
        os.close(descriptor)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
