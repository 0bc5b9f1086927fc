"""The processes beside a script run by hand: its sidecar, and those that capture what it prints."""

from __future__ import annotations

import os

from polyaxon_sdk.console.launch import DESCRIPTORS, FIRST, Capture, Line
from polyaxon_sdk.runs.detached import Held, Program
from polyaxon_sdk.runs.names import file_name
from polyaxon_sdk.settings import Settings, rank_of
from polyaxon_sdk.sidecar.launch import sidecar_program, sidecar_variables
from polyaxon_sdk.sidecar.substitute import SUBSTITUTES
from polyaxon_sdk.tracking.call import CALL
from polyaxon_sdk.tracking.console import CONSOLE, hears, launcher_files, stream_names
from polyaxon_sdk.tracking.place import Recorded

__all__ = ["Company", "SharedCompany", "company_of"]

_OF_ONE_PROCESS = frozenset({"run_uuid", "run_instance", "run_process", "is_managed", "project"})
"""Settings that make no difference to a sidecar."""


class Company:
    """The processes beside one run of this process.

    Args:
        owner: whose they are.
        place: where the run is.
        settings: tell what else is a secret.
        is_new: whether this process began the run.
        is_rank: whether another rank leads the run, and has its sidecar.
    """

    def __init__(
        self, owner: object, place: Recorded, settings: Settings, *, is_new: bool, is_rank: bool = False
    ) -> None:
        self._owner = owner
        self._place = place
        self._settings = settings
        self._is_new = is_new
        self._is_rank = is_rank
        # Another rank may have made the folder before the first one came.
        is_first = is_new or (rank_of() is not None and not _has_output(place))
        self._replica = _replica(is_first=is_first, is_rank=is_rank)
        self._lines: list[Line] = []
        self._held: Held | None = None
        self._error: OSError | None = None

    def prepare(self) -> None:
        """Get ready to capture what this process prints, and say so in the record, for the children that join the run.

        Where an ancestor captures it for the same run, it is heard already. Ranks are heard each by itself, even where
        all print to their launcher's file.
        """
        if not self._is_new and rank_of() is None and hears(self._place.folder):
            return
        before, shared = [*stream_names()], set[str]() if rank_of() is None else launcher_files()
        self._lines = CONSOLE.prepare(self._owner, self._capture(), self._place.trouble, shared=shared)
        if self._lines:
            self._place.fact("streams", names=[*before, *CONSOLE.names])

    def spawn(self) -> None:
        """Start what captures, where that is prepared, and the sidecar; they wait until `start`.

        All of it with one shell, since starting that takes longer than anything else here.
        """
        programs, descriptors = list[Program](), dict[int, int]()
        for number, line in enumerate(self._lines):
            first = FIRST + number * DESCRIPTORS
            programs.append(line.program(first))
            descriptors.update(line.descriptors(first))
        if not self._is_rank:
            programs.append(sidecar_program(self._place.folder, beside=self._replica))
        if not programs:
            return
        try:
            added = sidecar_variables(self._place.folder)
            self._held = Held(programs, added=added, descriptors=descriptors, serves=True)
        except OSError as error:
            self._error = error

    def start(self) -> None:
        """Capture from now on, and let go who works beside this process: now the record holds what they need.

        What can't be started is told: a thread does the sidecar's work then, and what is printed is not captured.
        """
        if self._error is not None:
            self._do_without(self._error)
        if self._held is None:
            return
        try:
            pids = self._held.pids()
        except OSError as error:
            self._do_without(error)
        else:
            self._begin(pids)
        finally:
            self._held.let_go()

    def end(self) -> None:
        """Capture no more; all that was printed is shown when this returns."""
        CONSOLE.end(self._owner)

    def finish(self, within: float) -> bool:
        """Wait up to `within` seconds for a thread that does the sidecar's work; whether the run is finished, or is for
        another process to finish.

        Raises:
            OSError: the run can't be read.
        """
        return SUBSTITUTES.finish(self._place.folder, within)

    def _begin(self, pids: list[int]) -> None:
        if self._is_rank:  # else the sidecar notes it
            from polyaxon_sdk.runs.processes import console_process  # for ranks

            with self._place.together():
                for pid in pids:
                    self._place.fact("process", **console_process(self._replica, pid))
        if self._lines:
            CONSOLE.begin(pids)

    def _do_without(self, error: OSError) -> None:
        self.end()
        if self._is_rank:
            self._place.trouble(f"what is printed is not captured: {error.strerror or error}")
        else:
            _substitute(self._place, error)

    def _capture(self) -> Capture:
        journal = self._place.folder.journal / f"{file_name(self._replica)}.out"
        return Capture(journal, self._settings.secret_names, self._settings.secret_patterns, os.getpid())


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

    def spawn(self) -> None:
        """It is one of many, and may be there."""

    def start(self) -> None:
        """Tell the sidecar of the run; where there is none and none can be started, a thread does its work."""
        from polyaxon_sdk.sidecar.shared import SHARED  # for recorded calls

        try:
            SHARED.tell(self._place.folder, tuple(self._settings))
        except OSError as error:
            _substitute(self._place, error)

    def end(self) -> None:
        """It goes on beside the calls that follow."""

    def finish(self, within: float) -> bool:
        """Wait as that of one run does."""
        return SUBSTITUTES.finish(self._place.folder, within)


def company_of(
    owner: object, place: Recorded, settings: Settings, *, is_new: bool, is_rank: bool
) -> Company | SharedCompany:
    """The processes that are to be beside a run of this process: those of its own, or of all recorded calls."""
    call = CALL.get()
    if call is not None and call.is_recorded:
        return SharedCompany(place, settings)
    return Company(owner, place, settings, is_new=is_new, is_rank=is_rank)


def _replica(*, is_first: bool, is_rank: bool) -> str:
    """What the output of this process is called."""
    if is_rank and (rank := rank_of()) is not None:
        return f"rank-{rank.number}"
    return "main" if is_first else f"{os.uname().nodename}-{os.getpid()}"


def _has_output(place: Recorded) -> bool:
    """Whether the main process of the run printed before."""
    return any(
        path.exists() for path in (place.folder.journal / "main.out", place.folder.logs / "main.jsonl")
    )


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
