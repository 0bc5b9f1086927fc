"""The matrix of a search, as it is wanted."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from polyaxon_sdk.authoring.caller import caller
from polyaxon_sdk.authoring.search.kind import KINDS
from polyaxon_sdk.authoring.search.metric import metric_of
from polyaxon_sdk.exceptions import InputError, did_you_mean
from polyaxon_sdk.polyflow import (
    V1TPE,
    V1Bayes,
    V1GridSearch,
    V1HpPChoice,
    V1OptimizationMetric,
    V1RandomSearch,
)
from polyaxon_sdk.tuners.spaces import is_discrete

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow import HyperParam, V1Matrix

__all__ = ["Wanted", "check_taken", "matrix_of"]

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
        InputError: there is no such search, it doesn't take what is said of it, or no output that it could be for.
    """
    kind = wanted.matrix or _kind(wanted, params)
    if (taken := _TAKEN.get(str(kind))) is None:
        hint = did_you_mean(str(kind), KINDS)
        raise InputError(
            f"no search {kind!r}", where=caller(), expected=f"{', '.join(KINDS)} or a matrix", hint=hint
        )
    if wanted.matrix is not None:
        check_taken(wanted, taken.words, f"a {kind} search")
    if wanted.num_runs is not None and wanted.num_runs < taken.least:
        raise InputError(
            f"{wanted.num_runs} runs are no search", where=caller(), expected=f"{taken.least} at least"
        )
    return taken.build(wanted, {"params": dict(params), "concurrency": wanted.concurrency}, outputs)


def check_taken(wanted: Wanted, taken: Collection[str], search: str) -> None:
    """Refuse what a search doesn't go by: a word that is dropped would seem to hold.

    Args:
        taken: the words that it goes by.
        search: what messages call it.

    Raises:
        InputError: another word was said; the line is named.
    """
    for name in ("metric", "num_runs", "concurrency", "seed"):
        if getattr(wanted, name) is not None and name not in taken:
            expected = "its own `metric`" if name == "metric" else f"no {name}"
            raise InputError(f"{search} takes no {name}", where=caller(), expected=expected)


def _metric(wanted: Wanted, outputs: Sequence[str]) -> V1OptimizationMetric:
    """What the search is for; a name of no output is told, since it may be that of a metric that is logged."""
    metric = metric_of(outputs, wanted.metric)
    if outputs and metric.name not in outputs:
        hint = did_you_mean(metric.name, outputs) or f", the outputs are {', '.join(outputs)}"
        where = f"{line}: " if (line := caller()) else ""
        warnings.warn(f"{where}{metric.name!r} is no output{hint}: it has to be logged", stacklevel=2)
    return metric


def _asked(wanted: Wanted, outputs: Sequence[str]) -> V1OptimizationMetric | None:
    """What tells the best run of a search that doesn't learn, where that is asked for."""
    return None if wanted.metric is None else _metric(wanted, outputs)


Shared = dict[str, Any]
"""The fields that all kinds have: `params` and `concurrency`."""


def _grid(wanted: Wanted, shared: Shared, outputs: Sequence[str]) -> V1Matrix:
    return V1GridSearch(**shared, metric=_asked(wanted, outputs), num_runs=wanted.num_runs)


def _random(wanted: Wanted, shared: Shared, outputs: Sequence[str]) -> V1Matrix:
    runs = wanted.num_runs or _DEFAULT_RUNS
    return V1RandomSearch(**shared, metric=_asked(wanted, outputs), num_runs=runs, seed=wanted.seed)


def _bayes(wanted: Wanted, shared: Shared, outputs: Sequence[str]) -> V1Matrix:
    runs, metric = wanted.num_runs or _DEFAULT_RUNS, _metric(wanted, outputs)
    first = min(_FIRST_RUNS, runs - 1)
    rounds = runs - first
    return V1Bayes(**shared, metric=metric, num_initial_runs=first, max_iterations=rounds, seed=wanted.seed)


def _tpe(wanted: Wanted, shared: Shared, outputs: Sequence[str]) -> V1Matrix:
    runs, metric = wanted.num_runs or _DEFAULT_RUNS, _metric(wanted, outputs)
    most = min(wanted.concurrency or 1, runs)
    if (at_once := _at_once(runs, most)) * 2 < most:
        warnings.warn(
            f"{caller()}: no rounds of about {most} make {runs} runs: {at_once} at a time", stacklevel=2
        )
    return V1TPE(**shared, metric=metric, num_runs=at_once, max_iterations=runs // at_once, seed=wanted.seed)


class _Taken(NamedTuple):
    """How a kind is made, what it goes by, and of how many runs it is at least."""

    build: Callable[[Wanted, Shared, Sequence[str]], V1Matrix]
    words: frozenset[str]
    least: int = 1


_ALL = frozenset({"metric", "num_runs", "concurrency", "seed"})
_TAKEN: Mapping[str, _Taken] = {
    "grid": _Taken(_grid, _ALL - {"seed"}),
    "random": _Taken(_random, _ALL),
    "tpe": _Taken(_tpe, _ALL),
    "bayes": _Taken(_bayes, _ALL, least=2),
}


def _at_once(runs: int, most: int) -> int:
    """How many runs a round has: as many as go at once, or the next fewer of which rounds make all runs."""
    return next(size for size in range(most, 0, -1) if runs % size == 0)


def _kind(wanted: Wanted, params: Mapping[str, HyperParam]) -> str:
    if wanted.metric is not None:
        return "tpe"
    few = all(is_discrete(each) and not isinstance(each, V1HpPChoice) for each in params.values())
    return "grid" if wanted.num_runs is None and few else "random"
