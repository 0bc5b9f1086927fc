"""Mistakes in values that a command line gives, and in references: one line each, with its place."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from polyaxon_sdk.compiler.contract import answer_check, answer_compile

OPERATION = """\
kind: operation
component:
  inputs: [{name: epochs, type: int}, {name: optimizer, options: [adam, sgd], value: adam}]
  run: {kind: job}
  strictParams: true
"""
DAG = """\
kind: component
run:
  kind: dag
  operations:
  - {name: train, component: {outputs: [{name: loss, type: float}], run: {kind: job}}}
  - name: test
    params: {lr: {%s}}
    component: {inputs: [{name: lr, type: float}], run: {kind: job}}
"""


@pytest.fixture
def main(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file that the mistakes are in."""
    monkeypatch.chdir(tmp_path)
    return Path("main.yml")


@pytest.mark.parametrize(
    ("params", "line"),
    [
        ({"epochs": "many"}, "-P: params.epochs: 'many' is not a value of type int, expected a whole number"),
        ({"epochs": "1.5"}, "-P: params.epochs: '1.5' is not a value of type int, expected a whole number"),
        (
            {"epochs": "1", "optimizer": "ada"},
            "-P: params.optimizer: 'ada' is not allowed, expected one of 'adam', 'sgd'",
        ),
        ({"epochs": "1", "epoch": "1"}, "-P: params.epoch: no such input, did you mean 'epochs'?"),
        ({}, "main.yml:3:12: params.epochs: missing, expected a value of type int"),
    ],
)
def test_a_param_of_the_command_line(params: dict[str, str], line: str, main: Path) -> None:
    main.write_text(OPERATION)
    assert answer_compile({"files": ["main.yml"], "params": params}) == {"valid": False, "error": line}


@pytest.mark.parametrize(
    ("reference", "line"),
    [
        (
            "ref: ops.trian, value: outputs.loss",
            "main.yml:6:5: run.operations[1]: 'test' waits for 'trian', which is no operation of this dag, "
            "did you mean 'train'?",
        ),
        (
            "ref: ops.train, value: outputs.los",
            "main.yml:7:14: run.operations[1].params.lr: 'train' has no outputs.los, did you mean 'loss'?",
        ),
        (
            "ref: ops.train, value: ouputs.loss",
            "main.yml:7:14: run.operations[1].params.lr: 'ouputs.loss' is no path of a run's value, expected "
            "globals, inputs, outputs, io, artifacts, did you mean 'outputs'?",
        ),
        (
            "ref: opps.train, value: outputs.loss",
            "main.yml:7:19: run.operations[1].params.lr.ref: invalid reference 'opps.train', expected dag, "
            "ops.NAME or runs.UUID, did you mean 'ops.train'?",
        ),
        (
            "ref: runs.abc, value: outputs.loss",
            "main.yml:7:19: run.operations[1].params.lr.ref: invalid reference 'runs.abc', expected dag, "
            "ops.NAME or runs.UUID",
        ),
        (
            "ref: dag, value: inputs.lr",
            "main.yml:7:14: run.operations[1].params.lr: the dag has no inputs.lr",
        ),
        (
            "ref: ops.train, value: artifacts.board",
            "main.yml:7:14: run.operations[1].params.lr: artifacts.board of 'train' is path, expected float",
        ),
    ],
)
def test_a_reference_of_a_dag(reference: str, line: str, main: Path) -> None:
    main.write_text(DAG % reference)
    assert answer_check({"files": ["main.yml"]}) == {"valid": False, "error": line}


@pytest.mark.parametrize(
    ("given", "resolved"),
    [
        ('"{{ 3 }}"', 3),
        ('"{{ other }}"', 7),
        ('"{{ globals.name }}"', None),
    ],
)
def test_a_template_for_a_typed_input_waits_until_it_is_rendered(
    given: str, resolved: int | None, main: Path
) -> None:
    component = "inputs: [{name: other, type: int, value: 7}, {name: epochs, type: int}], run: {kind: job}"
    main.write_text(f"kind: operation\nparams: {{epochs: {given}}}\ncomponent: {{{component}}}\n")
    assert answer_check({"files": ["main.yml"]})["valid"]
    answer = answer_compile({"files": ["main.yml"]})
    found = cast("dict[str, Any]", answer["resolved"] or {"inputs": [{}, {}]})
    assert (answer["valid"], found["inputs"][1].get("value")) == (True, resolved)


@pytest.mark.parametrize("given", ['["{{ 3 }}"]', '{a: "{{ 3 }}"}'])
def test_a_template_inside_of_what_an_input_does_not_take_is_refused(given: str, main: Path) -> None:
    component = "inputs: [{name: epochs, type: int}], run: {kind: job}"
    main.write_text(f"kind: operation\nparams: {{epochs: {given}}}\ncomponent: {{{component}}}\n")
    assert not answer_check({"files": ["main.yml"]})["valid"]


@pytest.mark.parametrize(
    ("kind", "given", "resolved"),
    [
        ("list[int]", '["{{ other }}", 1]', [7, 1]),
        ("dict[str, int]", '{a: "{{ other }}"}', {"a": 7}),
    ],
)
def test_a_template_inside_of_what_an_input_takes_waits_too(
    kind: str, given: str, resolved: object, main: Path
) -> None:
    component = (
        f"inputs: [{{name: other, type: int, value: 7}}, {{name: all, type: '{kind}'}}], run: {{kind: job}}"
    )
    main.write_text(f"kind: operation\nparams: {{all: {given}}}\ncomponent: {{{component}}}\n")
    found = cast("dict[str, Any]", answer_compile({"files": ["main.yml"]})["resolved"])["inputs"][1]
    assert answer_check({"files": ["main.yml"]})["valid"]
    assert found["value"] == resolved
