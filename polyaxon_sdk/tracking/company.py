"""The processes beside a script run by hand: its sidecar, and those that capture what it prints."""

from __future__ import annotations

import os

from polyaxon_sdk.console.launch import DESCRIPTORS, FIRST, Capture, Line
from polyaxon_sdk.runs.detached import Program, start_detached
from polyaxon_sdk.runs.names import file_name
from polyaxon_sdk.settings import Settings
from polyaxon_sdk.sidecar.launch import sidecar_program, sidecar_variables
from polyaxon_sdk.sidecar.shared import SHARED
from polyaxon_sdk.sidecar.substitute import SUBSTITUTES
from polyaxon_sdk.tracking.call import CALL
from polyaxon_sdk.tracking.console import CONSOLE, hears, stream_names
from polyaxon_sdk.tracking.place import Recorded

__all__ = ["Company", "SharedCompany", "company_of"]

_OF_ONE_PROCESS = frozenset({"run_uuid", "run_instance", "run_process", "is_managed", "project"})
"""Settings that make no difference to a sidecar."""


class Company:
    """The processes beside one run of this process.

    Args:
        owner: whose they are, until it tells `CONSOLE` to end.
        place: where the run is.
        settings: tell what else is a secret.
        is_new: whether this process began the run.
    """

    def __init__(self, owner: object, place: Recorded, settings: Settings, *, is_new: bool) -> None:
        self._owner = owner
        self._place = place
        self._settings = settings
        self._is_new = is_new
        self._replica = "main" if is_new else f"{os.uname().nodename}-{os.getpid()}"
        self._lines: list[Line] = []

    def prepare(self) -> None:
        """Get ready to capture what this process prints, and say so in the record, for the children that join the run.

        Where an ancestor captures it for the same run, it is heard already.
        """
        if not self._is_new and hears(self._place.folder):
            return
        before = [*stream_names()]
        self._lines = CONSOLE.prepare(self._owner, self._capture(), self._place.trouble)
        if self._lines:
            self._place.fact("streams", names=[*before, *CONSOLE.names])

    def start(self) -> None:
        """Start the sidecar, and what captures where that is prepared.

        All of it with one shell, since starting that takes longer than anything else here. What can't be started is
        told: a thread does the sidecar's work then, and what is printed is not captured.
        """
        try:
            pids = self._start()
        except OSError as error:
            CONSOLE.end(self._owner)
            _substitute(self._place, error)
            return
        if self._lines:
            CONSOLE.begin(pids)

    def _capture(self) -> Capture:
        journal = self._place.folder.journal / f"{file_name(self._replica)}.out"
        return Capture(journal, self._settings.secret_names, self._settings.secret_patterns, os.getpid())

    def _start(self) -> list[int]:
        folder = self._place.folder
        programs, descriptors = list[Program](), dict[int, int]()
        for number, line in enumerate(self._lines):
            first = FIRST + number * DESCRIPTORS
            programs.append(line.program(first))
            descriptors.update(line.descriptors(first))
        programs.append(sidecar_program(folder, beside=self._replica))
        return start_detached(programs, added=sidecar_variables(folder), descriptors=descriptors)


class SharedCompany:
    """The process beside all the recorded calls of this process; what is printed belongs to none of them.

    Args:
        place: where the run is.
        settings: those in force.
    """

    def __init__(self, place: Recorded, settings: Settings) -> None:
        self._place = place
        self._settings = [text for name, text in settings.texts.items() if name not in _OF_ONE_PROCESS]

    def prepare(self) -> None:
        """Nothing is captured."""

    def start(self) -> None:
        """Tell the sidecar of the run; where there is none and none can be started, a thread does its work."""
        try:
            SHARED.tell(self._place.folder, tuple(self._settings))
        except OSError as error:
            _substitute(self._place, error)


def company_of(
    owner: object, place: Recorded, settings: Settings, *, is_new: bool
) -> Company | SharedCompany:
    """The processes that are to be beside a run of this process: those of its own, or of all recorded calls."""
    call = CALL.get()
    if call is not None and call.is_recorded:
        return SharedCompany(place, settings)
    return Company(owner, place, settings, is_new=is_new)


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
