"""Searches of models that are trained step by step, and what they spend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Any, NamedTuple

from polyaxon_sdk.tuners.starting import search_of
from tests.tuners.carrying import begun
from tests.tuners.spaces import LOSS, matrix_of
from tests.tuners.trainings import Learner, Training

__all__ = ["Spent", "best_within", "by_chance", "promoted"]


class Spent(NamedTuple):
    """One run of a search.

    Attributes:
        so_far: the steps of all runs up to the end of this one, where a promoted one goes on from the checkpoint of
            the run that it is promoted from, and so takes what its budget has more.
        loss: of this run.
    """

    so_far: int
    loss: float


def best_within(runs: Sequence[Spent], steps: float) -> float:
    """The least loss of the runs that ended within so many steps."""
    return min(run.loss for run in runs if run.so_far <= steps and run.loss == run.loss)


def promoted(learner: Learner, kind: dict[str, Any], *, seed: int, steps: float) -> list[Spent]:
    """Search by hyperband or asha until so many steps are spent, or it ends."""
    fields = {"maxIterations": learner.most, "resource": {"name": "steps", "type": "int"}, "metric": LOSS}
    search = search_of(matrix_of(params=learner.params, resume=True, seed=seed, **fields, **kind))
    return list(takewhile(lambda run: run.so_far <= steps, _ended(search, learner)))


def _ended(search: Any, learner: Learner) -> Iterator[Spent]:
    kept: dict[str, Training] = {}
    spent = 0
    while batch := begun(search, 1, after=len(kept)):
        for key, each in batch.items():
            kept[key] = Training(learner, each.values) if each.parent is None else kept[each.parent].copied()
            spent += kept[key].train(int(str(each.values["steps"])))
            search.tell(key, kept[key].loss)
            yield Spent(spent, kept[key].loss)


def by_chance(learner: Learner, count: int, *, seed: int) -> list[Spent]:
    """Random configurations, each with all steps."""
    search = search_of(matrix_of(kind="random", params=learner.params, numRuns=count, seed=1000 + seed))
    trainings = [Training(learner, each.values) for each in search.ask(count)]
    return [
        Spent(at * training.train(learner.most), training.loss) for at, training in enumerate(trainings, 1)
    ]
