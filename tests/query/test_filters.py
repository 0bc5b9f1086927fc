from re import escape

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.query import ANY, Condition, filter_of, filters_of, parse_query


def test_each_condition_is_read_for_its_field() -> None:
    found = filters_of(parse_query("metrics.loss:<0.5 OR (tags:a|b, name:%cnn%)"))
    assert [(each.found.field.name, each.operation.op) for each in found] == [
        ("outputs", "<"),
        ("tags", "|"),
        ("name", "%%"),
    ]


@pytest.mark.parametrize("field", ["status", "metrics.loss", "created_at", "meta_flags.x"])
def test_any_is_for_every_field(field: str) -> None:
    assert filter_of(Condition(field, "_any_")).operation is ANY


@pytest.mark.parametrize(
    ("query", "line"),
    [
        (
            "status:running, statsu:a",
            "query, character 17: no run has a field 'statsu', did you mean 'status'?",
        ),
        ("a:1, statsu:_any_", "query, character 1: no run has a field 'a'"),
        (
            "(metrics.loss: good)",
            "query, character 16: metrics.loss: 'good' is no number, expected one such as 0.1",
        ),
        ("status:>3", "query, character 8: status: '>3' is a comparison, expected a value such as running"),
        (
            "created_at:soon",
            "query, character 12: created_at: 'soon' is no moment, expected one such as 2024-01-31",
        ),
        ("created_at:2024-01-01..soon", "query, character 12: created_at: 'soon' is no moment"),
        ("created_at:>last_month", "query, character 12: created_at: 'last_month' is no moment"),
    ],
)
def test_a_mistake_is_told_with_its_character_and_field(query: str, line: str) -> None:
    with pytest.raises(InputError, match="^" + escape(line)):
        filters_of(parse_query(query))
