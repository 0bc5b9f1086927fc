"""The matrix of a search, as it is wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from polyaxon_sdk.authoring.caller import caller
from polyaxon_sdk.authoring.search.kind import KINDS
from polyaxon_sdk.authoring.search.metric import metric_of
from polyaxon_sdk.exceptions import InputError, did_you_mean
from polyaxon_sdk.polyflow import V1TPE, V1Bayes, V1GridSearch, V1HpPChoice, V1RandomSearch
from polyaxon_sdk.tuners.spaces import is_discrete

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow import HyperParam, V1Matrix

__all__ = ["Wanted", "matrix_of"]

_DEFAULT_RUNS = 10
_FIRST_RUNS = 5
"""Of a Bayesian search, how many runs are drawn at random."""


class Wanted(NamedTuple):
    """What is said of a search beside its values."""

    matrix: object = None
    metric: str | None = None
    num_runs: int | None = None
    concurrency: int | None = None
    seed: int | None = None


def matrix_of(wanted: Wanted, params: Mapping[str, HyperParam], outputs: Sequence[str]) -> V1Matrix:
    """The matrix that searches some values as it is wanted.

    Args:
        outputs: those of the component; the first is what a search is for that names none.

    Raises:
        InputError: there is no such search, or no output that it could be for.
    """
    kind = wanted.matrix or _kind(wanted, params)
    shared: dict[str, Any] = {"params": dict(params), "concurrency": wanted.concurrency}
    if kind == "grid":
        return V1GridSearch(**shared, num_runs=wanted.num_runs)
    runs = _DEFAULT_RUNS if wanted.num_runs is None else wanted.num_runs
    if runs < (least := 2 if kind == "bayes" else 1):
        raise InputError(f"{runs} runs are no search", where=caller(), expected=f"{least} at least")
    if kind == "random":
        return V1RandomSearch(**shared, num_runs=runs, seed=wanted.seed)
    if kind not in KINDS:
        hint = did_you_mean(str(kind), KINDS)
        raise InputError(
            f"no search {kind!r}", where=caller(), expected=f"{', '.join(KINDS)} or a matrix", hint=hint
        )
    metric = metric_of(outputs, wanted.metric)
    if kind == "bayes":
        first = min(_FIRST_RUNS, runs - 1)
        return V1Bayes(
            **shared,
            metric=metric,
            num_initial_runs=first,
            max_iterations=runs - first,
            seed=wanted.seed,
        )
    at_once = _at_once(runs, wanted.concurrency or 1)
    return V1TPE(**shared, metric=metric, num_runs=at_once, max_iterations=runs // at_once, seed=wanted.seed)


def _at_once(runs: int, most: int) -> int:
    """How many runs a round has, at least half of the most, so that the rounds come closest to all runs from below."""
    most = min(most, runs)
    return max(range((most + 1) // 2, most + 1), key=lambda size: (size * (runs // size), size))


def _kind(wanted: Wanted, params: Mapping[str, HyperParam]) -> str:
    if wanted.metric is not None:
        return "tpe"
    few = all(is_discrete(each) and not isinstance(each, V1HpPChoice) for each in params.values())
    return "grid" if wanted.num_runs is None and few else "random"
