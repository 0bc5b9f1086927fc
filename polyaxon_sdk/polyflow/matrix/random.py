"""V1RandomSearch: draws, each different."""

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

__all__ = ["V1RandomSearch"]


@documented
@frozen(kw_only=True)
class V1RandomSearch:
    """So many draws, each different (semantics 1.15).

    Args:
        params: each input's values or distribution, such as a `V1HpUniform`.
        num_runs: how many; at most as many as there are.
        seed: the same seed gives the same draws; default: each search draws anew.
        metric: the output by which the best run is told; default: none is told.
        concurrency: how many runs at once; default: all that can.
        early_stopping: when all of it stops: `V1MetricEarlyStopping`, `V1FailureEarlyStopping`;
            default: never before its end.

    >>> from polyaxon_sdk.polyflow import V1HpChoice
    >>> V1RandomSearch(params={"lr": V1HpChoice(value=[0.1, 0.2])}, num_runs=1).kind
    'random'
    """

    kind: ClassVar[str] = "random"

    params: dict[str, HyperParam] | Template
    num_runs: Count | Template = field(validator=positive)
    seed: int | Template | None = None
    metric: V1OptimizationMetric | None = None
    concurrency: Count | Template | None = field(default=None, validator=positive)
    early_stopping: list[EarlyStopping] | Template | None = None
