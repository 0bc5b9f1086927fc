"""V1Hyperband: many short runs, the best of them longer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from attrs import field, frozen

from polyaxon_sdk.polyflow.bounds import positive
from polyaxon_sdk.polyflow.problems import fault

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.early_stopping import EarlyStopping
    from polyaxon_sdk.polyflow.hp import HyperParam
    from polyaxon_sdk.polyflow.metric import V1OptimizationMetric, V1OptimizationResource
    from polyaxon_sdk.polyflow.templates import Template
    from polyaxon_sdk.polyflow.tuner import V1Tuner

__all__ = ["V1Hyperband"]


def _thins(_: object, __: object, value: Any) -> None:  # attrs knows no value types
    """An attrs validator: only with more than 1 a bracket gets smaller from rung to rung."""
    if isinstance(value, (int, float)) and not value > 1:
        raise fault(f"{value!r} is not allowed", path=("eta",), expected="more than 1")


@frozen(kw_only=True)
class V1Hyperband:
    """Many runs with little to spend; the best share goes on with eta times as much.

    Args:
        params: each input's values or distribution.
        max_iterations: the most resource that one run gets.
        eta: the share kept is 1/eta; more than 1, default 3.
        resource: the input that says how much a run may spend.
        metric: the output that ranks runs.
        resume: go on from the earlier run instead of starting again; default false.
        seed, concurrency, tuner, early_stopping: as for the other searches.

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

    params: dict[str, HyperParam] | Template
    max_iterations: int | Template = field(validator=positive)
    eta: float | Template | None = field(default=None, validator=_thins)
    resource: V1OptimizationResource | None = None
    metric: V1OptimizationMetric | None = None
    resume: bool | Template | None = None
    seed: int | Template | None = None
    concurrency: int | Template | None = field(default=None, validator=positive)
    tuner: V1Tuner | None = None
    early_stopping: list[EarlyStopping] | Template | None = None
