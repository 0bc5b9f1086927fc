"""Regular expressions from files."""

from __future__ import annotations

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1Validation
from polyaxon_sdk.polyflow.patterns import matches


@pytest.mark.parametrize(
    ("pattern", "text", "matched"),
    [
        ("[a-z]+$", "adam", True),
        ("[a-z]+$", "adam7", False),
        ("(ab)+$", "ab" * 20, True),
        ("(ab)+$", "ab" * 20 + "!", False),
        (r"\w+-\w+-\w+-\w+$", "a-b-c-" + "d" * 90, True),
    ],
)
def test_a_text_is_matched_from_its_start(pattern: str, text: str, matched: bool) -> None:
    assert matches(pattern, text) is matched


@pytest.mark.system
@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|a)*$", "a*a*a*a*a*a*a*a*a*a*a*a*b"])
def test_a_search_for_ever_is_ended(pattern: str) -> None:
    with pytest.raises(InputError, match="takes more than 2 s"):
        V1Validation(regex=pattern).check("a" * 60 + "!")


@pytest.mark.parametrize("pattern", ["[", "*", "(" * 5000])
def test_what_is_no_regular_expression_is_refused_before_a_value_comes(pattern: str) -> None:
    with pytest.raises(InputError, match=r"^regex: .* is no regular expression"):
        V1Validation(regex=pattern)


def test_nothing_is_a_multiple_of_zero() -> None:
    with pytest.raises(InputError, match=r"^multipleOf: 0 is not allowed, expected a number other than 0"):
        V1Validation(multiple_of=0)
