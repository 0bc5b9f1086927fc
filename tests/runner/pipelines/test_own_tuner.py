"""Searches whose suggestions a person's own component, or function, makes."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from polyaxon_sdk.exceptions import InputError
from polyaxon_sdk.settings import Settings
from tests.runner.pipelines.conftest import RunPipeline, logging

pytestmark = pytest.mark.system

FUNCTION = """
def suggest(history, space):
    if not history:
        return [space.draw(), {"x": 0.5}]
    assert {one.status for one in history} == {"succeeded"}, history
    best = min(history, key=lambda one: one.result)
    assert best.outputs["loss"] == best.result
    return None if len(history) > 2 else {"x": best.values["x"] / 2}

def band(history, space):
    if not history:
        return [{**space.draw(), "epochs": 1} for _ in range(3)]
    if all(run.values["epochs"] == 1 for run in history):
        return {**min(history, key=lambda run: run.result).values, "epochs": 3}
    return None if len(history) == 1 else {**space.draw(), "epochs": 3}

def wrong(history, space):
    return "x"

def failing(history, space):
    raise ValueError("no idea")

def misspelt(history, space):
    return {"xx": 1.5}

def mistyped(history, space):
    return [{"x": 1.5}, {"x": "abc"}]

def lacking(history, space):
    return {}

text = "x"
"""
COMPONENT = """
kind: component
name: halving
inputs:
- {name: configs, type: dict, isList: true, value: []}
- {name: metrics, type: any, isList: true, value: []}
- {name: iteration, type: int}
- {name: first, type: float, value: 8}
outputs: [{name: suggestions, type: dict, isList: true}]
run: {kind: job, container: {command: [python, halving.py, "{{ configs }}", "{{ metrics }}", "{{ first }}"]}}
"""
HALVING = """
import ast, sys
from polyaxon_sdk import tracking

configs, metrics, first = (ast.literal_eval(each) for each in sys.argv[1:])
assert len(configs) == len(metrics)
tracking.init().log_outputs(suggestions=[{"x": configs[-1]["x"] / 2 if configs else first}])
"""
X = [{"name": "x", "type": "float"}]
JOB = {"kind": "job", "container": {"command": ["/bin/sh", "-c"], "args": [logging(loss="{{ x }} ** 2")]}}
METRIC = {"name": "loss", "optimization": "minimize"}
LINE = {"x": {"kind": "uniform", "value": "1:2"}}


@pytest.fixture(autouse=True)
def _files(settings: Settings, tmp_path: Path) -> None:  # it stands in the folder
    (tmp_path / "own.py").write_text(FUNCTION)
    (tmp_path / "halving.yml").write_text(COMPONENT)
    (tmp_path / "halving.py").write_text(HALVING)


def iterative(tuner: dict[str, object], most: int = 9) -> dict[str, Any]:
    return {"kind": "iterative", "maxIterations": most, "params": LINE, "metric": METRIC, "tuner": tuner}


def test_a_function_says_what_is_tried_next(run_pipeline: RunPipeline) -> None:
    search, runs = run_pipeline(inputs=X, run=JOB, matrix=iterative({"pathRef": "own.py:suggest"}))
    tried = sorted(float(str(run.inputs["x"])) for run in runs["pipeline"])
    assert (search.status, tried[:2], len(tried)) == ("succeeded", [0.25, 0.5], 3)
    assert (search.outputs["best_loss"], [run.status for run in runs["suggest"]]) == (
        0.0625,
        ["succeeded"] * 3,
    )


def test_a_component_says_what_is_tried_next(run_pipeline: RunPipeline) -> None:
    tuner: dict[str, object] = {"pathRef": "halving.yml", "params": {"first": {"value": 4}}}
    search, runs = run_pipeline(inputs=X, run=JOB, matrix=iterative(tuner, most=3))
    assert [run.inputs["x"] for run in runs["pipeline"]] == [4.0, 2.0, 1.0]
    assert (search.status, [run.inputs["iteration"] for run in runs["halving"]]) == ("succeeded", [0, 1, 2])


def test_a_component_of_the_hub_may_stand_for_the_search(
    run_pipeline: RunPipeline, settings: Settings
) -> None:
    hub = settings.home / "hub" / "halving"
    hub.mkdir(parents=True)
    (hub / "v1.yaml").write_text(COMPONENT)
    matrix = {"kind": "tpe", "numRuns": 1, "maxIterations": 2, "params": LINE, "metric": METRIC}
    _, runs = run_pipeline(inputs=X, run=JOB, matrix={**matrix, "tuner": {"hubRef": "halving:v1"}})
    assert [run.inputs["x"] for run in runs["pipeline"]] == [8.0, 4.0]


BAND = {
    "kind": "hyperband",
    "maxIterations": 3,
    "resource": {"name": "epochs", "type": "int"},
    "metric": METRIC,
    "params": LINE,
    "resume": True,
    "seed": 1,
}
EPOCHS = {"name": "epochs", "type": "int"}


@pytest.mark.parametrize(
    ("tuner", "asked"), [({"pathRef": "own.py:band"}, [3, 1, 1]), ({"hubRef": "hyperband-tuner"}, [3, 1, 2])]
)
def test_a_tuner_may_say_what_hyperband_tries(
    run_pipeline: RunPipeline, tuner: dict[str, object], asked: list[int]
) -> None:
    search, runs = run_pipeline(inputs=[*X, EPOCHS], run=JOB, matrix={**BAND, "tuner": tuner})
    first, promoted, rest = (
        runs["pipeline"][at : at + count] for at, count in zip((0, 3, 4), asked, strict=True)
    )
    best = min(first, key=lambda run: float(str(run.inputs["x"])))
    assert ([run.inputs["epochs"] for run in first], promoted[0].original) == ([1, 1, 1], best.uuid)
    assert [run.inputs for run in promoted] == [{"x": best.inputs["x"], "epochs": 3}]
    assert ([run.inputs["epochs"] for run in rest], search.status) == ([3] * asked[2], "succeeded")
    assert len(runs["pipeline"]) == sum(asked)


def test_a_component_may_say_what_bayes_tries(run_pipeline: RunPipeline) -> None:
    matrix = {"kind": "bayes", "numInitialRuns": 1, "maxIterations": 2, "params": LINE, "metric": METRIC}
    search, runs = run_pipeline(inputs=X, run=JOB, matrix={**matrix, "tuner": {"pathRef": "halving.yml"}})
    assert [run.inputs["x"] for run in runs["pipeline"]] == [8.0, 4.0, 2.0]
    assert (search.status, search.outputs["best_loss"]) == ("succeeded", 4.0)


@pytest.mark.parametrize(("name", "told"), [("failing", "the tuner failing"), ("wrong", "the tuner wrong")])
def test_a_function_that_fails_fails_the_search(run_pipeline: RunPipeline, name: str, told: str) -> None:
    search, runs = run_pipeline(inputs=X, run=JOB, matrix=iterative({"pathRef": f"own.py:{name}"}))
    message = str(search.conditions[-1].message)
    assert (search.status, list(runs), message.startswith(told)) == ("failed", [name], True)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("misspelt", "suggests 'xx', which is no input, the inputs are x"),
        ("mistyped", "suggests {'x': 'abc'}: x: .*float"),
        ("lacking", "suggests {}: x: missing, expected a value of type float"),
    ],
)
def test_what_no_run_can_take_ends_the_search(run_pipeline: RunPipeline, name: str, told: str) -> None:
    search, runs = run_pipeline(inputs=X, run=JOB, matrix=iterative({"pathRef": f"own.py:{name}"}))
    assert (search.status, list(runs), len(runs[name])) == ("failed", [name], 1)
    assert re.match(rf"the tuner {name} \w+ {told}", str(search.conditions[-1].message))


@pytest.mark.parametrize(
    ("tuner", "told"),
    [
        ({"pathRef": "own.py:sugest"}, "no 'sugest' in it"),
        ({"pathRef": "own.py:text"}, "str is not something to run"),
        ({"pathRef": "absent.yml"}, "absent.yml"),
        ({"hubRef": "absent-tuner"}, "absent-tuner"),
        ({"hubRef": "notebook"}, "notebook is no tuner, expected an output `suggestions`"),
    ],
)
def test_what_is_no_tuner_is_told_before_anything_starts(
    run_pipeline: RunPipeline, settings: Settings, tuner: dict[str, object], told: str
) -> None:
    with pytest.raises(InputError, match=told):
        run_pipeline(inputs=X, run=JOB, matrix=iterative(tuner))
    assert not settings.runs.exists() or not list(settings.runs.iterdir())


def test_the_search_keeps_a_table_of_its_runs(run_pipeline: RunPipeline, settings: Settings) -> None:
    matrix = {"kind": "grid", "params": {"x": {"kind": "choice", "value": [3, 1, 2]}}, "metric": METRIC}
    search, _ = run_pipeline(inputs=X, run=JOB, matrix=matrix)
    found = json.loads((settings.runs / search.uuid / "outputs" / "trials.json").read_text())
    assert found["best"] == search.outputs["best_run"]
    assert [(each["values"], each["result"]) for each in found["trials"]] == [
        ({"x": 3}, 9.0),
        ({"x": 1}, 1.0),
        ({"x": 2}, 4.0),
    ]
