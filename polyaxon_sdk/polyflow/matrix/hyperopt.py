"""V1Hyperopt: the former name of a search, as what it is now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, TypeAlias
from warnings import warn

from polyaxon_sdk.polyflow.hints import nearest
from polyaxon_sdk.polyflow.problems import fault

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.early_stopping import EarlyStopping
    from polyaxon_sdk.polyflow.hp import HyperParam
    from polyaxon_sdk.polyflow.matrix.random import V1RandomSearch
    from polyaxon_sdk.polyflow.matrix.tpe import V1TPE
    from polyaxon_sdk.polyflow.metric import V1OptimizationMetric
    from polyaxon_sdk.polyflow.tuner import V1Tuner

__all__ = ["ALGORITHMS", "V1Hyperopt"]

Algorithm: TypeAlias = Literal["tpe", "rand", "anneal"]

ALGORITHMS: Mapping[str, Literal["tpe", "random"]] = {"tpe": "tpe", "anneal": "tpe", "rand": "random"}
"""What each algorithm of the former kind is called now."""


def V1Hyperopt(  # the public name of a former class
    *,
    params: dict[str, HyperParam],
    num_runs: int,
    algorithm: Algorithm = "tpe",
    metric: V1OptimizationMetric | None = None,
    max_iterations: int | None = None,
    seed: int | None = None,
    concurrency: int | None = None,
    tuner: V1Tuner | None = None,
    early_stopping: list[EarlyStopping] | None = None,
) -> V1TPE | V1RandomSearch:
    """The search that the former kind `hyperopt` asks for, with a `DeprecationWarning` (semantics 1.15).

    Args:
        algorithm: `tpe` and `anneal` become a `V1TPE`, `rand` a `V1RandomSearch`, which has no metric,
            no rounds and no tuner.

    The others are the fields of these classes.

    Raises:
        SpecError: the algorithm is unknown, or it wants a metric.

    >>> from polyaxon_sdk.polyflow import V1HpUniform
    >>> V1Hyperopt(algorithm="rand", params={"lr": V1HpUniform(value="0:1")}, num_runs=5).kind
    'random'
    """
    from polyaxon_sdk.polyflow import V1TPE, V1RandomSearch  # only one of the two is needed

    kind = ALGORITHMS.get(algorithm)
    if kind is None:
        raise fault(
            f"unknown algorithm {algorithm!r}",
            path=("algorithm",),
            expected=", ".join(ALGORITHMS),
            hint=nearest(algorithm, ALGORITHMS),
        )
    warn(f"V1Hyperopt with {algorithm} is a {kind} search now", DeprecationWarning, stacklevel=2)
    if kind == "random":
        return V1RandomSearch(
            params=params,
            num_runs=num_runs,
            seed=seed,
            concurrency=concurrency,
            early_stopping=early_stopping,
        )
    if metric is None:
        raise fault("missing", path=("metric",), expected="the output to optimize", missing=True)
    return V1TPE(
        params=params,
        num_runs=num_runs,
        max_iterations=max_iterations,
        metric=metric,
        seed=seed,
        concurrency=concurrency,
        tuner=tuner,
        early_stopping=early_stopping,
    )
