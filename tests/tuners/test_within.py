"""Which values a search could suggest."""

from __future__ import annotations

from typing import Any

import pytest

from polyaxon_sdk.tuners.search import Suggestion
from polyaxon_sdk.tuners.starting import search_of
from polyaxon_sdk.tuners.within import is_within, space_of
from tests.tuners.carrying import begun, carried_out
from tests.tuners.spaces import LOSS, PLANE, matrix_of

DATES = {"day": {"kind": "daterange", "value": ["2024-01-01", "2024-02-01", 1]}}
CHOICES = {"net": {"kind": "choice", "value": [{"depth": 2}, [1, 2], "small", None]}}
BAND = {
    "kind": "hyperband",
    "maxIterations": 9,
    "resource": {"name": "epochs", "type": "int"},
    "metric": LOSS,
}


@pytest.mark.parametrize(
    ("matrix", "values", "is_inside"),
    [
        ({"kind": "random", "numRuns": 1, "params": PLANE}, {"x": 0.0, "y": 15.0}, True),
        ({"kind": "random", "numRuns": 1, "params": PLANE}, {"x": 0.0, "y": 16.0}, False),
        ({"kind": "random", "numRuns": 1, "params": PLANE}, {"x": 0.0}, False),
        ({"kind": "random", "numRuns": 1, "params": PLANE}, {"x": 0.0, "y": 1.0, "z": 1.0}, False),
        ({**BAND, "params": PLANE}, {"x": 0.0, "y": 1.0, "epochs": 3}, True),
        ({"kind": "mapping", "values": [{"x": 1}]}, {"x": 1.0}, True),
        ({"kind": "mapping", "values": [{"x": 1}]}, {"x": 2}, False),
        ({"kind": "grid", "params": DATES}, {"day": "2024-01-31"}, True),
        ({"kind": "grid", "params": DATES}, {"day": "2024-02-01"}, False),
        ({"kind": "grid", "params": CHOICES}, {"net": {"depth": 2}}, True),
        ({"kind": "grid", "params": CHOICES}, {"net": None}, True),
        ({"kind": "grid", "params": CHOICES}, {"net": {"depth": 3}}, False),
    ],
)
def test_values_are_within_a_space_or_not(
    matrix: dict[str, Any], values: dict[str, object], is_inside: bool
) -> None:
    assert is_within(matrix_of(**matrix), values) is is_inside


def test_a_larger_budget_is_the_same_space() -> None:
    one, other = (matrix_of(kind="random", numRuns=count, params=PLANE) for count in (1, 2))
    assert space_of(one) == space_of(other)


@pytest.mark.fit
def test_a_tpe_search_makes_up_for_what_was_left_out() -> None:
    fields = {"kind": "tpe", "params": PLANE, "numRuns": 3, "maxIterations": 2, "metric": LOSS}
    search = search_of(matrix_of(**fields))
    search.begin({"0": Suggestion(values={"x": 0.0, "y": 0.0})})  # the other two of its round are gone
    search.tell("0", 1.0)
    batches = carried_out(search, 1, lambda _: 1.0, after=3)
    assert [len(batch) for batch in batches] == [3, 2]
    assert begun(search, 1, after=9) == {}
