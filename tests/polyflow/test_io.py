"""Inputs and outputs built in Python."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1IO, V1GitType, V1Param, V1Validation, read, write


@pytest.mark.parametrize(
    ("hint", "name"),
    [
        (int, "int"),
        (list[int], "list[int]"),
        (dict[str, float], "dict[str, float]"),
        ("uuid", "uuid"),
        (None, None),
    ],
)
def test_a_type_may_be_a_python_hint(hint: Any, name: str | None) -> None:
    assert V1IO(name="a", type=hint).type == name


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (date(2024, 2, 3), "2024-02-03"),
        (timedelta(minutes=1), 60.0),
        ((1, 2), [1, 2]),
        (V1GitType(url="https://a/b"), {"url": "https://a/b"}),
    ],
)
def test_a_value_is_kept_as_json_holds_it(value: object, written: object) -> None:
    assert (V1IO(name="a", value=value).value, V1Param(value=value).value) == (written, written)
    assert read(V1Param, write(V1Param(value=value))) == V1Param(value=value)


def test_a_default_makes_an_input_optional() -> None:
    assert (V1IO(name="a", value=0).is_optional, V1IO(name="a", value=0).required) == (True, False)


def test_a_list_may_be_a_text() -> None:
    assert V1IO(name="a", type="int", is_list=True).parse("[1, 2]") == [1, 2]


def test_a_template_is_a_default_for_text_only() -> None:
    assert V1IO(name="a", type="path", value="{{ globals.uuid }}").value == "{{ globals.uuid }}"
    with pytest.raises(InputError, match=re.escape("value: '{{ lr }}' is not a value of type float")):
        V1IO(name="a", type="float", value="{{ lr }}")


def test_nothing_is_no_value_for_a_required_input() -> None:
    with pytest.raises(InputError, match="no value for the required 'a'"):
        V1IO(name="a").parse(None)


def test_a_given_value_keeps_its_bounds() -> None:
    io = V1IO(name="a", type="int", validation=V1Validation(gt=0))
    assert io.given("2").value == 2
    with pytest.raises(InputError, match="0 is not allowed, expected more than 0"):
        io.given("0")


@pytest.mark.parametrize("options", [0.5, True, "adam", [], {}])
def test_options_that_are_none_bound_nothing_without_a_type(options: object) -> None:
    assert read(V1IO, {"name": "a", "value": "b", "options": options}).value == "b"
    assert read(V1IO, {"name": "a", "type": "str", "options": options}).required
    with pytest.raises(InputError, match=r"options: .* allows no value, expected a list of the values"):
        read(V1IO, {"name": "a", "type": "str", "value": "b", "options": options})


def test_how_many_items_says_nothing_of_what_has_none() -> None:
    assert V1IO(name="a", type="int", value=1, validation=V1Validation(min_items=2)).value == 1


def test_an_empty_type_is_any() -> None:
    assert V1IO(name="a", type="", value=[1]).parse({"b": 2}) == {"b": 2}
