"""Searches carried out without processes."""

from __future__ import annotations

from collections import deque
from random import Random
from typing import Any

from polyaxon_sdk.tuners.search import Search, Suggestion

__all__ = ["Batches", "at_once", "begun", "carried_out", "results"]

Batches = list[dict[str, Suggestion]]


def begun(search: Search, room: int, *, after: int = 0) -> dict[str, Suggestion]:
    """What a search suggests, begun; the keys are numbers from `after` on."""
    batch = {str(after + at): each for at, each in enumerate(search.ask(room))}
    if batch:
        search.begin(batch)
    return batch


def carried_out(search: Search, room: int, result: Any, *, after: int = 0) -> Batches:
    """The batches of a whole search, each of whose runs ends before the next batch."""
    batches: Batches = []
    while batch := begun(search, room, after=after + sum(map(len, batches))):
        batches.append(batch)
        for key, each in batch.items():
            search.tell(key, result(each.values))
    return batches


def results(search: Search, result: Any) -> list[float]:
    """What came of all runs of a search, one after the other."""
    return [result(each.values) for batch in carried_out(search, 1, result) for each in batch.values()]


def at_once(search: Search, width: int, result: Any, *, seed: int) -> list[float]:
    """What came of all runs of a search of which so many go on at once, and end in any order."""
    random = Random(seed)
    waiting: deque[str] = deque()
    begun_so_far: dict[str, Suggestion] = {}
    running: list[str] = []
    found: list[float] = []
    while True:
        while len(running) < width:
            if not waiting and not search.is_waiting:
                batch = begun(search, width - len(running), after=len(begun_so_far))
                begun_so_far.update(batch)
                waiting.extend(batch)
            if not waiting:
                break
            running.append(waiting.popleft())
        if not running:
            return found
        key = running.pop(random.randrange(len(running)))
        found.append(result(begun_so_far[key].values))
        search.tell(key, found[-1])
