"""What a schedule does at a look at the clock: decided without any I/O."""

from __future__ import annotations

from itertools import islice
from typing import Literal, NamedTuple

from polyaxon_sdk.runner.schedules.ticks import Ticks

__all__ = ["LATE", "Done", "Missed", "Step", "decide"]

Missed = Literal["skip", "last", "all"]

LATE = 60.0
"""Seconds after which a tick counts as missed."""

_ON_TIME = 5.0
"""Seconds within which each tick gets a run, however many there are."""

_BACK = 3600.0
"""Seconds that the clock may go back and still be right: it is put right by less, or was wrong by more."""

_MOST = 100
"""Ticks that one look takes in."""


class Done(NamedTuple):
    """What a schedule did so far.

    Attributes:
        runs: the ticks that have a run, in seconds since the epoch.
        seen: the last tick that was looked at, with a run or without; before the first one when it was made.
        is_running: whether its last run goes on.
    """

    runs: frozenset[float]
    seen: float
    is_running: bool = False


class Step(NamedTuple):
    """What it does now.

    Attributes:
        runs: the ticks that get a run.
        seen: the last tick that is looked at now; None for none.
        next: the tick to wait for; None where there will be none.
        is_over: whether no run is to come any more.
    """

    runs: list[float]
    seen: float | None
    next: float | None
    is_over: bool


def decide(
    ticks: Ticks, done: Done, now: float, *, missed: Missed, most: int | None = None, in_turn: bool = False
) -> Step:
    """What a schedule does at a look at the clock.

    No tick gets two runs, whatever the clock does. Where it was put back by more than an hour, what it showed before
    was wrong: the schedule goes on from now.

    Args:
        ticks: its times.
        done: what it did so far.
        now: seconds since the epoch.
        missed: which of the ticks get a run that passed while nobody looked: the last one if it is less than `LATE`
            seconds ago, the last one, or all of them.
        most: how many runs there are at most (`maxRuns`).
        in_turn: whether a run waits until the one before it is over (`dependsOnPast`).
    """
    left = None if most is None else most - len(done.runs)
    is_back = now < done.seen - _BACK
    since = now if is_back else done.seen
    coming = next((tick for tick in ticks.after(max(now, since)) if tick not in done.runs), None)
    if left is not None and left <= 0:
        return Step([], None, None, is_over=True)
    if in_turn and done.is_running:
        return Step([], None, coming, is_over=False)
    due = _due(ticks, done, since, now, missed)
    seen = due[-1] if due else now if is_back else None
    if missed != "all" and (last := ticks.last(now)) is not None and last > since:
        seen = last
    wanted = due[: 1 if in_turn else left]
    if wanted and wanted != due and missed == "all":
        seen = wanted[-1]
    is_last = left is not None and len(wanted) >= left
    is_done = coming is None and not _more(ticks, seen or since, now, missed)
    return Step(wanted, seen, None if is_last else coming, is_over=is_last or is_done)


def _due(ticks: Ticks, done: Done, since: float, now: float, missed: Missed) -> list[float]:
    """The ticks since then that get a run."""
    if missed == "all":
        return [tick for tick in _between(ticks, since, now) if tick not in done.runs]
    recent = [tick for tick in _between(ticks, max(since, now - _ON_TIME), now) if tick not in done.runs]
    if recent:
        return recent
    last = ticks.last(now)
    if last is None or last <= since or last in done.runs:
        return []
    return [last] if missed == "last" or now - last <= LATE else []


def _between(ticks: Ticks, since: float, now: float) -> list[float]:
    return [tick for tick in islice(ticks.after(since), _MOST) if tick <= now]


def _more(ticks: Ticks, seen: float, now: float, missed: Missed) -> bool:
    """Whether ticks that have passed are still to be looked at."""
    return missed == "all" and any(tick <= now for tick in islice(ticks.after(seen), 1))
