"""V1TPE: each draw near the good ones of before."""

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

__all__ = ["V1TPE"]


@documented
@frozen(kw_only=True)
class V1TPE:
    """Tree-structured Parzen estimators: each draw is likelier among good runs than among bad ones (semantics 1.15).

    Args:
        params: each input's values or distribution, such as a `V1HpUniform`.
        num_runs: how many at a time; default none, and then there are no runs.
        max_iterations: how often; default: once.
        metric: the output to optimize.
        seed: the same seed gives the same draws; default: each search draws anew.
        concurrency: how many runs at once; default: all that can.
        tuner: the component that makes the suggestions; default: the hub's own.
        early_stopping: when all of it stops: `V1MetricEarlyStopping`, `V1FailureEarlyStopping`;
            default: never before its end.

    >>> from polyaxon_sdk.polyflow import V1HpChoice, V1OptimizationMetric
    >>> V1TPE(
    ...     params={"lr": V1HpChoice(value=[0.1, 0.2])},
    ...     num_runs=10,
    ...     metric=V1OptimizationMetric(name="loss", optimization="minimize"),
    ... ).kind
    'tpe'
    """

    kind: ClassVar[str] = "tpe"

    params: dict[str, HyperParam] | Template
    num_runs: Count | Template | None = field(default=None, validator=positive)
    max_iterations: int | Template | None = None
    metric: V1OptimizationMetric
    seed: int | Template | None = None
    concurrency: Count | Template | None = field(default=None, validator=positive)
    tuner: V1Tuner | None = None
    early_stopping: list[EarlyStopping] | Template | None = None
