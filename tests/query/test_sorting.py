from math import nan
from re import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.query import DEFAULT_SORT, PROJECTS, Record, in_order, parse_sort
from tests.query.queries import runs


def test_keys_come_in_their_order() -> None:
    keys = parse_sort(" -metrics.loss, created_at ,- name")
    assert [(key.found.field.name, key.found.key, key.descending) for key in keys] == [
        ("outputs", "loss", True),
        ("created_at", None, False),
        ("name", None, True),
    ]


def test_the_default_puts_the_last_changed_first() -> None:
    ((found, descending, _),) = parse_sort(DEFAULT_SORT)
    assert (found.field.name, descending) == ("updated_at", True)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("creatd_at", "sort: no run has a field 'creatd_at', did you mean 'created_at'?"),
        ("-tags", "sort: nothing is ordered by 'tags', expected a field such as created_at or name"),
        ("metrics", "sort: 'metrics' holds many values, expected the name of one, as in metrics.NAME"),
        ("-", "sort: no run has a field ''"),
        ("", "sort: '' names no field, expected such as -created_at"),
        (" ,", "sort: ' ,' names no field, expected such as -created_at"),
    ],
)
def test_a_mistake_takes_one_line(text: str, line: str) -> None:
    with pytest.raises(InputError, match="^" + escape(line)):
        parse_sort(text)


def test_a_field_of_runs_is_not_one_of_projects() -> None:
    with pytest.raises(InputError, match="no project has a field 'status'"):
        parse_sort("status", PROJECTS)


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("metrics.x", "bacd"),
        ("-metrics.x", "abcd"),
        ("params.y,-name", "cbda"),
        ("-params.y,name", "bcad"),
        ("created_at", "cabd"),
        ("-created_at", "acbd"),
    ],
)
def test_records_come_in_order_and_what_holds_nothing_last(sort: str, names: str) -> None:
    records: list[Record] = [
        {"name": "c", "outputs": {"x": nan}, "inputs": {"y": 3}, "created_at": 5.0},
        {"name": "a", "outputs": {"x": 2}, "created_at": "1970-01-02"},
        {"name": "b", "outputs": {"x": 1.5}, "inputs": {"y": "adam"}},
        {"name": "d", "outputs": {"x": None}},
    ]
    assert "".join(str(each["name"]) for each in in_order(records, parse_sort(sort))) == names


@given(st.lists(runs()), st.sampled_from(["metrics.x", "params.y", "name", "created_at", "duration"]))
def test_any_runs_can_be_put_in_order(records: list[dict[str, object]], field: str) -> None:
    ordered = in_order(records, parse_sort(f"-{field},name"))
    assert in_order(ordered, parse_sort(f"-{field},name")) == ordered
    assert sorted(map(id, ordered)) == sorted(map(id, records))
