"""V1Hyperband: many short runs, the best of them longer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from attrs import field, frozen

from polyaxon_sdk.polyflow.bounds import positive
from polyaxon_sdk.polyflow.documentation import documented
from polyaxon_sdk.polyflow.problems import fault

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.early_stopping import EarlyStopping
    from polyaxon_sdk.polyflow.hp import HyperParam
    from polyaxon_sdk.polyflow.lenient import Whole
    from polyaxon_sdk.polyflow.metric import V1OptimizationMetric, V1OptimizationResource
    from polyaxon_sdk.polyflow.templates import Template
    from polyaxon_sdk.polyflow.tuner import V1Tuner

__all__ = ["V1Hyperband", "thins"]


def thins(_: object, __: object, value: Any) -> None:  # attrs knows no value types
    """An attrs validator: only with more than 1 a bracket gets smaller from rung to rung."""
    if isinstance(value, (int, float)) and not value > 1:
        raise fault(f"{value!r} is not allowed", path=("eta",), expected="more than 1")


@documented
@frozen(kw_only=True)
class V1Hyperband:
    """Many runs with little to spend; the best share goes on with eta times as much (semantics 1.15).

    Args:
        params: each input's values or distribution, such as a `V1HpUniform`; default none.
        max_iterations: the most resource that one run gets; default none, and then there are no runs.
        eta: the share kept is 1/eta; more than 1, default 3.
        resource: the input that says how much a run may spend; default none.
        metric: the output that ranks runs; default none.
        resume: go on from the earlier run instead of starting again; default false.
        seed: the same seed gives the same draws; default: each search draws anew.
        concurrency: how many runs at once; default: all that can.
        tuner: the component that makes the suggestions; default: the hub's own.
        early_stopping: when all of it stops: `V1MetricEarlyStopping`, `V1FailureEarlyStopping`;
            default: never before its end.

    >>> from polyaxon_sdk.polyflow import V1HpChoice, V1OptimizationMetric, V1OptimizationResource
    >>> V1Hyperband(
    ...     params={"lr": V1HpChoice(value=[0.1, 0.2])},
    ...     max_iterations=9,
    ...     resource=V1OptimizationResource(name="epochs", type="int"),
    ...     metric=V1OptimizationMetric(name="loss", optimization="minimize"),
    ... ).kind
    'hyperband'
    """

    kind: ClassVar[str] = "hyperband"

    params: dict[str, HyperParam] | Template | None = None
    max_iterations: Whole | Template | None = field(default=None, validator=positive)
    eta: float | Template | None = field(default=None, validator=thins)
    resource: V1OptimizationResource | None = None
    metric: V1OptimizationMetric | None = None
    resume: bool | Template | None = None
    seed: int | Template | None = None
    concurrency: Whole | Template | None = field(default=None, validator=positive)
    tuner: V1Tuner | None = None
    early_stopping: list[EarlyStopping] | Template | None = None
