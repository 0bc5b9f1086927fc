"""Distributions between two bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from attrs import field, frozen

from polyaxon_sdk.polyflow.documentation import documented
from polyaxon_sdk.polyflow.hp.parts import Parts, nonzero, taken

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.templates import Template

__all__ = ["Bounds", "QBounds", "V1HpLogUniform", "V1HpQLogUniform", "V1HpQUniform", "V1HpUniform"]


@documented
@frozen(kw_only=True)
class Bounds(Parts):
    """Between `low` and `high` (semantics 1.15).

    Args:
        low: the least number.
        high: the greatest number.
        size: kept, unused; default none.

    >>> Bounds(low=0, high=1).high
    1
    """

    low: float | Template
    high: float | Template
    size: int | Template | None = None


@documented
@frozen(kw_only=True)
class QBounds(Parts):
    """Between `low` and `high`, on a grid (semantics 1.15).

    Args:
        low: the least number.
        high: the greatest number.
        q: the step of the grid; more than 0.
        size: kept, unused; default none.

    >>> QBounds(low=0, high=10, q=2).q
    2
    """

    low: float | Template
    high: float | Template
    q: float | Template = field(validator=nonzero)
    size: int | Template | None = None


def _as_bounds(value: object) -> Bounds | str | None:
    return taken(Bounds, value)


def _as_qbounds(value: object) -> QBounds | str | None:
    return taken(QBounds, value)


@documented
@frozen(kw_only=True)
class V1HpUniform:
    """Any number between two, all as likely (semantics 1.15).

    Args:
        value: `{low, high}`, a list or `"low:high"`; default none.

    >>> V1HpUniform(value="0:1").value.high
    1.0
    """

    kind: ClassVar[str] = "uniform"

    value: Bounds | Template | None = field(default=None, converter=_as_bounds)


@documented
@frozen(kw_only=True)
class V1HpQUniform:
    """As uniform, rounded down to a multiple of q (semantics 1.15).

    Args:
        value: `{low, high, q}`, a list or `"low:high:q"`; default none.

    >>> V1HpQUniform(value="0:10:2").value.q
    2.0
    """

    kind: ClassVar[str] = "quniform"

    value: QBounds | Template | None = field(default=None, converter=_as_qbounds)


@documented
@frozen(kw_only=True)
class V1HpLogUniform:
    """The exponential of a uniform number: the bounds are natural logarithms (semantics 1.15).

    Args:
        value: `{low, high}`, a list or `"low:high"`; default none.

    >>> V1HpLogUniform(value="-7:0").value.low
    -7.0
    """

    kind: ClassVar[str] = "loguniform"

    value: Bounds | Template | None = field(default=None, converter=_as_bounds)


@documented
@frozen(kw_only=True)
class V1HpQLogUniform:
    """As loguniform, rounded down to a multiple of q (semantics 1.15).

    Args:
        value: `{low, high, q}`, a list or `"low:high:q"`; default none.

    >>> V1HpQLogUniform(value="0:5:1").value.q
    1.0
    """

    kind: ClassVar[str] = "qloguniform"

    value: QBounds | Template | None = field(default=None, converter=_as_qbounds)
