import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from polyaxon_sdk.runs.folder import RunFolder
from polyaxon_sdk.tracking.histograms import counted
from polyaxon_sdk.tracking.run import Run
from tests.scripts import Scripts
from tests.tracking.logged import problem_of, row_in, value_in

NUMBERS = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=50)


def test_a_histogram_is_an_event_as_polyaxon_writes_it(run: Run, folder: RunFolder) -> None:
    run.log_np_histogram("weights", np.array([0, 0.5, 1]), np.array([3, 4]), step=2)
    assert row_in(folder, "histogram", "weights") == '{"values":[0.0,0.5,1.0],"counts":[3.0,4.0]}'


def test_counts_may_come_first_as_numpy_returns_them(run: Run, folder: RunFolder) -> None:
    run.log_np_histogram("weights", *np.histogram([1, 2, 2], bins=2))
    assert value_in(folder, "histogram", "weights") == {"values": [1.0, 1.5, 2.0], "counts": [1.0, 2.0]}


@pytest.mark.parametrize("bins", [4, "auto", [0, 1, 2], np.array([0.0, 2.5])], ids=str)
def test_raw_values_are_counted_as_numpy_does(run: Run, folder: RunFolder, bins: int | list[int]) -> None:
    values = np.random.default_rng(5).random((4, 5)) * 2
    run.log_histogram("weights", values, bins)
    counts, edges = np.histogram(values, bins=bins)
    assert value_in(folder, "histogram", "weights") == {"values": edges.tolist(), "counts": counts.tolist()}


def test_what_is_no_finite_number_is_left_out(run: Run, folder: RunFolder) -> None:
    run.log_histogram("weights", [1, float("nan"), float("inf"), 2], bins=1)
    assert value_in(folder, "histogram", "weights") == {"values": [1.0, 2.0], "counts": [2.0]}


@pytest.mark.parametrize(("bins", "most", "expected"), [(600, None, 512), (600, 700, 600), ("doane", 2, 2)])
def test_the_number_of_bins_has_a_limit(
    run: Run, folder: RunFolder, bins: object, most: int | None, expected: int
) -> None:
    run.log_histogram("weights", np.random.default_rng(5).random(1000), bins, most)
    counts = value_in(folder, "histogram", "weights")["counts"]
    assert isinstance(counts, list)
    assert len(counts) == expected


@given(NUMBERS, st.integers(1, 20))
def test_without_numpy_counts_add_up(values: list[float], bins: int) -> None:
    edges, counts = counted(values, bins, 512)
    assert sum(counts) == len(values)
    assert (edges[0] <= min(values), max(values) <= edges[-1]) == (True, True)


@given(NUMBERS, st.lists(st.integers(-100, 100), min_size=2, max_size=9, unique=True))
def test_without_numpy_values_between_edges_are_counted_alike(values: list[float], edges: list[int]) -> None:
    counts, _ = np.histogram(values, bins=sorted(edges))
    assert counted(values, edges, 512)[1] == counts.tolist()


@pytest.mark.system
def test_a_list_is_counted_where_there_is_no_numpy(scripts: Scripts) -> None:
    ended = scripts.run(
        "import sys; from polyaxon_sdk import tracking; tracking.init();"
        "tracking.log_histogram('h', [[1, 2], [3]], bins=2); print('numpy' in sys.modules)"
    )
    assert (ended.out, ended.err) == ("False\n", "")
    assert value_in(scripts.the_run(), "histogram", "h") == {"values": [1.0, 2.0, 3.0], "counts": [1.0, 2.0]}
    assert "numpy" in sys.modules


@pytest.mark.parametrize(
    ("values", "counts", "words"),
    [
        ([1, 2], [1, 2], "there are 2 edges for 2 counts"),
        ([1], [], "there are 1 edges for 0 counts"),
        (["a"], [1, 2], "values: str 'a' is no number, expected a list of numbers"),
    ],
)
def test_what_is_no_histogram_is_left_out_with_a_line(
    run: Run, folder: RunFolder, values: object, counts: object, words: str
) -> None:
    run.log_np_histogram("weights", values, counts)
    assert words in problem_of(folder)


@pytest.mark.parametrize(
    ("bins", "words"),
    [("tensorflow", "'tensorflow' is not a valid estimator"), (0, "bins: 0 is no number of bins")],
)
def test_a_rule_that_is_none_is_told(run: Run, folder: RunFolder, bins: object, words: str) -> None:
    run.log_histogram("weights", [1, 2], bins)
    assert words in problem_of(folder)
