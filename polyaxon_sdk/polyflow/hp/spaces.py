"""Numbers at even steps."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from attrs import field, frozen

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow.documentation import documented
from polyaxon_sdk.polyflow.hp.parts import Parts, nonzero, taken
from polyaxon_sdk.polyflow.problems import fault
from polyaxon_sdk.polyflow.templates import is_template
from polyaxon_sdk.polyflow.values import parse

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.templates import Template

__all__ = [
    "LogSpace",
    "Range",
    "Space",
    "V1HpGeomSpace",
    "V1HpLinSpace",
    "V1HpLogSpace",
    "V1HpRange",
]


def _is_whole(num: object) -> bool:
    return isinstance(num, (str, float)) and not is_template(num)


def _ordered(start: object, stop: object) -> None:
    if isinstance(start, (int, float)) and isinstance(stop, (int, float)) and start >= stop:
        raise fault(f"start {start:g} is not below stop {stop:g}", expected="start < stop")


@documented
@frozen(kw_only=True)
class Range(Parts):
    """From `start`, in steps of `step`, up to but not including `stop` (semantics 1.15).

    Args:
        start: the first number.
        stop: the number before which it ends; more than `start`.
        step: how far apart; more than 0.

    >>> Range(start=0, stop=10, step=2).stop
    10
    """

    start: float | Template
    stop: float | Template
    step: float | Template = field(validator=nonzero)

    def __attrs_post_init__(self) -> None:
        _ordered(self.start, self.stop)


@documented
@frozen(kw_only=True)
class Space(Parts):
    """`num` numbers from `start` to `stop`, both included (semantics 1.15).

    Args:
        start: the first number.
        stop: the last number; more than `start`.
        num: how many there are.

    >>> Space(start=0, stop=1, num=5).num
    5
    """

    start: float | Template
    stop: float | Template
    num: int | Template = field(validator=nonzero)

    def __attrs_post_init__(self) -> None:
        _ordered(self.start, self.stop)

    @classmethod
    def prepare(cls, data: object) -> object:
        """Take `num: "5"`, as it comes from `"0:1:5"`, and `num: 5.0` as a whole number."""
        data = super().prepare(data)
        if not isinstance(data, dict):
            return data
        with suppress(InputError):
            return {**data, "num": parse("int", data["num"])} if _is_whole(data.get("num")) else data
        return data


@documented
@frozen(kw_only=True)
class LogSpace(Space):
    """`num` powers of `base`, the exponents from `start` to `stop` (semantics 1.15).

    Args:
        start: the first exponent.
        stop: the last exponent; more than `start`.
        base: what is raised to them; default 10.

    >>> LogSpace(start=-4, stop=-1, num=4).base is None
    True
    """

    base: float | Template | None = None


def _as_range(value: object) -> Range | str | None:
    return taken(Range, value)


def _as_space(value: object) -> Space | str | None:
    return taken(Space, value)


def _as_logspace(value: object) -> LogSpace | str | None:
    return taken(LogSpace, value)


@documented
@frozen(kw_only=True)
class V1HpRange:
    """Numbers at a fixed step (semantics 1.15).

    Args:
        value: `{start, stop, step}`, a list or `"start:stop:step"`; stop is not among them; default none.

    >>> V1HpRange(value="0:10:2").value.stop
    10.0
    """

    kind: ClassVar[str] = "range"

    value: Range | Template | None = field(default=None, converter=_as_range)


@documented
@frozen(kw_only=True)
class V1HpLinSpace:
    """So many numbers, evenly spaced (semantics 1.15).

    Args:
        value: `{start, stop, num}`, a list or `"start:stop:num"`; both ends are among them; default none.

    >>> V1HpLinSpace(value="0:1:5").value.num
    5
    """

    kind: ClassVar[str] = "linspace"

    value: Space | Template | None = field(default=None, converter=_as_space)


@documented
@frozen(kw_only=True)
class V1HpLogSpace:
    """So many powers, their exponents evenly spaced (semantics 1.15).

    Args:
        value: `{start, stop, num, base}`, a list or `"start:stop:num"`; the base is 10 where none is given;
            default none.

    >>> V1HpLogSpace(value="-4:-1:4").value.start
    -4.0
    """

    kind: ClassVar[str] = "logspace"

    value: LogSpace | Template | None = field(default=None, converter=_as_logspace)


@documented
@frozen(kw_only=True)
class V1HpGeomSpace:
    """So many numbers, each the same multiple of the one before it (semantics 1.15).

    Args:
        value: `{start, stop, num}`, a list or `"start:stop:num"`; both ends are among them; default none.

    >>> V1HpGeomSpace(value="1:100:3").value.num
    3
    """

    kind: ClassVar[str] = "geomspace"

    value: Space | Template | None = field(default=None, converter=_as_space)
