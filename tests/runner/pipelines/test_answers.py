"""What a tuner suggests, before it is tried."""

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.polyflow import V1Component, V1Operation, read
from polyaxon_sdk.runner.draft import Labels, draft
from polyaxon_sdk.runner.pipelines.answers import Answers
from polyaxon_sdk.runner.pipelines.search import without_matrix
from polyaxon_sdk.settings import Settings

SEARCH = {
    "kind": "component",
    "inputs": [{"name": "rate", "type": "float"}],
    "matrix": {
        "kind": "iterative",
        "maxIterations": 9,
        "params": {"rate": {"kind": "uniform", "value": "0:1"}},
    },
    "run": {"kind": "job", "container": {"command": ["true"]}},
}


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def answers(settings: Settings, told: list[str]) -> Answers:
    operation = V1Operation(component=read(V1Component, SEARCH))
    compiled = draft(operation, settings=settings, params={}, labels=Labels()).operation
    return Answers(compiled, without_matrix(operation), told.append)


def test_what_is_outside_of_the_space_is_told_once(answers: Answers, told: list[str]) -> None:
    answers.check("mine", [{"rate": 0.5}])
    answers.check("mine", [{"rate": 17.0}, {"rate": 18.0}])
    assert told == ["the tuner mine suggests rate 17.0, outside of the space: that is tried all the same"]


def test_what_was_suggested_before_is_told_once(answers: Answers, told: list[str]) -> None:
    answers.check("mine", [{"rate": 0.5}])
    answers.check("mine", [{"rate": 0.5}, {"rate": 0.5}])
    assert told == ["the tuner mine suggests {'rate': 0.5} again: that is tried all the same"]


def test_a_suggestion_that_is_no_number_ends_the_search(answers: Answers) -> None:
    with pytest.raises(InputError, match="the tuner mine suggests nan for 'rate', expected a number"):
        answers.check("mine", [{"rate": float("nan")}])
