"""What a section needs and which forms it doesn't take, as in public Polyaxon."""

from __future__ import annotations

import re
from typing import Any

import pytest

from polyaxon_sdk.polyflow import SpecError, read_operation, write

LOSS = {"name": "loss", "optimization": "minimize"}
LR = {"lr": {"kind": "uniform", "value": "0:1"}}
BAYES = {"kind": "bayes", "numInitialRuns": 1, "maxIterations": 1, "metric": LOSS, "params": LR}
PATH = "expected a path of the other run's value, such as outputs.loss"


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"cache": {"sections": ["foo"]}}, "cache.sections[0]: 'foo' is not one of them"),
        ({"matrix": {"kind": "iterative", "maxIterations": 1, "tuner": {}}}, "matrix.tuner.hubRef: missing"),
        ({"matrix": {**BAYES, "utilityFunction": {}}}, "matrix.utilityFunction.kappa: missing"),
        (
            {"matrix": {**BAYES, "utilityFunction": {"acquisitionFunction": "ei", "kappa": 1}}},
            "matrix.utilityFunction.eps: missing, expected a number, for ei",
        ),
        (
            {"build": {"hubRef": "kaniko", "params": {"a": 1}}},
            "build.params.a: 1 is not allowed, expected value: and what it is",
        ),
        (
            {"hooks": [{"hubRef": "slack", "params": {"a": "{{ x }}"}}]},
            "hooks[0].params.a: '{{ x }}' is not allowed",
        ),
        (
            {"hooks": [{"hubRef": "slack", "presets": "a"}]},
            "hooks[0].presets: 'a' is not allowed, expected a list",
        ),
        ({"build": {"hubRef": "kaniko", "presets": "a"}}, "build.presets: 'a' is not allowed"),
        ({"params": {"x": {"ref": "ops.a", "value": 12}}}, f"params.x.value: 12 is not allowed, {PATH}"),
        ({"params": {"x": {"ref": "ops.a", "value": {}}}}, f"params.x.value: {{}} is not allowed, {PATH}"),
        (
            {"params": {"x": {"ref": "ops.a", "value": {"a": 1}}}},
            f"params.x.value: {{'a': 1}} is not allowed, {PATH}",
        ),
        ({"params": {"x": {"ref": "ops.a"}}}, f"params.x.value: no value, {PATH}"),
        (
            {"joins": [{"query": "kind:job", "params": {"x": {"ref": "a", "value": 3}}}]},
            "joins[0].params.x.value: 3 is not allowed, expected text, beside ref",
        ),
    ],
)
def test_it_is_refused_in_one_line(fields: Any, line: str) -> None:
    with pytest.raises(SpecError, match=f"^{re.escape(line)}"):
        read_operation(fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"matrix": {"kind": "hyperband"}},
        {"matrix": {"kind": "tpe", "metric": LOSS, "params": LR}},
        {"matrix": {"kind": "hyperband", "maxIterations": "9", "concurrency": 2.0}},
        {"matrix": {"kind": "random", "numRuns": True, "params": {"lr": {"kind": "choice", "value": None}}}},
        {"build": {"hubRef": "kaniko", "params": {"a": "{{ x }}"}, "presets": "{{ x }}"}},
        {"hooks": [{"hubRef": "slack", "params": "{{ x }}", "disableDefaults": "{{ x }}"}]},
        {"events": [{"ref": "ops.a", "kinds": ["{{ x }}"]}]},
        {"joins": [{"query": "kind:job", "limit": 0, "params": {"x": {}}}]},
        {"joins": [{"query": "kind:job", "params": {"x": {"ref": "a", "value": "globals.uuid"}}}]},
        {"params": {"x": {"ref": "ops.a", "value": {"files": ["a"]}}}},
    ],
)
def test_it_is_taken(fields: Any) -> None:
    assert write(read_operation(fields))
