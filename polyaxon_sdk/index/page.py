"""One page of the runs of a home."""

from __future__ import annotations

import time

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.index.question import Question
from polyaxon_sdk.index.run_row import Listing
from polyaxon_sdk.runs.user import user_name
from polyaxon_sdk.settings import Settings

__all__ = ["check_bounds", "list_page"]


def list_page(settings: Settings, question: Question) -> Listing:
    """The runs of a home that are asked for, as they are now; `now` and `me` are filled in.

    Raises:
        InputError: a mistake in the query, an unknown field to sort by, or a limit or an offset below 0.
        PolyaxonError: another process keeps the index locked.

    >>> list_page(settings, Question("status:failed", limit=20))  # doctest: +SKIP
    """
    check_bounds(question.limit, question.offset)
    if not settings.runs.is_dir():
        _check(question)
        return Listing([], 0)
    # SQLAlchemy takes 0.2 s to import, which a home without runs needn't wait for.
    from polyaxon_sdk.index.store import Index

    with Index(settings.home, settings.cache, settings.index_url) as index:
        return index.list(question._replace(now=time.time(), me=user_name()))


def check_bounds(limit: int | None, offset: int | None) -> None:
    """Refuse a page that can't be.

    Raises:
        InputError: its limit or offset is below 0.
    """
    for name, number in (("limit", limit), ("offset", offset)):
        if number is not None and number < 0:
            raise InputError(f"a negative {name}: {number}", expected="0 or more, or None")


def _check(question: Question) -> None:
    # attrs comes with it, which importing this shouldn't cost.
    from polyaxon_sdk.query import filters_of, parse_query, parse_sort

    if question.query.strip():
        filters_of(parse_query(question.query))
    parse_sort(question.sort)
