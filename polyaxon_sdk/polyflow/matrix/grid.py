"""V1GridSearch: every combination."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from attrs import field, frozen

from polyaxon_sdk.polyflow.bounds import positive
from polyaxon_sdk.polyflow.documentation import documented
from polyaxon_sdk.polyflow.problems import fault

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.early_stopping import EarlyStopping
    from polyaxon_sdk.polyflow.hp import HyperParam
    from polyaxon_sdk.polyflow.lenient import Count
    from polyaxon_sdk.polyflow.metric import V1OptimizationMetric
    from polyaxon_sdk.polyflow.templates import Template

__all__ = ["V1GridSearch"]


_DISCRETE = frozenset({"choice", "range", "linspace", "logspace", "geomspace", "daterange", "datetimerange"})


@documented
@frozen(kw_only=True)
class V1GridSearch:
    """Every combination of the params' values; the last param changes fastest (semantics 1.15).

    Args:
        params: each input's values, such as a `V1HpChoice`, which must be countable.
        num_runs: only so many, from the first; default: all.
        metric: the output by which the best run is told; default: none is told.
        concurrency: how many runs at once; default: all that can.
        early_stopping: when all of it stops: `V1MetricEarlyStopping`, `V1FailureEarlyStopping`;
            default: never before its end.

    >>> from polyaxon_sdk.polyflow import V1HpChoice
    >>> V1GridSearch(params={"lr": V1HpChoice(value=[0.1, 0.2])}).kind
    'grid'
    """

    kind: ClassVar[str] = "grid"

    params: dict[str, HyperParam] | Template
    num_runs: Count | Template | None = field(default=None, validator=positive)
    metric: V1OptimizationMetric | None = None
    concurrency: Count | Template | None = field(default=None, validator=positive)
    early_stopping: list[EarlyStopping] | Template | None = None

    def __attrs_post_init__(self) -> None:
        for name, values in self.params.items() if isinstance(self.params, dict) else ():
            if values.kind not in _DISCRETE:
                raise fault(
                    f"a grid can't enumerate {values.kind}",
                    path=("params", name),
                    expected="choice, range, linspace, logspace or geomspace",
                )
