"""Whether a run's values are what a query asks for; without a database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from polyaxon_sdk.query.fields import family_of
from polyaxon_sdk.query.operations import Operation, parse_operation
from polyaxon_sdk.query.tree import And, Condition, Node, Or, conditions_of

__all__ = ["matches", "typed"]

Look = Callable[[str], object]
"""Finds a run's value of a field; none where it has none."""


def typed(node: Node) -> list[tuple[str, Operation]]:
    """Every condition with its operation typed for the fields of a run.

    Raises:
        InputError: an unknown field, or an operation that it doesn't have.

    >>> from polyaxon_sdk.query.parsing import parse_query
    >>> typed(parse_query("metrics.loss:<0.5"))
    [('metrics.loss', Operation(op='<', negation=False, params=0.5))]
    """
    return [(one.field, parse_operation(family_of(one.field), one.operation)) for one in conditions_of(node)]


def matches(node: Node, look: Look, *, now: datetime) -> bool:
    """Whether a run matches a query.

    Args:
        look: finds the run's value of a field; a list matches where one of its items does.
        now: what `last_month` counts from.

    >>> from datetime import UTC
    >>> from polyaxon_sdk.query.parsing import parse_query
    >>> run = {"status": "running", "metrics.loss": 0.1}
    >>> matches(parse_query("status:running, metrics.loss:<0.5"), run.get, now=datetime.now(UTC))
    True
    """
    if isinstance(node, And):
        return all(matches(term, look, now=now) for term in node.terms)
    if isinstance(node, Or):
        return any(matches(term, look, now=now) for term in node.terms)
    return _holds(node, look, now)


def _holds(condition: Condition, look: Look, now: datetime) -> bool:
    operation = parse_operation(family_of(condition.field), condition.operation)
    value = look(condition.field)
    if operation.op == "nil":
        return (value is None) != operation.negation
    items = value if isinstance(value, (list, tuple)) else [value]
    held = any(_held(item, operation, now) for item in items)
    return held != operation.negation


def _held(value: object, operation: Operation, now: datetime) -> bool:
    if operation.params == "_any_":
        return True
    if value is None:
        return False
    params = operation.params
    if isinstance(value, datetime) or _is_moment(value, params):
        return _held_moment(value, operation, now)
    try:
        return _TESTS[operation.op](value, params)
    except TypeError:
        return False


def _is_moment(value: object, params: object) -> bool:
    first = params[0] if isinstance(params, list) and params else params
    return first == "last_month" or (_moment(value) is not None and _moment(first) is not None)


def _held_moment(value: object, operation: Operation, now: datetime) -> bool:
    moment = _moment(value)
    if moment is None:
        return False
    if operation.params == "last_month":
        return moment >= now - timedelta(days=30)
    if operation.op == "..":
        assert isinstance(operation.params, list)
        low, high = (_moment(end) for end in operation.params)
        return low is not None and high is not None and low <= moment <= high
    other = _moment(operation.params)
    if other is None:
        return False
    if operation.op == "=" and len(str(operation.params)) == len("2024-01-01"):
        return other <= moment < other + timedelta(days=1)
    return _TESTS[operation.op](moment, other)


def _moment(value: object) -> datetime | None:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if not isinstance(value, datetime):
        return None
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _contains(value: object, part: object) -> bool:
    return str(part).lower() in str(value).lower()


_TESTS: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": lambda value, other: bool(value == other or str(value) == str(other)),
    "|": lambda value, others: any(value == other or str(value) == str(other) for other in others),
    "<": lambda value, other: bool(value < other),
    "<=": lambda value, other: bool(value <= other),
    ">": lambda value, other: bool(value > other),
    ">=": lambda value, other: bool(value >= other),
    "%%": _contains,
    "_%": lambda value, part: str(value).lower().startswith(str(part).lower()),
    "%_": lambda value, part: str(value).lower().endswith(str(part).lower()),
}
