"""When a whole search or dag, or one run of it, stops before its end (semantics 1.15)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, TypeAlias

from attrs import frozen

from polyaxon_sdk.polyflow.documentation import documented
from polyaxon_sdk.polyflow.kinds import Kinds

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.templates import Template
    from polyaxon_sdk.polyflow.words import V1Optimization

__all__ = [
    "EarlyStopping",
    "StoppingPolicy",
    "V1DiffStoppingPolicy",
    "V1FailureEarlyStopping",
    "V1MedianStoppingPolicy",
    "V1MetricEarlyStopping",
    "V1TruncationStoppingPolicy",
]


@documented
@frozen(kw_only=True)
class V1MedianStoppingPolicy:
    """Stops a run whose best value is worse than the median of the others at the same step (semantics 1.15).

    Args:
        evaluation_interval: steps between two looks; default 1.
        min_interval: steps before the first look; default 0.
        min_samples: other runs that there must be; default 1.

    >>> V1MedianStoppingPolicy(evaluation_interval=5).kind
    'median'
    """

    kind: ClassVar[str] = "median"

    evaluation_interval: int | Template | None = None
    min_interval: int | Template | None = None
    min_samples: int | Template | None = None


@documented
@frozen(kw_only=True)
class V1TruncationStoppingPolicy:
    """Stops the worst share of the runs at each look (semantics 1.15).

    Args:
        percent: the share, 0 to 100.
        evaluation_interval: steps between two looks; default 1.
        min_interval: steps before the first look; default 0.
        min_samples: other runs that there must be; default 1.
        include_succeeded: compare with ended runs too; default false.

    >>> V1TruncationStoppingPolicy(percent=50).kind
    'truncation'
    """

    kind: ClassVar[str] = "truncation"

    percent: float | Template
    evaluation_interval: int | Template | None = None
    min_interval: int | Template | None = None
    min_samples: int | Template | None = None
    include_succeeded: bool | Template | None = None


@documented
@frozen(kw_only=True)
class V1DiffStoppingPolicy:
    """Stops a run that is worse than the best by more than a share (semantics 1.15).

    Args:
        percent: the share, 0 to 100.
        evaluation_interval: steps between two looks; default 1.
        min_interval: steps before the first look; default 0.
        min_samples: other runs that there must be; default 1.

    >>> V1DiffStoppingPolicy(percent=10).kind
    'diff'
    """

    kind: ClassVar[str] = "diff"

    percent: float | Template
    evaluation_interval: int | Template | None = None
    min_interval: int | Template | None = None
    min_samples: int | Template | None = None


if TYPE_CHECKING:
    StoppingPolicy: TypeAlias = V1MedianStoppingPolicy | V1TruncationStoppingPolicy | V1DiffStoppingPolicy
else:
    StoppingPolicy = Annotated[
        object,
        Kinds(
            median="V1MedianStoppingPolicy",
            truncation="V1TruncationStoppingPolicy",
            diff="V1DiffStoppingPolicy",
        ),
    ]


@documented
@frozen(kw_only=True)
class V1MetricEarlyStopping:
    """Stops all when one run's metric is good enough; with a policy, single runs that are too bad (semantics 1.15).

    Args:
        metric: the output's name.
        value: the bound.
        optimization: whether more or less is better.
        policy: how single runs are judged: a `V1MedianStoppingPolicy`, `V1TruncationStoppingPolicy` or
            `V1DiffStoppingPolicy`; default: they aren't.

    >>> V1MetricEarlyStopping(metric="accuracy", value=0.9, optimization="maximize").kind
    'metric_early_stopping'
    """

    kind: ClassVar[str] = "metric_early_stopping"

    metric: str
    value: float | Template
    optimization: V1Optimization | Literal["maximize", "minimize"]
    policy: StoppingPolicy | None = None


@documented
@frozen(kw_only=True)
class V1FailureEarlyStopping:
    """Stops all when too many runs failed (semantics 1.15).

    Args:
        percent: the share of failed runs, 0 to 100.

    >>> V1FailureEarlyStopping(percent=50).kind
    'failure_early_stopping'
    """

    kind: ClassVar[str] = "failure_early_stopping"

    percent: float | Template


if TYPE_CHECKING:
    EarlyStopping: TypeAlias = V1MetricEarlyStopping | V1FailureEarlyStopping
else:
    EarlyStopping = Annotated[
        object,
        Kinds(metric_early_stopping="V1MetricEarlyStopping", failure_early_stopping="V1FailureEarlyStopping"),
    ]
