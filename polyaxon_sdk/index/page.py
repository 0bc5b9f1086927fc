"""One page of the runs of a home."""

from __future__ import annotations

import time
from operator import index

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.index.question import Question
from polyaxon_sdk.index.run_row import Listing
from polyaxon_sdk.runs.user import user_name
from polyaxon_sdk.settings import Settings

__all__ = ["bounded", "check_asked", "list_page"]

_MOST = (1 << 63) - 1
"""No database counts further."""


def list_page(settings: Settings, question: Question) -> Listing:
    """The runs of a home that are asked for, as they are now; `now` and `me` are filled in.

    Raises:
        InputError: a mistake in the query, an unknown field to sort by, a limit or an offset below 0, or what is
            neither text nor number.
        PolyaxonError: another process keeps the index locked.

    >>> list_page(settings, Question("status:failed", limit=20))  # doctest: +SKIP
    """
    check_asked(question.query, question.sort)
    limit, offset = bounded(question.limit, question.offset)
    if not settings.runs.is_dir():
        _check(question)
        return Listing([], 0)
    # SQLAlchemy takes 0.2 s to import, which a home without runs needn't wait for.
    from polyaxon_sdk.index.store import Index

    with Index(settings.home, settings.cache, settings.index_url) as known:
        return known.list(question._replace(limit=limit, offset=offset, now=time.time(), me=user_name()))


def check_asked(query: object, sort: object) -> None:
    """Refuse a query and an order that are no texts.

    Raises:
        InputError: one of them is something else.
    """
    for name, text in (("query", query), ("sort", sort)):
        if not (text is None or isinstance(text, str)):
            raise InputError(f"it is {text!r}", where=name, expected="text, or None")


def bounded(limit: object, offset: object) -> tuple[int | None, int]:
    """The limit and the offset of a page as every database takes them; none is as long as the longest.

    Raises:
        InputError: one of them is below 0, or no number.

    >>> bounded(10**30, None)
    (9223372036854775807, 0)
    """
    start = _bound("offset", offset)
    return _bound("limit", limit), 0 if start is None else start


def _bound(name: str, number: object) -> int | None:
    if number is None:
        return None
    if not hasattr(number, "__index__"):
        raise InputError(f"it is {number!r}", where=name, expected="0 or more, or None")
    if (found := index(number)) < 0:
        raise InputError(f"a negative {name}: {number}", expected="0 or more, or None")
    return min(found, _MOST)


def _check(question: Question) -> None:
    # attrs comes with it, which importing this shouldn't cost.
    from polyaxon_sdk.query import filters_of, parse_query, parse_sort

    if question.query.strip():
        filters_of(parse_query(question.query))
    parse_sort(question.sort)
