"""Whether a run is taken from an earlier one, and why not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from polyaxon_sdk.polyflow import V1Cache
from polyaxon_sdk.runner.life import Found, look
from polyaxon_sdk.runner.plan import Plan
from polyaxon_sdk.runner.reuse.fingerprint import Fingerprint
from polyaxon_sdk.runner.reuse.shelf import Shelf
from polyaxon_sdk.runner.reuse.why import differences
from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.runs.state import RunState, read_run

__all__ = ["Chosen", "Quest", "choose", "origin_of"]


class Chosen(NamedTuple):
    """What becomes of a run.

    Attributes:
        why: for people.
        taken: the run that it is taken from; None where it is carried out.
        awaited: the run that goes on, and that it may be taken from; None for none.
        against: the uuid of the earlier run that `why` is about; empty for none.
    """

    why: str
    taken: RunState | None = None
    awaited: RunFolder | None = None
    against: str = ""


class Quest(NamedTuple):
    """What an earlier run is looked for by.

    Attributes:
        made: what the run is made of.
        rules: its `cache`.
        pipeline: whose runs don't count, as it began them itself; empty for none.
        now: seconds since the epoch.
    """

    made: Fingerprint
    rules: V1Cache
    pipeline: str
    now: float


def choose(plan: Plan, quest: Quest, shelf: Shelf) -> Chosen:
    """Whether a run is taken from an earlier one, which then is told, or why not.

    Of the runs that are made of the same the newest counts that succeeded, is here, was not invalidated and is not
    older than `ttl`; one that goes on is waited for.

    Raises:
        OSError: the home can't be read.
    """
    refused: list[Chosen] = []
    for folder in _earlier(quest.made.key, quest, shelf):
        name = f"run {folder.uuid[:12]}"
        if not folder.record.is_dir():
            refused.append(Chosen(f"{name}, made of the same, was deleted", against=folder.uuid))
            continue
        found = look(folder)
        if found.state.made_of.get("key") != quest.made.key:
            continue
        if found.life == "running":
            return Chosen(f"waits for {name}, made of the same", awaited=folder)
        if (problem := _problem(found, quest)) is None:
            return _taken(found.state, folder)
        refused.append(Chosen(f"{name}, made of the same, {problem}", against=folder.uuid))
    return refused[0] if refused else _asked_again(plan, quest, shelf) or _compared(plan, quest, shelf)


def origin_of(folder: RunFolder) -> str:
    """The uuid of the run that a run was taken from, or its own."""
    try:
        state = read_run(folder)
    except OSError:  # then it stands for itself
        return folder.uuid
    return state.original or folder.uuid if state.cloning_kind == "cache" else folder.uuid


def _taken(state: RunState, folder: RunFolder) -> Chosen:
    """The run to take from: where it was taken itself, the one that was carried out, if it is there still."""
    if state.cloning_kind == "cache" and state.original:
        first = RunFolder(folder.path.parent / state.original)
        if first.record.is_dir():
            state = read_run(first)
    return Chosen(f"as run {state.uuid[:12]}: same inputs, code and init", taken=state, against=state.uuid)


def _problem(found: Found, quest: Quest) -> str | None:
    """Why a run that is made of the same doesn't count; None where it does."""
    state, ttl = found.state, quest.rules.ttl
    if state.is_invalidated or _original(found).is_invalidated:
        return "was invalidated"
    if state.status != "succeeded":
        return state.status.replace("_", " ") if found.life == "over" else "was cut off"
    age = quest.now - (state.finished_at or 0.0)
    if state.cloning_kind == "cache":
        age = quest.now - (_original(found).finished_at or state.finished_at or 0.0)
    return f"is older than the {ttl} s of its ttl" if isinstance(ttl, int) and age > ttl else None


def _original(found: Found) -> RunState:
    """The run that a run was taken from, where it is there still; else the run itself."""
    if found.state.cloning_kind == "cache" and found.state.original:
        folder = RunFolder(found.folder.path.parent / found.state.original)
        if folder.record.is_dir():
            return read_run(folder)
    return found.state


def _asked_again(plan: Plan, quest: Quest, shelf: Shelf) -> Chosen | None:
    """What tells that its own pipeline asks for the same once more; None where it doesn't."""
    known = shelf.runs(quest.made.key) if quest.pipeline else []
    own = [each.run for each in known if each.pipeline == quest.pipeline and each.run != plan.folder.uuid]
    if not own:
        return None
    why = f"run {own[0][:12]}, made of the same, is of this pipeline too: what it asks for again is run again"
    return Chosen(why, against=own[0])


def _compared(plan: Plan, quest: Quest, shelf: Shelf) -> Chosen:
    """What is other than in the nearest earlier run: one with the same inputs, else the last one."""
    for key in (quest.made.like, quest.made.subject):
        for folder in _earlier(key, quest, shelf):
            state = read_run(folder) if folder.record.is_dir() else None
            if state is None or not state.made_of or state.status != "succeeded":
                continue
            if found := differences(plan, quest.made, state, shelf):
                return Chosen(f"{'; '.join(found)} (run {folder.uuid[:12]})", against=folder.uuid)
    return Chosen("no earlier run of it")


def _earlier(key: str, quest: Quest, shelf: Shelf) -> Iterator[RunFolder]:
    for entry in shelf.runs(key):
        if not quest.pipeline or entry.pipeline != quest.pipeline:
            yield RunFolder(shelf.home / "runs" / entry.run)
