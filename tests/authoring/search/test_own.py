"""Searches by a function of a person's own."""

from collections.abc import Sequence

import pytest

from polyaxon_sdk import InputError
from polyaxon_sdk.polyflow import write
from polyaxon_sdk.tuners import SearchSpace, Tried
from tests.authoring.pipelines.steps import train


def suggest(history: Sequence[Tried], space: SearchSpace) -> object:
    return space.draw() if not history else None


def test_a_function_is_the_tuner_of_as_many_rounds_as_runs_are_wanted() -> None:
    search = train.sweep(
        data="d", epochs=1, rate="0.1..0.5", matrix=suggest, metric="-loss", num_runs=7, seed=3
    )
    found = write(search.to_operation().matrix)
    assert found.pop("tuner") == {"pathRef": f"{__file__}:suggest"}
    assert found.pop("params") == {"rate": {"kind": "uniform", "value": {"low": 0.1, "high": 0.5}}}
    assert found == {
        "kind": "iterative",
        "maxIterations": 7,
        "metric": {"name": "loss", "optimization": "minimize"},
        "seed": 3,
    }


def test_a_function_that_no_other_process_finds_is_refused() -> None:
    with pytest.raises(
        InputError, match=r"<lambda> can't be found by another process, expected a function of a file"
    ):
        train.sweep(data="d", epochs=1, rate="0.1..0.5", matrix=lambda *_: None)
