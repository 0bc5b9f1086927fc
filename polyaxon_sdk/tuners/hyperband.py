"""Suggestions of hyperband: many runs with little to spend, the best of them with more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import HyperParam, V1Hyperband
from polyaxon_sdk.tuners.brackets import Bracket, brackets_of
from polyaxon_sdk.tuners.history import Values
from polyaxon_sdk.tuners.randomly import suggest_distinct
from polyaxon_sdk.tuners.resolved import resolved, seed_of
from polyaxon_sdk.tuners.resource import with_resource
from polyaxon_sdk.tuners.trials import Trial, key_of

__all__ = ["begin_bracket", "promote"]


def begin_bracket(matrix: V1Hyperband, bracket: int, trials: Sequence[Trial] = ()) -> list[Values]:
    """The runs with which a bracket begins: random draws, each with the same resource.

    What was drawn before comes again only where nothing else is left, and the very same run last of all.

    Args:
        bracket: the first, with the most and shortest runs, is 0; none begin after the last.
        trials: the runs of the brackets before.

    Raises:
        InputError: the matrix is not resolved yet.

    >>> from polyaxon_sdk.polyflow import V1HpUniform, V1OptimizationResource
    >>> epochs = V1OptimizationResource(name="epochs", type="int")
    >>> search = V1Hyperband(params={"rate": V1HpUniform(value="0:1")}, max_iterations=9, eta=3, resource=epochs)
    >>> [each["epochs"] for each in begin_bracket(search, 1)]
    [3, 3, 3, 3, 3]
    """
    brackets = brackets_of(matrix)
    if bracket >= len(brackets):
        return []
    seed = seed_of(matrix)
    drawn = None if seed is None else f"{seed}:{bracket}"  # each bracket draws others
    first = brackets[bracket].rungs[0]
    names = list(_params(matrix))
    known = {key_of({name: trial.values.get(name) for name in names}) for trial in trials}
    same = {key_of(trial.values) for trial in trials}
    new: list[Values] = []
    again: list[Values] = []
    for values in suggest_distinct(_params(matrix), count=first.runs + len(known), seed=drawn):
        given = with_resource(matrix.resource, values, first.resource)
        (again if key_of(values) in known else new).append(given)
        if len(new) == first.runs:
            break
    return [*new, *sorted(again, key=lambda given: key_of(given) in same)][: first.runs]


def promote(matrix: V1Hyperband, trials: Sequence[Trial], *, bracket: int, rung: int) -> list[Values]:
    """The best of the trials, with eta times as much to spend: the runs of a further rung.

    Args:
        trials: those of the rung before; one without a finite result is never among the best.
        rung: the one that begins; a bracket's first is 0; none after the last.

    Raises:
        InputError: the matrix is not resolved yet, or names no metric.
    """
    plan = _planned(brackets_of(matrix), bracket)
    if plan is None or rung >= len(plan.rungs):
        return []
    if matrix.metric is None:
        raise InputError("missing", path="matrix.metric", expected="the output that ranks runs")
    sign = -1.0 if matrix.metric.optimization == "maximize" else 1.0
    ranked = sorted(_results(trials), key=lambda one: sign * one[0])
    best = [trial for _, trial in ranked[: plan.rungs[rung].runs]]
    names = list(_params(matrix))
    return [
        with_resource(
            matrix.resource, {name: trial.values.get(name) for name in names}, plan.rungs[rung].resource
        )
        for trial in best
    ]


def _planned(brackets: Sequence[Bracket], bracket: int) -> Bracket | None:
    return brackets[bracket] if bracket < len(brackets) else None


def _results(trials: Sequence[Trial]) -> list[tuple[float, Trial]]:
    return [(trial.result, trial) for trial in trials if trial.counts and trial.result is not None]


def _params(matrix: V1Hyperband) -> Mapping[str, HyperParam]:
    return resolved(matrix.params) or {}
