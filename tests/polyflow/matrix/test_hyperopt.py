"""V1Hyperopt is the search that it is called now."""

from __future__ import annotations

import pytest

from polyaxon_sdk.polyflow import (
    V1TPE,
    HyperParam,
    V1HpChoice,
    V1HpUniform,
    V1Hyperopt,
    V1OptimizationMetric,
    V1RandomSearch,
)
from polyaxon_sdk.polyflow.problems import SpecError

PARAMS: dict[str, HyperParam] = {"lr": V1HpUniform(value="0:1"), "size": V1HpChoice(value=[1, 2])}
LOSS = V1OptimizationMetric(name="loss")


def test_tpe_keeps_all_of_its_fields() -> None:
    with pytest.warns(DeprecationWarning, match="V1Hyperopt with tpe is a tpe search now"):
        found = V1Hyperopt(params=PARAMS, num_runs=5, metric=LOSS, max_iterations=2, seed=1)
    assert found == V1TPE(params=PARAMS, num_runs=5, metric=LOSS, max_iterations=2, seed=1)


def test_rand_is_a_random_search() -> None:
    with pytest.warns(DeprecationWarning, match="V1Hyperopt with rand is a random search now"):
        found = V1Hyperopt(algorithm="rand", params=PARAMS, num_runs=5, metric=LOSS, concurrency=2)
    assert found == V1RandomSearch(params=PARAMS, num_runs=5, concurrency=2)


def test_tpe_wants_a_metric() -> None:
    with (
        pytest.warns(DeprecationWarning, match="V1Hyperopt"),
        pytest.raises(SpecError, match=r"^metric: missing, expected the output to optimize$"),
    ):
        V1Hyperopt(params=PARAMS, num_runs=5)


def test_an_unknown_algorithm_names_the_nearest() -> None:
    with pytest.raises(
        SpecError,
        match="algorithm: unknown algorithm 'random', expected tpe, anneal, rand, did you mean 'rand'",
    ):
        V1Hyperopt(algorithm="random", params=PARAMS, num_runs=5)  # type: ignore[arg-type]  # that is the test
