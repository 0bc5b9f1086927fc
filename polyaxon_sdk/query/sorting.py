"""The order of what is found: `-metrics.accuracy,created_at` (semantics 4.2)."""

from __future__ import annotations

from collections.abc import Iterable
from math import isnan
from typing import NamedTuple

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.query.comparing import number_of, text_of
from polyaxon_sdk.query.fields import RUNS, Collection, Found
from polyaxon_sdk.query.moments import seconds
from polyaxon_sdk.query.predicate import Record, values_of

__all__ = ["DEFAULT_SORT", "SortKey", "in_order", "parse_sort"]

DEFAULT_SORT = "-updated_at"
"""The order where none is asked for: the last changed first."""


class SortKey(NamedTuple):
    """A field to order by, and how it was written."""

    found: Found
    descending: bool
    written: str


def parse_sort(text: str, collection: Collection = RUNS) -> tuple[SortKey, ...]:
    """The keys that a text names, the first the most important.

    Raises:
        InputError: an unknown field, one without an order, or none at all.

    >>> [(key.found.key, key.descending) for key in parse_sort("-metrics.loss, created_at")]
    [('loss', True), (None, False)]
    """
    words = [word for part in text.split(",") if (word := part.strip())]
    if not words:
        raise InputError(f"{text!r} names no field", where="sort", expected="such as -created_at")
    return tuple(_key(word, collection) for word in words)


def in_order(records: Iterable[Record], keys: Iterable[SortKey]) -> list[Record]:
    """Records in the order of some keys; what holds nothing comes last, whichever way a key runs.

    >>> in_order([{"name": "a"}, {}, {"name": "b"}], parse_sort("-name"))
    [{'name': 'b'}, {'name': 'a'}, {}]
    """
    ordered = list(records)
    for key in reversed(list(keys)):  # a stable sort by the last key first
        ordered.sort(key=lambda record: _rank(record, key), reverse=key.descending)
    return ordered


def _key(word: str, collection: Collection) -> SortKey:
    name = word.removeprefix("-").lstrip()
    try:
        return SortKey(collection.find_sortable(name), descending=word.startswith("-"), written=name)
    except InputError as error:
        raise InputError(error.what, where="sort", expected=error.expected, hint=error.hint) from error


def _rank(record: Record, key: SortKey) -> tuple[bool, bool, float, str]:
    """What a record is ordered by: whether it holds something, then numbers, then texts."""
    number, text = _held(record, key.found)
    holds = number is not None or text is not None
    return holds == key.descending, number is None, number or 0.0, text or ""


def _held(record: Record, found: Found) -> tuple[float | None, str | None]:
    value = next(iter(values_of(record, found)), None)
    number = seconds(value) if found.field.family == "datetime" else number_of(value)
    if value is None or (number is not None and isnan(number)):
        return None, None
    return (number, None) if number is not None else (None, text_of(value))
