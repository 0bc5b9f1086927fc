import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.query.operands import cores, memory, value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1Gi", 2**30),
        ("1gi", 2**30),
        ("1.5 Gi", 3 * 2**29),
        ("1GiB", 2**30),
        ("1GB", 10**9),
        ("1k", 1000),
        ("1e3", 1000),
        (".5Ki", 512),
        ("-2", -2),
        ("0.5", 0),
    ],
)
def test_memory_is_in_whole_bytes(text: str, found: int) -> None:
    assert memory(text).value == found


@pytest.mark.parametrize(("text", "found"), [("2", 2.0), ("500m", 0.5), ("1u", 1e-6), ("1N", 1e-9)])
def test_cpu_is_in_cores(text: str, found: float) -> None:
    assert cores(text).value == pytest.approx(found)


@pytest.mark.parametrize("text", ["Gi", "1Xi", "1 2", "x1", "1e999", ""])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="is not an amount of memory"):
        memory(text)


@given(st.text(min_size=1))
def test_any_text_is_a_value(text: str) -> None:
    assert value(text + "x").text == text + "x"


@given(st.floats(allow_nan=False))
def test_the_number_of_a_value_is_the_one_that_was_written(number: float) -> None:
    assert value(repr(number)).number == number


@pytest.mark.parametrize("text", ["NaN", "Infinity", "1e999", "[" * 100_000, "9" * 10_000])
def test_what_json_cannot_hold_stays_text(text: str) -> None:
    assert value(text).value == text
