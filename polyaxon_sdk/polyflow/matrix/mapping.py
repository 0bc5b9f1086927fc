"""V1Mapping: one run for each of the given sets of values."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from attrs import field, frozen

from polyaxon_sdk.polyflow.bounds import positive
from polyaxon_sdk.polyflow.documentation import documented

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.early_stopping import EarlyStopping
    from polyaxon_sdk.polyflow.lenient import Whole
    from polyaxon_sdk.polyflow.metric import V1OptimizationMetric
    from polyaxon_sdk.polyflow.templates import Template

__all__ = ["V1Mapping"]


@documented
@frozen(kw_only=True)
class V1Mapping:
    """One run for each mapping of values (semantics 1.15).

    Args:
        values: the mappings, in order.
        metric: the output by which the best run is told; default: none is told.
        concurrency: how many runs at once; default: all that can.
        early_stopping: when all of it stops: `V1MetricEarlyStopping`, `V1FailureEarlyStopping`;
            default: never before its end.

    >>> V1Mapping(values=[{"lr": 0.1}, {"lr": 0.2}]).kind
    'mapping'
    """

    kind: ClassVar[str] = "mapping"

    values: list[dict[str, object]] | Template
    metric: V1OptimizationMetric | None = None
    concurrency: Whole | Template | None = field(default=None, validator=positive)
    early_stopping: list[EarlyStopping] | Template | None = None
