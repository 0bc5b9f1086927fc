"""Conditions on the fields of a collection, every value of them read."""

from __future__ import annotations

from typing import NamedTuple

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.query.fields import RUNS, Collection, Found
from polyaxon_sdk.query.moments import LAST_MONTH, span
from polyaxon_sdk.query.operands import Operand
from polyaxon_sdk.query.operations import Operation, parse_operation
from polyaxon_sdk.query.parsing import place
from polyaxon_sdk.query.tree import Condition, Node, conditions_of

__all__ = ["ANY", "Filter", "filter_of", "filters_of"]

ANY = Operation("=", (Operand("_any_", "_any_"),))
"""What everything matches: it stands where a query has to name a field."""


class Filter(NamedTuple):
    """A condition, read for its field.

    Attributes:
        found: the field, and which of its values or parts.
        operation: what is asked of it.
    """

    found: Found
    operation: Operation


def filters_of(query: Node, collection: Collection = RUNS) -> list[Filter]:
    """Every condition of a query, read; from left to right.

    Raises:
        InputError: as for `filter_of`.
    """
    return [filter_of(condition, collection) for condition in conditions_of(query)]


def filter_of(condition: Condition, collection: Collection = RUNS) -> Filter:
    """A condition, read for its field.

    Raises:
        InputError: an unknown field, or an operation or a value that it does not have, with the character.

    >>> filter_of(Condition("metrics.loss", "<0.5")).operation.params
    0.5
    """
    try:
        found = collection.find(condition.field)
    except InputError as error:
        raise _placed(error, condition.at) from error
    try:
        return Filter(found, _operation(condition.operation, found))
    except InputError as error:
        raise _placed(error, condition.operation_at, condition.field) from error


def _operation(written: str, found: Found) -> Operation:
    if written == ANY.params:
        return ANY
    operation = parse_operation(found.field.family, written)
    if found.field.family == "datetime" and (operation.op, operation.params) != ("=", LAST_MONTH):
        for operand in operation.operands:
            span(operand.text)
    return operation


def _placed(error: InputError, offset: int, path: str | None = None) -> InputError:
    return InputError(error.what, where=place(offset), path=path, expected=error.expected, hint=error.hint)
