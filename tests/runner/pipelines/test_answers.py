"""What a tuner suggests, before it is tried."""

from polyaxon_sdk.polyflow import V1Component, V1Operation, read
from polyaxon_sdk.runner.draft import Labels, draft
from polyaxon_sdk.runner.pipelines.answers import Answers
from polyaxon_sdk.runner.pipelines.search import without_matrix
from polyaxon_sdk.settings import Settings


def test_what_is_outside_of_the_space_is_told_once(settings: Settings) -> None:
    search = {
        "kind": "component",
        "inputs": [{"name": "rate", "type": "float"}],
        "matrix": {
            "kind": "iterative",
            "maxIterations": 9,
            "params": {"rate": {"kind": "uniform", "value": "0:1"}},
        },
        "run": {"kind": "job", "container": {"command": ["true"]}},
    }
    operation = V1Operation(component=read(V1Component, search))
    compiled = draft(operation, settings=settings, params={}, labels=Labels()).operation
    told: list[str] = []
    answers = Answers(compiled, without_matrix(operation), told.append)
    answers.check("mine", [{"rate": 0.5}])
    answers.check("mine", [{"rate": 17.0}, {"rate": 18.0}])
    assert told == ["the tuner mine suggests rate 17.0, outside of the space: that is tried all the same"]
