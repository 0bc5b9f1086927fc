from math import inf, isnan, nan
from statistics import fmean, quantiles, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyaxon_sdk.runs.summary import SeriesSummary, quartiles
from polyaxon_sdk.types import Json

VALUES = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=50)


def view(*values: float, step: int | None = None) -> dict[str, Json]:
    summary = SeriesSummary()
    for time, value in enumerate(values):
        summary.add(step, float(time), value)
    return summary.view()


@given(VALUES)
def test_a_summary_is_what_statistics_says(values: list[float]) -> None:
    seen = view(*values)
    assert (seen["count"], seen["min"], seen["max"]) == (len(values), min(values), max(values))
    assert seen["last"] == values[-1]
    assert seen["mean"] == pytest.approx(fmean(values), abs=1e-6)
    assert seen["std"] == pytest.approx(stdev(values), abs=1e-4)


@given(VALUES)
def test_quartiles_are_what_statistics_says(values: list[float]) -> None:
    expected = dict(zip(("25%", "50%", "75%"), quantiles(values, method="inclusive"), strict=True))
    assert quartiles(values) == pytest.approx(expected, abs=1e-6)


def test_nan_is_a_point_and_may_be_last_and_counts_for_nothing_else() -> None:
    seen = view(1.0, 3.0, nan)
    assert (seen["count"], seen["mean"], seen["max"]) == (3, 2.0, 3.0)
    assert isnan(float(str(seen["last"])))


def test_a_series_of_nothing_but_nan_has_no_mean() -> None:
    assert {"mean", "std"} & view(nan, nan).keys() == set()


def test_an_infinite_value_is_the_greatest() -> None:
    assert view(1.0, inf, 2.0)["max"] == inf


def test_steps_and_times_are_told_by_their_bounds() -> None:
    assert view(1.0, 2.0, step=7)["step"] == {"count": 2, "min": 7, "max": 7}
    assert view(1.0, 2.0)["timestamp"] == {"min": 0.0, "max": 1.0}
    assert "step" not in view(1.0)


def test_nothing_has_no_quartiles() -> None:
    assert quartiles([nan]) == {}
