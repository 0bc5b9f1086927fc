"""What a condition asks of its field."""

from __future__ import annotations

import re

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.query import Family, Operation, parse_operation


@pytest.mark.parametrize(
    ("family", "text", "op", "params"),
    [
        ("value", "running", "=", "running"),
        ("value", "12", "=", 12),
        ("value", "true", "=", True),
        ("value", "a|b", "|", ["a", "b"]),
        ("value", "<=3", "<=", 3),
        ("value", "nil", "nil", None),
        ("search", "%cat%", "%%", "cat"),
        ("search", "cat%", "_%", "cat"),
        ("search", "%cat", "%_", "cat"),
        ("scalar", "=>0.1", ">=", 0.1),
        ("scalar", "< 5", "<", 5),
        ("scalar", "1e-3", "=", 0.001),
        ("memory", ">512Mi", ">", 512 * 2**20),
        ("cpu", "<500m", "<", 0.5),
        ("datetime", "2024-01-01 .. 2024-02-01", "..", ["2024-01-01", "2024-02-01"]),
        ("datetime", "last_month", "=", "last_month"),
        ("bool", "true", "=", True),
    ],
)
def test_a_text_becomes_an_operation(family: Family, text: str, op: str, params: object) -> None:
    assert parse_operation(family, text) == Operation(op=op, negation=False, params=params)


def test_a_tilde_asks_for_the_opposite() -> None:
    assert parse_operation("scalar", "~-3") == Operation(op="=", negation=True, params=-3)


@pytest.mark.parametrize(
    ("family", "text", "line"),
    [
        ("value", "~", "operation '~' asks nothing"),
        ("value", "1..2", "a range ('1..2') can't be asked of this field"),
        ("value", "|", "choice '|' has an empty part"),
        ("search", ">3", "a comparison ('>3') can't be asked of this field"),
        ("search", "%a%b%", "'%a%b%' is no pattern"),
        ("scalar", "good", "'good' is no number"),
        ("scalar", "true", "'true' is no number"),
        ("scalar", "1|2", "a choice ('1|2') can't be asked of this field"),
        ("datetime", "2024-01-01 ..", "range '2024-01-01 ..'"),
        ("datetime", "soon", "'soon' is no moment"),
        ("memory", "much", "'much' is no amount of memory"),
        ("cpu", "much", "'much' is no amount of cpu"),
        ("bool", "maybe", "'maybe' is no truth value"),
    ],
)
def test_a_mistake_is_told_in_one_line(family: Family, text: str, line: str) -> None:
    with pytest.raises(InputError, match="^" + re.escape(line)):
        parse_operation(family, text)
