"""V1Asha: many short runs, the best of them longer, without waiting for the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from attrs import field, frozen

from polyaxon_sdk.polyflow.bounds import positive
from polyaxon_sdk.polyflow.documentation import documented
from polyaxon_sdk.polyflow.matrix.hyperband import thins

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.early_stopping import EarlyStopping
    from polyaxon_sdk.polyflow.hp import HyperParam
    from polyaxon_sdk.polyflow.lenient import Count
    from polyaxon_sdk.polyflow.metric import V1OptimizationMetric, V1OptimizationResource
    from polyaxon_sdk.polyflow.templates import Template

__all__ = ["V1Asha"]


@documented
@frozen(kw_only=True)
class V1Asha:
    """Random runs with little to spend; one that is among the best of its step so far goes on with eta times as much.

    An addition to the specification: successive halving that never waits (Li et al. 2020, algorithm 2).

    Args:
        params: each input's values or distribution, such as a `V1HpUniform`.
        num_runs: how many are drawn; those that go on come on top.
        max_iterations: the most resource that one run gets.
        min_iterations: the least, with which all begin; default 1.
        eta: the share that goes on is 1/eta; more than 1, default 3.
        resource: the input that says how much a run may spend.
        metric: the output that ranks runs.
        resume: a run that goes on has the outputs of the one before; default false.
        seed: the same seed gives the same draws; default: each search draws anew.
        concurrency: how many runs at once; default: all that can.
        early_stopping: when all of it stops: `V1MetricEarlyStopping`, `V1FailureEarlyStopping`;
            default: never before its end.

    >>> from polyaxon_sdk.polyflow import V1HpUniform, V1OptimizationMetric, V1OptimizationResource
    >>> V1Asha(
    ...     params={"lr": V1HpUniform(value="0:1")},
    ...     num_runs=27,
    ...     max_iterations=9,
    ...     resource=V1OptimizationResource(name="epochs", type="int"),
    ...     metric=V1OptimizationMetric(name="loss", optimization="minimize"),
    ... ).kind
    'asha'
    """

    kind: ClassVar[str] = "asha"

    params: dict[str, HyperParam] | Template
    num_runs: Count | Template = field(validator=positive)
    max_iterations: Count | Template = field(validator=positive)
    min_iterations: Count | Template | None = field(default=None, validator=positive)
    eta: float | Template | None = field(default=None, validator=thins)
    resource: V1OptimizationResource
    metric: V1OptimizationMetric
    resume: bool | Template | None = None
    seed: int | Template | None = None
    concurrency: Count | Template | None = field(default=None, validator=positive)
    early_stopping: list[EarlyStopping] | Template | None = None
