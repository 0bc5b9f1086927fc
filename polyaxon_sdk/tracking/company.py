"""The processes beside a script run by hand: its sidecar, and those that capture what it prints."""

from __future__ import annotations

import os

from polyaxon_sdk.console.launch import DESCRIPTORS, FIRST, Capture, Line
from polyaxon_sdk.runs.detached import start_detached
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.names import file_name
from polyaxon_sdk.runs.writer import process_start
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.sidecar.launch import sidecar_program, sidecar_variables
from polyaxon_sdk.sidecar.substitute import SUBSTITUTES
from polyaxon_sdk.tracking.console import CONSOLE, hears, stream_names
from polyaxon_sdk.tracking.place import Recorded

__all__ = ["start_company"]


def start_company(owner: object, place: Recorded, settings: Settings, *, is_new: bool, logs: bool) -> None:
    """Start the sidecar of the run of `place`, and where `logs` says so, capture what this process prints.

    All of it with one shell, since starting that takes longer than anything else here. What can't be started is
    told: a thread does the sidecar's work then, and what is printed is not captured.

    Args:
        owner: who captures, until it tells `CONSOLE` to end.
        place: where the run is.
        settings: tell what else is a secret.
        is_new: whether this process began the run.
        logs: whether output is captured; where an ancestor captures it for the same run, it is heard already.
    """
    folder = place.folder
    replica = "main" if is_new else f"{os.uname().nodename}-{os.getpid()}"
    before = [*stream_names()]
    lines = list[Line]()
    if logs and (is_new or not hears(folder)):
        lines = CONSOLE.prepare(owner, _capture(folder, replica, settings), place.trouble)
    try:
        pids = _start(folder, lines)
    except OSError as error:
        CONSOLE.end(owner)
        _substitute(place, error)
        return
    if lines:
        CONSOLE.begin()
        streams = [*before, *stream_names()]
        with place.together():
            for pid in pids:  # the sidecar waits for what they have still to write down
                place.fact("process", replica=replica, pid=pid, start=process_start(pid), streams=[*streams])


def _substitute(place: Recorded, error: OSError) -> None:
    """Begin the thread that takes the sidecar's place where none could be started."""
    why = error.strerror or error
    try:
        SUBSTITUTES.begin(place.folder)
    except RuntimeError:
        place.trouble(
            f"neither a sidecar nor a thread can be started, `polyaxon sync` finishes the run: {why}"
        )
        return
    place.trouble(f"no sidecar can be started, a thread does its work and what is printed is not kept: {why}")


def _capture(folder: RunFolder, replica: str, settings: Settings) -> Capture:
    journal = folder.journal / f"{file_name(replica)}.out"
    return Capture(journal, settings.secret_names, settings.secret_patterns, os.getpid())


def _start(folder: RunFolder, lines: list[Line]) -> list[int]:
    """Start all of them; the process ids of those that capture."""
    programs, descriptors = [sidecar_program(folder)], dict[int, int]()
    for number, line in enumerate(lines):
        first = FIRST + number * DESCRIPTORS
        programs.append(line.program(first))
        descriptors.update(line.descriptors(first))
    return start_detached(programs, added=sidecar_variables(folder), descriptors=descriptors)[1:]
