"""Each value at its place, each place with its value."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyaxon_sdk.polyflow import SpecError
from polyaxon_sdk.tuners.draws import draw_each
from polyaxon_sdk.tuners.lines import Listed, line_of
from polyaxon_sdk.tuners.spaces import pools_of
from polyaxon_sdk.tuners.suggesting import suggest
from tests.tuners.spaces import matrix_of, param_of

PARAMS = [
    ("choice", ["adam", "sgd", None, True, 1, [1, 2]]),
    ("pchoice", [["a", 0.1], ["b", 0.8]]),
    ("range", "0:10:2"),
    ("linspace", "0.001:0.1:5"),
    ("logspace", {"start": 1, "stop": 4, "num": 4, "base": 0.5}),
    ("logspace", "-3:-1:7"),
    ("geomspace", "1:1000:4"),
    ("daterange", ["2024-01-30", "2024-03-02", 1]),
    ("datetimerange", ["2024-01-01", "2024-01-02", 3600]),
    ("uniform", "-2:3"),
    ("quniform", "0:10:0.5"),
    ("loguniform", "-9:0"),
    ("qloguniform", "0:5:1"),
    ("normal", "1:2"),
    ("qnormal", "0:5:1"),
    ("lognormal", "0:1"),
    ("qlognormal", "2:1:1"),
]
EACH = pytest.mark.parametrize(("kind", "value"), PARAMS, ids=[f"{kind}-{value}" for kind, value in PARAMS])


@EACH
@given(place=st.floats(0.001, 0.999))
def test_a_value_is_found_at_its_place_again(kind: str, value: object, place: float) -> None:
    line = line_of(param_of(kind, value))
    found = line.value(place)
    back = line.place(found)
    assert back is not None
    again = line.value(back)
    assert again == (pytest.approx(found) if isinstance(found, float) else found)


@pytest.mark.parametrize(
    ("kind", "value", "place", "found"),
    [
        ("loguniform", "-4:0", 0.5, 0.1353),
        ("logspace", "-4:0:5", 0.5, 0.01),
        ("geomspace", "1:10000:5", 0.3, 10.0),
        ("lognormal", "0:1", 0.5, 1.0),
        ("normal", "3:2", 0.8413, 5.0),
        ("normal", "3:0", 0.1, 3.0),
        ("uniform", "2:2", 0.9, 2.0),
    ],
)
def test_a_scale_is_kept(kind: str, value: object, place: float, found: float) -> None:
    assert line_of(param_of(kind, value)).value(place) == pytest.approx(found, rel=1e-3)


@pytest.mark.parametrize("place", [0.0, 1.0])
@EACH
def test_the_ends_of_a_line_have_values(kind: str, value: object, place: float) -> None:
    assert line_of(param_of(kind, value)).value(place) not in (float("inf"), float("-inf"))


@pytest.mark.parametrize(
    ("kind", "value", "strange"),
    [
        ("choice", ["a", "b"], "c"),
        ("choice", [1, 0], True),
        ("range", "0:10:2", 3),
        ("range", "0:10:2", "x"),
        ("daterange", ["2024-01-30", "2024-03-02", 1], "2025-01-01"),
        ("uniform", "0:1", "a"),
        ("uniform", "0:1", float("nan")),
        ("uniform", "0:1", None),
    ],
)
def test_what_a_param_can_not_have_has_no_place(kind: str, value: object, strange: object) -> None:
    assert line_of(param_of(kind, value)).place(strange) is None


@pytest.mark.parametrize(("value", "place"), [(-1, 0.0), (7.5, 1.0)])
def test_a_number_beyond_the_bounds_is_at_the_nearest_end(value: float, place: float) -> None:
    assert line_of(param_of("uniform", "0:1")).place(value) == place


def test_a_value_that_an_input_made_whole_is_found() -> None:
    assert line_of(param_of("range", "0:10:2")).place(4) == pytest.approx(0.5)


def test_a_value_of_many_is_found_without_going_through_them() -> None:
    line = line_of(param_of("linspace", [0, 1, 10**12]))
    assert isinstance(line, Listed)
    assert line.find(0.25) == pytest.approx(10**12 / 4, abs=1)


@pytest.mark.parametrize(
    ("kind", "value", "line"),
    [
        ("normal", [0, -1], "a scale of -1, expected 0 or more"),
        ("lognormal", "0:-1", "a scale of -1, expected 0 or more"),
        ("qnormal", [0, -1, 1], "a scale of -1, expected 0 or more"),
        (
            "loguniform",
            "1000:1001",
            "loguniform gives no finite number, expected bounds as natural logarithms",
        ),
        ("lognormal", "1000:1", "lognormal gives no finite number, expected bounds as natural logarithms"),
        ("uniform", "-1e308:1e308", "uniform gives no finite number, expected smaller figures"),
        ("uniform", None, "no values"),
        ("choice", None, "choice has no values"),
        ("range", [-1e308, 1e308, 1e-308], "range gives no finite number, expected smaller figures"),
        ("logspace", "1000:1001:2", "logspace gives no finite number, expected smaller figures"),
    ],
)
def test_figures_that_give_no_number_are_told_with_their_place(kind: str, value: object, line: str) -> None:
    with pytest.raises(SpecError, match=f"^matrix.params.lr: {line}$"):
        draw_each({"lr": param_of(kind, value)}, Random(1))


@pytest.mark.parametrize(
    ("kind", "value"), [("choice", None), ("choice", []), ("pchoice", []), ("linspace", "0:1:-2")]
)
def test_a_space_without_values_has_no_suggestions(kind: str, value: object) -> None:
    params = {"lr": {"kind": kind, "value": value}}
    assert suggest(matrix_of(kind="random", numRuns=3, params=params), [], iteration=0) == []


def test_dates_with_and_without_a_zone_are_taken_together() -> None:
    values = pools_of({"at": param_of("datetimerange", ["2024-01-01T00:00:00Z", "2024-01-01T00:00:02", 1])})[
        "at"
    ]
    assert list(values) == ["2024-01-01T00:00:00+00:00", "2024-01-01T00:00:01+00:00"]


def test_a_search_that_says_no_amount_has_no_runs() -> None:
    assert suggest(matrix_of(kind="hyperband"), [], iteration=0) == []
