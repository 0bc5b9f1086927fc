"""Distributions around a middle."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from attrs import field, frozen

from polyaxon_sdk.polyflow.documentation import documented
from polyaxon_sdk.polyflow.hp.parts import Parts, nonzero, taken

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.templates import Template

__all__ = ["Bell", "QBell", "V1HpLogNormal", "V1HpNormal", "V1HpQLogNormal", "V1HpQNormal"]


@documented
@frozen(kw_only=True)
class Bell(Parts):
    """Around `loc`, as wide as `scale` (semantics 1.15).

    Args:
        loc: the mean.
        scale: the standard deviation.
        size: kept, unused; default none.

    >>> Bell(loc=0, scale=1).scale
    1
    """

    loc: float | Template
    scale: float | Template
    size: int | Template | None = None


@documented
@frozen(kw_only=True)
class QBell(Parts):
    """Around `loc`, as wide as `scale`, on a grid (semantics 1.15).

    Args:
        loc: the mean.
        scale: the standard deviation.
        q: the step of the grid; more than 0.
        size: kept, unused; default none.

    >>> QBell(loc=0, scale=5, q=1).q
    1
    """

    loc: float | Template
    scale: float | Template
    q: float | Template = field(validator=nonzero)
    size: int | Template | None = None


def _as_bell(value: object) -> Bell | str | None:
    return taken(Bell, value)


def _as_qbell(value: object) -> QBell | str | None:
    return taken(QBell, value)


@documented
@frozen(kw_only=True)
class V1HpNormal:
    """A normal distribution (semantics 1.15).

    Args:
        value: `{loc, scale}`, a list or `"loc:scale"`: the mean and the standard deviation; default none.

    >>> V1HpNormal(value="0:1").value.scale
    1.0
    """

    kind: ClassVar[str] = "normal"

    value: Bell | Template | None = field(default=None, converter=_as_bell)


@documented
@frozen(kw_only=True)
class V1HpQNormal:
    """As normal, rounded down to a multiple of q (semantics 1.15).

    Args:
        value: `{loc, scale, q}`, a list or `"loc:scale:q"`; default none.

    >>> V1HpQNormal(value="0:5:1").value.q
    1.0
    """

    kind: ClassVar[str] = "qnormal"

    value: QBell | Template | None = field(default=None, converter=_as_qbell)


@documented
@frozen(kw_only=True)
class V1HpLogNormal:
    """The exponential of a normal number (semantics 1.15).

    Args:
        value: `{loc, scale}`, a list or `"loc:scale"`; default none.

    >>> V1HpLogNormal(value="0:1").value.scale
    1.0
    """

    kind: ClassVar[str] = "lognormal"

    value: Bell | Template | None = field(default=None, converter=_as_bell)


@documented
@frozen(kw_only=True)
class V1HpQLogNormal:
    """As lognormal, rounded down to a multiple of q (semantics 1.15).

    Args:
        value: `{loc, scale, q}`, a list or `"loc:scale:q"`; default none.

    >>> V1HpQLogNormal(value="0:1:1").value.q
    1.0
    """

    kind: ClassVar[str] = "qlognormal"

    value: QBell | Template | None = field(default=None, converter=_as_qbell)
