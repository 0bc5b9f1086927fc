"""What a search optimizes, and what it spends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from attrs import frozen

from polyaxon_sdk.polyflow.documentation import documented

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.words import V1Optimization, V1ResourceType

__all__ = ["V1OptimizationMetric", "V1OptimizationResource"]


@documented
@frozen(kw_only=True)
class V1OptimizationMetric:
    """The output that a search looks at (semantics 1.15).

    Args:
        name: of the output.
        optimization: whether more or less of it is better; default `minimize`.

    >>> V1OptimizationMetric(name="loss", optimization="minimize").name
    'loss'
    """

    name: str
    optimization: V1Optimization | Literal["maximize", "minimize"] | None = None


@documented
@frozen(kw_only=True)
class V1OptimizationResource:
    """The input through which a search gives a run more or less to spend (semantics 1.15).

    Args:
        name: of the input, such as `epochs`.
        type: `int` or `float`; default: that of the input.

    >>> V1OptimizationResource(name="epochs", type="int").type
    'int'
    """

    name: str
    type: V1ResourceType | Literal["int", "float"] | None = None
