"""The bounds of a value."""

from __future__ import annotations

import re
from typing import Any

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1IO, V1Validation


@pytest.mark.parametrize(
    ("bounds", "good", "bad", "expected"),
    [
        ({"gt": 0}, 1, 0, "more than 0"),
        ({"ge": 0.5}, 0.5, 0.4, "at least 0.5"),
        ({"lt": 1}, 0, 1, "less than 1"),
        ({"le": 1}, 1, 2, "at most 1"),
        ({"multiple_of": 0.1}, 0.3, 0.35, "a multiple of 0.1"),
        ({"min_digits": 3}, 100, 99, "at least 3 digits"),
        ({"max_digits": 3}, 999, 1000, "at most 3 digits"),
        ({"decimal_places": 2}, 3, 0.125, "at most 2 digits after the point"),
        ({"regex": "s3://.*"}, "s3://a", "gs://a", "a text that matches 's3://.*'"),
        ({"min_length": 2}, "ab", "a", "at least 2 characters"),
        ({"max_length": 2}, "ab", "abc", "at most 2 characters"),
        ({"contains": "a"}, "cat", "dog", "something that contains 'a'"),
        ({"excludes": "a"}, "dog", "cat", "something without 'a'"),
        ({"contains": 1}, [1, 2], [2], "something that contains 1"),
        ({"contains": ["a", "b"]}, "cab", "cat", "something that contains 'a', 'b'"),
        ({"excludes": ["a", "b"]}, "dog", "bog", "something without 'a', 'b'"),
        ({"contains": [1, 5]}, [1, 2, 5], [1, 2], "something that contains 1, 5"),
        ({"excludes": "a"}, {"b": 1}, {"a": 1}, "something without 'a'"),
        ({"options": ["adam", "sgd"]}, "sgd", "lion", "one of 'adam', 'sgd'"),
        ({"min_items": 1}, [1], [], "at least 1 items"),
        ({"max_items": 1}, {"a": 1}, {"a": 1, "b": 2}, "at most 1 items"),
        ({"keys": ["a"]}, {"a": 1}, {"a": 1, "b": 1}, "exactly the keys 'a'"),
        ({"contains_keys": ["a"]}, {"a": 1, "b": 1}, {"b": 1}, "a mapping with the keys 'a'"),
        ({"excludes_keys": ["a"]}, {"b": 1}, {"a": 1}, "a mapping without the keys 'a'"),
    ],
)
def test_a_bound_is_kept(bounds: dict[str, Any], good: object, bad: object, expected: str) -> None:
    V1Validation(**bounds).check(good)
    with pytest.raises(InputError, match=re.escape(f"{bad!r} is not allowed, expected {expected}")):
        V1Validation(**bounds).check(bad)


@pytest.mark.parametrize("value", [[1, 0], {"a": 1, "b": 0}, {"a": [1, 0]}, [{"a": 0}], 0])
def test_what_holds_several_values_is_bound_item_by_item(value: object) -> None:
    with pytest.raises(InputError, match=r"^0 is not allowed, expected more than 0$"):
        V1Validation(gt=0).check(value)


def test_an_option_may_be_a_whole_list_or_mapping() -> None:
    choice = V1Validation(options=[[8, 16], {"a": 1}, 4])
    choice.check([8, 16])
    choice.check({"a": 1})
    choice.check([4, 4])
    with pytest.raises(InputError, match=re.escape("8 is not allowed, expected one of [8, 16]")):
        choice.check([8, 4])


@pytest.mark.parametrize(
    ("value", "digits", "decimals"),
    [(100, 3, 0), (100.0, 3, 0), (0, 1, 0), (0.05, 2, 2), (12.5, 3, 1), (-1e-7, 7, 7), (1e20, 21, 0)],
)
def test_digits_are_those_of_the_number_not_of_its_spelling(value: float, digits: int, decimals: int) -> None:
    V1Validation(min_digits=digits, max_digits=digits, decimal_places=decimals).check(value)
    with pytest.raises(InputError, match=f"expected at most {digits - 1} digits"):
        V1Validation(max_digits=digits - 1).check(value)


@pytest.mark.parametrize("value", ["many", True, float("nan"), float("inf")])
def test_what_is_no_number_has_no_digits(value: object) -> None:
    with pytest.raises(InputError, match="is not allowed, expected at most 3 digits"):
        V1Validation(max_digits=3).check(value)


def test_a_value_that_can_have_no_such_bound_is_refused() -> None:
    with pytest.raises(InputError, match="'a' is not allowed, expected more than 0"):
        V1Validation(gt=0).check("a")


def test_a_bound_of_zero_is_one() -> None:
    with pytest.raises(InputError, match="1 is not allowed, expected at most 0"):
        V1Validation(le=0).check(1)


@pytest.mark.parametrize(
    ("io", "delayed"),
    [
        (V1IO(name="a"), False),
        (V1IO(name="a", delay_validation=True), True),
        (V1IO(name="a", validation=V1Validation(delay=True)), True),
        (V1IO(name="a", delay_validation=False, validation=V1Validation(delay=True)), False),
    ],
)
def test_validation_is_delayed_where_either_word_says_so(io: V1IO, delayed: bool) -> None:
    assert io.delayed is delayed


@pytest.mark.parametrize(
    ("io", "delay"),
    [
        (V1IO(name="a"), None),
        (V1IO(name="a", validation=V1Validation(gt=1)), None),
        (V1IO(name="a", validation=V1Validation(delay=False)), False),
        (V1IO(name="a", delay_validation=True, validation=V1Validation(delay=False)), True),
    ],
)
def test_a_delay_that_nobody_mentions_is_none(io: V1IO, delay: bool | None) -> None:
    assert io.delay is delay
