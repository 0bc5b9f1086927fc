"""Distributions between two bounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from attrs import field, frozen

from polyaxon_sdk.polyflow.bounds import positive
from polyaxon_sdk.polyflow.hp.parts import Parts, taken

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.templates import Template

__all__ = ["Bounds", "QBounds", "V1HpLogUniform", "V1HpQLogUniform", "V1HpQUniform", "V1HpUniform"]


@frozen(kw_only=True)
class Bounds(Parts):
    """Between `low` and `high`.

    Args:
        low, high: the bounds.
        size: kept, unused.
    """

    low: float | Template
    high: float | Template
    size: int | Template | None = None


@frozen(kw_only=True)
class QBounds(Parts):
    """Between `low` and `high`, on a grid.

    Args:
        low, high: the bounds.
        q: the step of the grid.
        size: kept, unused.
    """

    low: float | Template
    high: float | Template
    q: float | Template = field(validator=positive)
    size: int | Template | None = None


def _as_bounds(value: object) -> Bounds | str:
    return taken(Bounds, value)


def _as_qbounds(value: object) -> QBounds | str:
    return taken(QBounds, value)


@frozen(kw_only=True)
class V1HpUniform:
    """Any number between two, all as likely.

    Args:
        value: `{low, high}`, a list or `"low:high"`.

    >>> V1HpUniform(value=Bounds(low=0, high=1)).value.high
    1
    """

    kind: ClassVar[str] = "uniform"

    value: Bounds | Template = field(converter=_as_bounds)


@frozen(kw_only=True)
class V1HpQUniform:
    """As uniform, rounded down to a multiple of q.

    Args:
        value: `{low, high, q}`, a list or `"low:high:q"`.

    >>> V1HpQUniform(value=QBounds(low=0, high=10, q=2)).kind
    'quniform'
    """

    kind: ClassVar[str] = "quniform"

    value: QBounds | Template = field(converter=_as_qbounds)


@frozen(kw_only=True)
class V1HpLogUniform:
    """The exponential of a uniform number: the bounds are natural logarithms.

    Args:
        value: `{low, high}`, a list or `"low:high"`.

    >>> V1HpLogUniform(value=Bounds(low=-7, high=0)).kind
    'loguniform'
    """

    kind: ClassVar[str] = "loguniform"

    value: Bounds | Template = field(converter=_as_bounds)


@frozen(kw_only=True)
class V1HpQLogUniform:
    """As loguniform, rounded down to a multiple of q.

    Args:
        value: `{low, high, q}`, a list or `"low:high:q"`.

    >>> V1HpQLogUniform(value=QBounds(low=0, high=5, q=1)).kind
    'qloguniform'
    """

    kind: ClassVar[str] = "qloguniform"

    value: QBounds | Template = field(converter=_as_qbounds)
