"""Ending a run that goes on, from any other process of its machine."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable
from contextlib import suppress
from threading import Thread
from time import monotonic, sleep
from typing import Literal, NamedTuple

from polyaxon_sdk.exceptions import InputError, PolyaxonError
from polyaxon_sdk.runner.grace import grace_time
from polyaxon_sdk.runner.strays import end_strays
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.record import RecordWriter, read_facts
from polyaxon_sdk.runs.state import RunState, fold, read_run
from polyaxon_sdk.runs.user import user_name
from polyaxon_sdk.runs.writer import Writer
from polyaxon_sdk.sidecar.launch import launch
from polyaxon_sdk.sidecar.scribes import Scribes
from polyaxon_sdk.sidecar.watch import Crew, crew

__all__ = ["Because", "kill", "stop"]


_DIES_WITHIN = 60.0
"""Seconds that the kernel may take over a killed process, and the runner over its report."""

_POLL = 0.05
_LOOK = 0.2
"""Seconds between two looks at a pipeline, whose record may tell of thousands of runs."""

_PIPELINES = frozenset({"dag", "matrix"})
_REASONS = {"stopped": "Stopped", "skipped": "Skipped"}


class Because(NamedTuple):
    """What asks for the end of a run: one word for it, and the same for people."""

    reason: str
    message: str


def stop(
    folder: RunFolder,
    *,
    status: Literal["stopped", "skipped"] = "stopped",
    grace: float | None = None,
    because: Because | None = None,
) -> RunState:
    """End a run: SIGTERM to its processes, SIGKILL after a grace time; the run as it then is.

    Tasks that a runner started are ended with all that they started; of a script that was run by hand the
    processes that track alone; of a schedule its runs, and so of a pipeline whose runner is gone.

    Args:
        folder: the run.
        status: the final status that is wanted.
        grace: seconds, of the runs of a pipeline too; None for the usual ones.
        because: what asks for it, where that is no person.

    Raises:
        InputError: the run is over already, its record tells nothing, or its processes are on another machine.
        PolyaxonError: they can't be ended.
        OSError: the run can't be read, or not be written.
    """
    wished, grace = grace, grace_time() if grace is None else grace
    state, people = _look(folder)
    if state.created_at is None and not state.conditions:
        raise InputError(
            f"run {folder.uuid[:12]}: its record holds nothing that can be read, nor who is to be ended"
        )
    if state.is_done:
        raise InputError(f"run {folder.uuid[:12]} is over: it is {state.status}")
    if state.kind == "schedule":
        return _ended(folder, status, grace)
    _check_here(folder, people)
    _say(folder, "stopping", *(because or (_REASONS[status], "")), grace=wished)
    ending = _Ending(folder)
    if not (ending.asks(signal.SIGTERM, grace) or ending.asks(signal.SIGKILL, _DIES_WITHIN)):
        raise PolyaxonError(f"run {folder.uuid[:12]}: its processes don't end")
    if people.is_left:
        _stop_all(_begun(folder), status, grace)
        end_strays(folder.uuid)
    elif state.kind in _PIPELINES:
        _hurry(folder, grace)
    return _closed(folder, status)


def _hurry(folder: RunFolder, grace: float) -> None:
    """Kill the runs of a pipeline that have not ended in time: who carries it out goes by who asked first."""
    deadline = monotonic() + grace
    while monotonic() < deadline and not read_run(folder).is_done:
        sleep(min(_LOOK, grace))
    for run in _begun(folder):
        kill(run)


def kill(folder: RunFolder) -> None:
    """End a run, and the runs of a pipeline, by SIGKILL; what can't be ended is left.

    >>> kill(folder)  # doctest: +SKIP
    """
    with suppress(OSError):  # of its record: its processes are not known then
        threads = [Thread(target=kill, args=(run,)) for run in _begun(folder)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    with suppress(PolyaxonError, OSError):  # it is over by now, or on another machine
        stop(folder, grace=0.0)


def _ended(folder: RunFolder, status: Literal["stopped", "skipped"], grace: float) -> RunState:
    """A schedule once its runs have ended and there will be no more; it has no processes itself."""
    _say(folder, "stopping", _REASONS[status])
    _stop_all(_begun(folder), status, grace)
    _say(folder, status, _REASONS[status])
    launch(folder)
    return read_run(folder)


def _begun(folder: RunFolder) -> list[RunFolder]:
    """The runs of a schedule or a pipeline that are not over."""
    begun = [str(fact.fields.get("run")) for fact in read_facts(folder) if fact.kind == "began"]
    runs = [RunFolder(folder.path.parent / uuid) for uuid in begun]
    return [run for run in runs if run.record.is_dir() and not read_run(run).is_done]


def _stop_all(runs: Iterable[RunFolder], status: Literal["stopped", "skipped"], grace: float) -> None:
    """Stop runs, all at once: each may take its time."""

    def end(run: RunFolder) -> None:
        with suppress(PolyaxonError, OSError):  # it is over by now, or on another machine
            stop(run, status=status, grace=grace)

    threads = [Thread(target=end, args=(run,)) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


class _Ending:
    """The processes of a run on their way out."""

    def __init__(self, folder: RunFolder) -> None:
        self._folder = folder

    def asks(self, wanted: signal.Signals, within: float) -> bool:
        """Send each process `wanted` once, those too that come meanwhile; whether all are gone in time."""
        deadline, told = monotonic() + within, set[Writer]()
        while True:
            _, people = _look(self._folder)
            living = [trainer for trainer in people.trainers if trainer.life() == "alive"]
            if not living:
                return True
            _tell_new(living, people, wanted, told)
            if monotonic() >= deadline:
                return False
            sleep(_POLL)


def _tell_new(living: Iterable[Writer], people: Crew, wanted: signal.Signals, told: set[Writer]) -> None:
    for process in living:
        if isinstance(process, Scribes):
            continue  # they end by themselves, once all is written down that the others print
        if process not in told:
            told.add(process)
            send: Callable[[int, int], None] = _send_group if process in people.tasks else os.kill
            with suppress(ProcessLookupError, PermissionError):
                send(process.pid, wanted)


def _send_group(pid: int, wanted: int) -> None:
    """To a task and all that it started."""
    if os.getpgid(pid) == pid:
        os.killpg(pid, wanted)


def _closed(folder: RunFolder, status: str) -> RunState:
    """The run once its runner or its sidecar has said how it ended; where there is neither, it is said here."""
    deadline = monotonic() + _DIES_WITHIN
    state, people = _look(folder)
    while not state.is_done and not people.is_abandoned and monotonic() < deadline:
        sleep(_POLL)
        state, people = _look(folder)
    if not state.is_done:
        _say(folder, status, "Stopped")
        launch(folder)  # whatever is left to drain and to ship
    return read_run(folder)


def _look(folder: RunFolder) -> tuple[RunState, Crew]:
    facts = read_facts(folder)
    return fold(folder.uuid, facts), crew(folder, facts)


def _check_here(folder: RunFolder, people: Crew) -> None:
    elsewhere = {each.host.partition("/")[0] for each in people.trainers if each.life() == "unknown"}
    if elsewhere:
        raise InputError(
            f"the processes of run {folder.uuid[:12]} can't be seen from here",
            expected=f"the command on the machine that it runs on: {', '.join(sorted(elsewhere))}",
        )


def _say(folder: RunFolder, status: str, reason: str, why: str = "", *, grace: float | None = None) -> None:
    """Add a status to the record; of one that is `stopping` also how long it has, for who carries a pipeline out."""
    record, wished = RecordWriter(folder), {} if grace is None else {"grace": grace}
    message = why or f"asked to by {user_name()}"
    record.append("status", status=status, reason=reason, message=message, **wished)
    record.close()
