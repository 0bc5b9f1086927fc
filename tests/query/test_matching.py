"""Whether a run's values are what a query asks for."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.query import matches, parse_query, typed

NOW = datetime(2024, 6, 30, tzinfo=UTC)
RUN: dict[str, object] = {
    "status": "running",
    "name": "Cat-Classifier",
    "tags": ["vision", "cnn"],
    "metrics.loss": 0.0,
    "params.lr": 0.1,
    "created_at": "2024-06-20T10:00:00+00:00",
    "memory": 2**30,
}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status:running", True),
        ("status:~running", False),
        ("status:failed|running", True),
        ("tags:cnn", True),
        ("tags:~cnn", False),
        ("name:%cat%", True),
        ("metrics.loss:<0.1", True),
        ("metrics.loss:nil", False),
        ("metrics.accuracy:nil", True),
        ("metrics.accuracy:>0.1", False),
        ("params.lr:0.1", True),
        ("created_at:2024-06-20", True),
        ("created_at:>2024-06-20", True),
        ("created_at:2024-06-01..2024-06-21", True),
        ("created_at:last_month", True),
        ("created_at:<2024-01-01", False),
        ("created_at:_any_", True),
        ("memory:>512Mi", True),
        ("status:failed OR tags:vision", True),
        ("status:running, tags:nlp", False),
    ],
)
def test_a_run_is_found(query: str, found: bool) -> None:
    assert matches(parse_query(query), RUN.get, now=NOW) is found


def test_an_unknown_field_names_the_nearest() -> None:
    with pytest.raises(InputError, match="a run has no field 'statsu', did you mean 'status'"):
        typed(parse_query("statsu:running"))
