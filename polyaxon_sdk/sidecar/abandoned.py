"""Runs that seem to go on, and of which nobody is left."""

from __future__ import annotations

from typing import NamedTuple

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.lease import holder_life
from polyaxon_sdk.runs.record import RecordWriter, read_facts
from polyaxon_sdk.runs.state import RunState, fold
from polyaxon_sdk.runs.status import asked_end
from polyaxon_sdk.runs.unrecorded import record_told
from polyaxon_sdk.runs.writer import this_process
from polyaxon_sdk.sidecar.exits import UNTOLD, find_end, is_about_to_be_left, waited
from polyaxon_sdk.sidecar.launch import launch
from polyaxon_sdk.sidecar.watch import DISPERSED, Crew, crew

__all__ = ["SILENCE", "close_abandoned", "note_silence"]

SILENCE = 900.0
"""Seconds without a heartbeat after which nothing is known of a run elsewhere: thirty of them, as clocks differ."""


class _Finding(NamedTuple):
    status: str
    reason: str
    message: str


def close_abandoned(folder: RunFolder, now: float, *, silence: float = SILENCE) -> bool:
    """Say of a run what became of it, where its processes and its sidecar are gone; whether anything was said.

    It failed where the processes are seen to be gone on this boot, or that boot is over. Of processes elsewhere an
    old heartbeat tells nothing: the run is `unknown`, until its next sign of life.

    Args:
        folder: the run.
        now: seconds since the epoch.
        silence: seconds without a heartbeat after which nothing is known.

    Raises:
        OSError: the run can't be read, or not be written.
    """
    if holder_life(folder) != "alive":
        record_told(folder)
    state, people = _seen(folder)
    if state.is_done or not _is_worked_on(people):
        return False
    found = _gone(folder, state, people) if people.is_abandoned else _silent(state, people, now, silence)
    if found is None:
        return False
    _say(folder, state, found)
    if found.status != "unknown":
        launch(folder)  # what is left to drain and to ship
    return True


def note_silence(folder: RunFolder, now: float, *, silence: float = SILENCE) -> bool:
    """Say of a run that is read from a store that nothing is known of it any more, here alone; whether that was said.

    Whatever became of it is said by who ships it.

    Args:
        folder: the run, as it was brought here.
        now: seconds since the epoch.
        silence: seconds without a heartbeat after which nothing is known.

    Raises:
        OSError: the run can't be read, or not be written.
    """
    state, people = _seen(folder)
    if state.is_done or not _is_worked_on(people):
        return False
    found = _silent(state, people, now, silence)
    if found is not None:
        _say(folder, state, found, is_readers=True)
    return found is not None


def _seen(folder: RunFolder) -> tuple[RunState, Crew]:
    facts = read_facts(folder)
    return fold(folder.uuid, facts), crew(folder, facts)


def _is_worked_on(people: Crew) -> bool:
    return bool(people.trainers or people.runner or people.has_dispersed)


def _say(folder: RunFolder, state: RunState, found: _Finding, *, is_readers: bool = False) -> None:
    record = RecordWriter(folder)
    whose = {"is_readers": True} if is_readers else {}
    record.append("status", **found._asdict(), **whose, attempt=state.attempt)
    record.close()


def _gone(folder: RunFolder, state: RunState, people: Crew) -> _Finding | None:
    if holder_life(folder) == "alive":
        return None  # its sidecar says so itself
    if (asked := asked_end(state.conditions)) is not None:
        return _Finding(asked, "ProcessGone", "the process ended once it was asked to")
    facts = read_facts(folder)
    if is_about_to_be_left(folder, facts):
        return None
    if (left := find_end(folder, facts)) is not None:
        return _Finding(*left)
    if people.has_dispersed:
        return _Finding(*DISPERSED)
    here = this_process()
    known = [each for each in (*people.trainers, people.runner) if each is not None]
    if all(each.boot != here.boot for each in known):
        return _Finding("failed", "BootOver", "the machine was restarted while the run went on")
    unknown = UNTOLD if people.is_untold else "the process ended without a word, and so did what watched it"
    return _Finding("failed", "ProcessGone", waited(folder, facts, state) or unknown)


def _silent(state: RunState, people: Crew, now: float, silence: float) -> _Finding | None:
    """Nothing is known of processes that can't be seen and have been silent; those that are alive may be suspended."""
    lives = {each.life() for each in (*people.trainers, *([people.runner] if people.runner else []))}
    last = max(state.heartbeat_at or 0.0, state.updated_at or 0.0)
    if "alive" in lives or state.status == "unknown" or now - last <= silence:
        return None
    return _Finding("unknown", "HeartbeatOld", f"no sign of life for {(now - last) / 60:.0f} minutes")
