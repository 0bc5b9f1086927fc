"""Searches carried out without processes."""

from __future__ import annotations

from collections import deque
from math import isfinite
from random import Random
from typing import Any, NamedTuple

from polyaxon_sdk.tuners.search import Search, Suggestion
from polyaxon_sdk.tuners.starting import search_of
from tests.tuners.problems import TRAINED, Training
from tests.tuners.spaces import LOSS, matrix_of

__all__ = ["Batches", "Halved", "at_once", "begun", "carried_out", "halved", "results", "trained"]

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


class Halved(NamedTuple):
    """What hyperband makes of a training.

    Attributes:
        best: the least loss.
        epochs: how many it took, where a promoted run goes on from the checkpoint of the run that it is promoted from.
        begun: how many configurations it tried.
    """

    best: float
    epochs: int
    begun: int


def halved(most: int, seed: int) -> Halved:
    """Train as hyperband says, none for longer than `most` epochs."""
    epochs = {"name": "epochs", "type": "int"}
    fields = {"maxIterations": most, "resource": epochs, "metric": LOSS, "resume": True, "seed": seed}
    search = search_of(matrix_of(kind="hyperband", params=TRAINED, **fields))
    kept: dict[str, Training] = {}
    losses: list[float] = []
    spent = fresh = 0
    while batch := begun(search, 1, after=len(kept)):
        for key, each in batch.items():
            kept[key] = Training(each.values) if each.parent is None else kept[each.parent].copied()
            fresh += each.parent is None
            spent += kept[key].train(int(str(each.values["epochs"])))
            losses.append(kept[key].loss)
            search.tell(key, losses[-1])
    return Halved(min(filter(isfinite, losses)), spent, fresh)


def trained(count: int, epochs: int, seed: int) -> list[float]:
    """The losses of random configurations, each with all epochs."""
    search = search_of(matrix_of(kind="random", params=TRAINED, numRuns=count, seed=1000 + seed))
    found = []
    for each in search.ask(count):
        training = Training(each.values)
        training.train(epochs)
        found.append(training.loss)
    return list(filter(isfinite, found))
