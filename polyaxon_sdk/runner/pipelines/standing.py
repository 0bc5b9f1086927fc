"""What of a search's suggestions stands where it goes on, maybe in another space than before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from polyaxon_sdk.polyflow import V1Matrix
from polyaxon_sdk.runner.pipelines.past import Past
from polyaxon_sdk.runner.pipelines.tuning import has_tuner
from polyaxon_sdk.tuners.search import Suggestion
from polyaxon_sdk.tuners.within import is_within, space_of

__all__ = ["Batch", "Standing", "standing_of"]

Batch = Mapping[str, Suggestion]


class Standing(NamedTuple):
    """What was suggested before.

    Attributes:
        batches: what is suggested again, batch by batch, with the keys of the runs.
        outside: the keys of those that say nothing of the space as it is now.
        ever: how many there were at all: the next key.
    """

    batches: Sequence[Batch] = ()
    outside: frozenset[str] = frozenset()
    ever: int = 0


def standing_of(past: Past, matrix: V1Matrix) -> Standing:
    """What a search goes on from; of another space only runs that came to a good end, or go on, stay.

    Args:
        past: what it did before.
        matrix: as it is now, with its templates resolved.

    Raises:
        OSError: a run can't be read.

    >>> standing_of(Past({}, []), matrix).ever  # doctest: +SKIP
    0
    """
    space, outside = space_of(matrix), set[str]()
    batches: list[Batch] = []
    for batch, known in past.suggested:
        beyond = set[str]()
        if known not in ("", space) and not has_tuner(matrix):  # a tuner may leave the space as it likes
            beyond = {key for key, each in batch.items() if not is_within(matrix, each.values)}
        kept = {key: each for key, each in batch.items() if key not in beyond or _stays(past, key)}
        outside |= beyond
        if kept:
            batches.append(kept)
    return Standing(batches, frozenset(outside), sum(len(each.batch) for each in past.suggested))


def _stays(past: Past, key: str) -> bool:
    found = past.find(key)
    return found is not None and (found.state.status == "succeeded" or found.life == "running")
