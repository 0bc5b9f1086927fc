from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyaxon_sdk.cli.sparkline import sparkline


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ([], ""),
        ([7.0], "▄"),
        ([5, 5, 5], "▄▄▄"),
        ([0, 1, 2, 3, 4, 5, 6, 7], "▁▂▃▄▅▆▇█"),
        ([1, 0], "█▁"),
        ([0, nan, inf, 1], "▁··█"),
        ([nan, nan], "··"),
        ([-1.7e308, 1.7e308], "▁█"),
        ([5e-324, 0.0], "▄▄"),
    ],
)
def test_numbers_are_bars(values: list[float], line: str) -> None:
    assert sparkline(values, 20) == line


def test_many_numbers_share_bars() -> None:
    assert sparkline([0, 0, 0, 1, 1, 1], 2) == "▁█"


def test_a_number_that_is_none_takes_nothing_from_its_share() -> None:
    assert sparkline([0, nan, 1, nan], 2) == "▁█"


@given(st.lists(st.floats()), st.integers(1, 30))
def test_a_line_is_no_wider_than_its_values_or_its_room(values: list[float], width: int) -> None:
    assert len(sparkline(values, width)) == min(len(values), width)
