"""The order of runs."""

from __future__ import annotations

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.query import DEFAULT_SORT, SortKey, parse_sort


def test_a_minus_turns_the_order_round() -> None:
    assert parse_sort("-metrics.loss, created_at") == (
        SortKey(field="metrics.loss", descending=True),
        SortKey(field="created_at"),
    )


def test_nothing_means_the_last_changed_first() -> None:
    assert parse_sort("") == DEFAULT_SORT


def test_a_field_without_an_order_is_refused() -> None:
    with pytest.raises(InputError, match="runs can't be ordered by 'tags'"):
        parse_sort("tags")
