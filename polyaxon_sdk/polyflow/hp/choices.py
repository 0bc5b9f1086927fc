"""Values to pick from."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from attrs import field, frozen

from polyaxon_sdk.polyflow.documentation import documented
from polyaxon_sdk.polyflow.hp.parts import listed
from polyaxon_sdk.polyflow.problems import fault

if TYPE_CHECKING:
    from polyaxon_sdk.polyflow.templates import Template

__all__ = ["V1HpChoice", "V1HpPChoice"]


@documented
@frozen(kw_only=True)
class V1HpChoice:
    """Any of these, each as likely; a grid takes them in order (semantics 1.15).

    Args:
        value: the values.

    >>> V1HpChoice(value=["adam", "sgd"]).kind
    'choice'
    """

    kind: ClassVar[str] = "choice"

    value: list[object] | Template | None = field(converter=listed)


def _pairs(value: object) -> list[list[object]] | str | None:
    if value is None:
        return None
    found = listed(value)
    if isinstance(found, str):
        return found
    return [_pair(position, pair) for position, pair in enumerate(found)]


def _pair(position: int, pair: object) -> list[object]:
    if isinstance(pair, list) and len(pair) == 2 and _is_chance(pair[1]):
        return pair
    raise fault(
        f"{pair!r} is not allowed",
        path=("value", position),
        expected="a value and its probability, a fraction from 0.0 to below 1, such as [adam, 0.7]",
    )


def _is_chance(value: object) -> bool:
    return isinstance(value, float) and 0 <= value < 1


@documented
@frozen(kw_only=True)
class V1HpPChoice:
    """Any of these, each with its own probability (semantics 1.15).

    Args:
        value: pairs of a value and its probability, a fraction from 0.0 to below 1; what is missing to 1 goes to
            the last; default none.

    >>> V1HpPChoice(value=[["adam", 0.7], ["sgd", 0.3]]).kind
    'pchoice'
    """

    kind: ClassVar[str] = "pchoice"

    value: list[list[object]] | Template | None = field(default=None, converter=_pairs)

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.value, list):
            return
        total = sum(cast(float, chance) for _, chance in self.value)
        if total > 1 + 1e-9:
            raise fault(f"the probabilities sum to {total:g}", path=("value",), expected="at most 1")
