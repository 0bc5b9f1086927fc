"""Texts that are numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyaxon_sdk.importing.numbers import number_or_text


@given(value=st.one_of(st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False)))
def test_what_python_prints_is_what_is_read(value: object) -> None:
    assert repr(number_or_text(str(value))) == repr(value)


@pytest.mark.parametrize("text", ["1.10", "007", "nan", "inf", "adam", "", "1_000", " 1", "1e", "None"])
def test_a_text_that_says_more_than_a_number_stays_one(text: str) -> None:
    assert number_or_text(text) == text


def test_an_exponent_is_a_number() -> None:
    assert number_or_text("1e-3") == 0.001
