"""Whether a record is what a query asks for: what the language means, in plain Python."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from attrs import evolve

from polyaxon_sdk.query.comparing import Test, test_of
from polyaxon_sdk.query.fields import RUNS, Collection, Found
from polyaxon_sdk.query.filters import ANY, Filter, filter_of
from polyaxon_sdk.query.operations import OPPOSITES, Operation
from polyaxon_sdk.query.parsing import parse_query
from polyaxon_sdk.query.tree import And, Condition, Node

__all__ = ["Predicate", "Record", "matches", "predicate", "values_of"]

Record: TypeAlias = Mapping[str, object]
"""The values of a record by field name.

A field that stands for another record may hold it as a mapping, or the part alone that is meant where a query
names none. Moments are seconds since the epoch, datetimes or ISO text.
"""

Predicate: TypeAlias = Callable[[Record], bool]


def matches(query: str, record: Record, *, now: float, collection: Collection = RUNS) -> bool:
    """Whether a record is what a query asks for; for many records make one `predicate`.

    Raises:
        InputError: the query has a mistake.

    >>> run = {"status": "running", "outputs": {"loss": 0.1}}
    >>> matches("status:running, metrics.loss:<0.5", run, now=0)
    True
    """
    return predicate(parse_query(query), now=now, collection=collection)(record)


def predicate(query: Node, *, now: float, collection: Collection = RUNS) -> Predicate:
    """A function that says whether a record is what a query asks for.

    A field that holds several values matches where one of them does. A negated comparison is the opposite
    comparison. Any other negation takes what does not match: of a plain field also where it holds nothing,
    of a keyed one only where the key is there, so that `metrics.loss:~0.5` is for runs that have a loss.

    Args:
        query: the tree.
        now: what `last_month` counts back from, in seconds since the epoch.
        collection: what is searched.

    Raises:
        InputError: an unknown field, or an operation or a value that it does not have.
    """
    if isinstance(query, Condition):
        return _filtered(filter_of(query, collection), now)
    terms = [predicate(term, now=now, collection=collection) for term in query.terms]
    among = all if isinstance(query, And) else any
    return lambda record: among(term(record) for term in terms)


def values_of(record: Record, found: Found) -> list[object]:
    """What a record holds in a field: the items of a list, otherwise one value or none.

    >>> values_of({"outputs": {"loss": 0.1}}, RUNS.find("metrics.loss"))
    [0.1]
    """
    value = record.get(found.field.name)
    if found.field.keyed:
        value = value.get(found.key) if isinstance(value, Mapping) else None
    items = value if isinstance(value, list | tuple) else [value]
    if found.field.parts:
        items = [_part(item, found) for item in items]
    return [item for item in items if item is not None]


def _filtered(asked: Filter, now: float) -> Predicate:
    found, operation = asked
    if operation is ANY:
        return lambda _record: True
    if operation.op == "nil":
        return lambda record: bool(values_of(record, found)) == operation.negation
    operation = _plain(operation)
    test = test_of(operation, found.family, now=now)
    if not operation.negation:
        return lambda record: any(map(test, values_of(record, found)))
    return lambda record: _none(test, values_of(record, found), keyed=found.field.keyed)


def _plain(operation: Operation) -> Operation:
    """A negated comparison as the opposite one."""
    if not operation.negation or operation.op not in OPPOSITES:
        return operation
    return evolve(operation, op=OPPOSITES[operation.op], negation=False)


def _none(test: Test, values: list[object], *, keyed: bool) -> bool:
    return (bool(values) or not keyed) and not any(map(test, values))


def _part(item: object, found: Found) -> object:
    if isinstance(item, Mapping):
        return item.get(found.key)
    return item if found.key == found.field.parts[0] else None
