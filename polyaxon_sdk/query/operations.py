"""What a condition asks of its field, read for the field's family (semantics 4.1 and 4.2)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple, TypeAlias

from attrs import frozen

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.query.operands import Operand, cores, memory, number, quoted, text, truth, value
from polyaxon_sdk.types import Json

__all__ = ["OPPOSITES", "Family", "Op", "Operation", "parse_operation"]

Family: TypeAlias = Literal["search", "word", "uuid", "value", "scalar", "memory", "cpu", "datetime", "bool"]
"""What values a field has, and so what may be asked of it.

A `search` is a text to look into, a `word` a name from a list, a `value` whatever JSON holds, a `scalar` a number. A
`uuid` is asked for as one of the first two, and by its first digits too: as many as lists show, or more.
"""

Op: TypeAlias = Literal["=", "<", "<=", ">", ">=", "|", "..", "nil", "%%", "_%", "%_"]
"""Equal, the comparisons, one of, between, nothing there, contains, starts with, ends with."""

OPPOSITES: Mapping[Op, Op] = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
"""Every comparison and the one that holds where it does not."""


@frozen
class Operation:
    """What is asked of a field.

    Args:
        op: the operator.
        operands: none for `nil`, two for `..`, two or more for `|`, otherwise one.
        negation: the opposite is asked.
    """

    op: Op
    operands: tuple[Operand, ...] = ()
    negation: bool = False

    @property
    def params(self) -> Json:
        """The operands' values: a list for `|` and `..`, nothing for `nil`."""
        values = [operand.value for operand in self.operands]
        if self.op in {"|", ".."}:
            return values
        return values[0] if values else None


def parse_operation(family: Family, written: str) -> Operation:
    """The operation that a text stands for on fields of a family.

    Raises:
        InputError: the family has no such operation, or no such value.

    >>> parse_operation("scalar", "~<0.1")
    Operation(op='<', operands=(Operand(text='0.1', value=0.1),), negation=True)
    """
    body = written.strip()
    negation = body.startswith("~")
    body = body.removeprefix("~").lstrip()
    rules = _FAMILIES[family]
    op = _operator(body, rules.ops)
    if op not in rules.ops:
        raise InputError(f"{quoted(body)} is a {_NOUNS[op]}", expected=rules.expected)
    parts = _PARTS.get(op, _whole)(body)
    return Operation(op, tuple(rules.read(part) for part in parts), negation)


_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_ITEM = re.compile(rf"(\s*{_QUOTED.pattern}\s*|[^|]*)(?:\||$)")
_SIGNS: Mapping[str, Op] = {"<=": "<=", "=<": "<=", ">=": ">=", "=>": ">=", "<": "<", ">": ">"}


def _operator(body: str, ops: frozenset[Op]) -> Op:
    if body == "nil" or _QUOTED.fullmatch(body):
        return "nil" if body == "nil" else "="
    if ".." in body:
        return ".."
    if sign := _sign(body):
        return _SIGNS[sign]
    if "|" in body:
        return "|"
    front, back = body.startswith("%"), body.endswith("%")
    if "%%" not in ops or not (front or back):
        return "="
    return "%%" if front and back else "%_" if front else "_%"


def _sign(body: str) -> str:
    return next((sign for sign in _SIGNS if body.startswith(sign)), "")


def _whole(body: str) -> list[str]:
    return [body]


def _nothing(_body: str) -> list[str]:
    return []


def _compared(body: str) -> list[str]:
    rest = body.removeprefix(_sign(body)).lstrip()
    if "|" in rest and not _QUOTED.fullmatch(rest):
        raise InputError(
            f"{quoted(body)} compares with a list", expected="one value, or conditions joined by OR"
        )
    return [rest]


def _ends(body: str) -> list[str]:
    ends = [end.strip() for end in body.split("..")]
    if len(ends) != 2 or not all(ends):
        raise InputError(f"{quoted(body)} is no range", expected="two ends such as 2024-01-01..2024-02-01")
    return ends


def _items(body: str) -> list[str]:
    items = [item.strip() for item in _ITEM.findall(body) if item.strip()]
    if len(items) < 2:
        raise InputError(f"{quoted(body)} lists fewer than two values", expected="values such as adam|sgd")
    return items


def _inner(body: str) -> list[str]:
    inner = body.strip("%").strip()
    if not inner or "%" in inner:
        raise InputError(f"{quoted(body)} is no pattern", expected="one such as %part%, start% or %end")
    return [inner]


_PARTS: Mapping[Op, Callable[[str], list[str]]] = {
    "nil": _nothing,
    **dict.fromkeys(OPPOSITES, _compared),
    "..": _ends,
    "|": _items,
    **dict.fromkeys(("%%", "_%", "%_"), _inner),
}
"""How an operation's text comes apart; one that is not listed is its own single part."""

_NOUNS: Mapping[Op, str] = {
    **dict.fromkeys(OPPOSITES, "comparison"),
    "..": "range",
    "|": "list of values",
}


class _Rules(NamedTuple):
    ops: frozenset[Op]
    read: Callable[[str], Operand]
    expected: str


_EQUAL: frozenset[Op] = frozenset({"=", "nil"})
_ORDERED: frozenset[Op] = _EQUAL | OPPOSITES.keys()

_FAMILIES: Mapping[Family, _Rules] = {
    "search": _Rules(_EQUAL | {"|", "%%", "_%", "%_"}, text, 'a text such as cnn, %cnn% or "a..b"'),
    "word": _Rules(_EQUAL | {"|"}, value, "a value such as running or running|failed"),
    "value": _Rules(_ORDERED | {"|"}, value, "a value such as adam, adam|sgd or <0.1; a text may be quoted"),
    "scalar": _Rules(_ORDERED, number, "a number such as 0.1 or <0.1"),
    "memory": _Rules(_ORDERED, memory, "an amount of memory such as 512Mi or >1Gi"),
    "cpu": _Rules(_ORDERED, cores, "cores such as 2 or <500m"),
    "datetime": _Rules(_ORDERED | {".."}, value, "a moment, or a range such as 2024-01-01..2024-02-01"),
    "bool": _Rules(_EQUAL, truth, "true or false"),
}
