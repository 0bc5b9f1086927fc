from random import Random
from typing import Any

import pytest

from polyaxon_sdk.tuners.importance import importance_of
from polyaxon_sdk.tuners.trials import Trial


def trials(count: int) -> list[Trial]:
    """Runs in which the rate matters most, the optimizer a little, and the seed not at all."""
    source = Random(3)  # no secret
    values: list[dict[str, Any]] = [
        {
            "rate": source.random(),
            "opt": source.choice(["adam", "sgd"]),
            "seed": source.randrange(99),
            "one": 1,
        }
        for _ in range(count)
    ]
    return [
        Trial(values=each, result=(each["rate"] - 0.5) ** 2 + 0.05 * (each["opt"] == "sgd"))
        for each in values
    ]


def test_what_matters_comes_first() -> None:
    found = importance_of(trials(60))
    assert list(found) == ["rate", "opt", "seed"]
    assert found["rate"] > 0.5 > 2 * found["opt"] > found["seed"]


def test_of_few_results_nothing_is_said() -> None:
    assert importance_of(trials(7)) == {}


@pytest.mark.parametrize("result", [None, float("nan"), float("inf")])
def test_failed_and_diverged_runs_do_not_count(result: float | None) -> None:
    wrong = [Trial(values={"rate": 0.5, "opt": "adam", "seed": 1, "one": 1}, result=result)] * 9
    assert importance_of([*trials(60), *wrong]) == importance_of(trials(60))


def test_one_result_that_is_far_off_hides_nothing() -> None:
    far = Trial(values={"rate": 0.99, "opt": "adam", "seed": 1, "one": 1}, result=1e12)
    assert next(iter(importance_of([*trials(60), far]))) == "rate"


def test_equal_results_tell_nothing() -> None:
    assert importance_of([Trial(values={"x": at}, result=1.0) for at in range(20)]) == {}
