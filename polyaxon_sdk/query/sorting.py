"""The order of runs: `-metrics.accuracy,created_at` (semantics 4.2)."""

from __future__ import annotations

from attrs import frozen

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.query.fields import is_sortable

__all__ = ["DEFAULT_SORT", "SortKey", "parse_sort"]


@frozen(kw_only=True)
class SortKey:
    """One field to order by."""

    field: str
    descending: bool = False


DEFAULT_SORT = (SortKey(field="updated_at", descending=True),)
"""The order where none is asked for: the last changed first."""


def parse_sort(text: str) -> tuple[SortKey, ...]:
    """The keys that a text names, the first the most important.

    Raises:
        InputError: runs can't be ordered by a field.

    >>> parse_sort("-metrics.loss")
    (SortKey(field='metrics.loss', descending=True),)
    """
    keys = [_key(word.strip()) for word in text.split(",") if word.strip()]
    return tuple(keys) or DEFAULT_SORT


def _key(word: str) -> SortKey:
    field = word.removeprefix("-").strip()
    if not is_sortable(field):
        raise InputError(f"runs can't be ordered by {field!r}", expected="such as created_at or metrics.NAME")
    return SortKey(field=field, descending=word.startswith("-"))
