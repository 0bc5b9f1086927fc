from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyaxon_sdk.runs.columns import Columns, read_columns
from polyaxon_sdk.runs.events import header, parse, row, scalar_row

STEPS = st.none() | st.integers(-(2**63) + 1, 2**63 - 1)
POINTS = st.lists(st.tuples(STEPS, st.floats(0, 4e9), st.floats(allow_nan=False)))
STAMP = "1970-01-01 00:00:00.500000+00:00"


@given(POINTS)
def test_columns_hold_what_rows_do(points: list[tuple[int | None, float, float]]) -> None:
    data = header("metric") + b"".join(scalar_row(*point) for point in points)
    events = parse(data.decode(), "metric")
    rows = [(event.step, event.timestamp, event.value) for event in events]
    assert list(zip(*read_columns(data, "metric"), strict=True)) == rows


def test_a_number_that_is_none_stays_itself() -> None:
    (value,) = read_columns(header("metric") + scalar_row(1, 0.5, float("nan")), "metric").values
    assert isinstance(value, float)
    assert isnan(value)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        (f"step|timestamp|metric\n1.0|{STAMP}|0.5\n|{STAMP}|0.25", [0.5, 0.25]),
        (f"step|timestamp|metric\n1|{STAMP}|0.5\ntorn\n2|{STAMP}|0.25", [0.5, 0.25]),
        (f"step|timestamp|metric\n1|{STAMP}|0.5|x\n2|{STAMP}", []),
        (f"step|timestamp|metric\r\n1|{STAMP}|0.5\r\n", [0.5]),
        (f"1|{STAMP}|0.5\n2|{STAMP}|0.25", [0.5, 0.25]),
        ("step|timestamp|metric", []),
        ("", []),
    ],
    ids=["pandas", "damaged", "shifted", "windows", "headless", "only a header", "empty"],
)
def test_files_of_others_are_read_as_far_as_they_can_be(text: str, values: list[float]) -> None:
    assert read_columns(text.encode(), "metric").values == values


def test_other_kinds_have_objects_for_values() -> None:
    data = header("image") + row("image", 2, 0.5, {"path": "a|b.png"})
    assert read_columns(data, "image") == Columns([2], [STAMP], [{"path": "a|b.png"}])


def test_texts_are_values_too() -> None:
    data = header("text") + row("text", None, 0.5, "two\nlines | here")
    assert read_columns(data, "text") == Columns([None], [STAMP], ["two\nlines | here"])
