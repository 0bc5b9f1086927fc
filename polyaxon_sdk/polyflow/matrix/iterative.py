"""V1Iterative: a search that a component of one's own decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from attrs import field, frozen

from polyaxon_sdk.polyflow.bounds import positive
from polyaxon_sdk.polyflow.documentation import documented

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.early_stopping import EarlyStopping
    from polyaxon_sdk.polyflow.hp import HyperParam
    from polyaxon_sdk.polyflow.lenient import Count
    from polyaxon_sdk.polyflow.metric import V1OptimizationMetric
    from polyaxon_sdk.polyflow.templates import Template
    from polyaxon_sdk.polyflow.tuner import V1Tuner

__all__ = ["V1Iterative"]


@documented
@frozen(kw_only=True)
class V1Iterative:
    """Rounds of runs; a tuner of one's own makes the suggestions (semantics 1.15).

    Args:
        params: each input's values or distribution, such as a `V1HpUniform`, handed to the tuner; default none.
        max_iterations: the most rounds.
        seed: handed to the tuner; default none.
        metric: the output by which the best run is told; default: none is told.
        concurrency: how many runs at once; default: all that can.
        tuner: the component that makes the suggestions; default none.
        early_stopping: when all of it stops: `V1MetricEarlyStopping`, `V1FailureEarlyStopping`;
            default: never before its end.

    >>> V1Iterative(max_iterations=3).kind
    'iterative'
    """

    kind: ClassVar[str] = "iterative"

    params: dict[str, HyperParam] | Template | None = None
    max_iterations: Count | Template = field(validator=positive)
    seed: int | Template | None = None
    metric: V1OptimizationMetric | None = None
    concurrency: Count | Template | None = field(default=None, validator=positive)
    tuner: V1Tuner | None = None
    early_stopping: list[EarlyStopping] | Template | None = None
